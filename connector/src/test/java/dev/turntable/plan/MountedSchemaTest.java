package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.server.ReceivedRequest;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.schema.SchemaPlus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tables in somebody else's Calcite. */
final class MountedSchemaTest {
  private Simulator simulator;
  private Connection connection;

  @BeforeEach
  void open() throws IOException, SQLException {
    simulator = Simulator.start(SimulatorOptions.builder().tasks(3).build());
    connection = DriverManager.getConnection("jdbc:calcite:lex=JAVA");
    SchemaPlus root = connection.unwrap(CalciteConnection.class).getRootSchema();
    root.add(
        "work",
        new TurntableSchemaFactory()
            .create(
                root,
                "work",
                Map.of(
                    "source", "handinger",
                    "baseUrl", simulator.handingerUrl(),
                    "apiKey", HandingerOptions.KEY,
                    "taskIds", String.join(",", simulator.handinger().taskIds()),
                    "modelUri", "inline:",
                    "baseDirectory", "/",
                    "tables", "none")));
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    simulator.close();
  }

  private List<String> rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  @Test
  void filtersReachTheService() throws SQLException {
    String id = simulator.handinger().taskIds().get(1);
    assertThat(rows("SELECT id FROM work.tasks WHERE id = '" + id + "'")).containsExactly(id);
    assertThat(simulator.requests())
        .extracting(ReceivedRequest::line)
        .containsExactly("GET /api/tasks/" + id);
    assertThat(rows("SELECT COUNT(*) FROM work.tasks"))
        .containsExactly(String.valueOf(simulator.handinger().taskIds().size()));
  }

  @Test
  void whatItOffersBesidesIsBelow() throws SQLException {
    assertThat(rows("SELECT name FROM work.turntable.properties WHERE name = 'handinger.apiKey'"))
        .containsExactly("handinger.apiKey");
  }

  @Test
  void operandsAreProperties() {
    for (Map<String, Object> operand :
        List.<Map<String, Object>>of(Map.of(), Map.of("source", 7), Map.of("url", "x"))) {
      assertThatThrownBy(() -> new TurntableSchemaFactory().create(null, "work", operand))
          .isInstanceOfSatisfying(
              TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BAD_VALUE))
          .hasMessage("schema work needs the operand source, one of [handinger, rightbrain]");
    }
    assertThatThrownBy(
            () ->
                new TurntableSchemaFactory()
                    .create(null, "work", Map.of("source", "handinger", "apyKey", "x")))
        .isInstanceOf(TurntableException.class)
        .hasMessageContaining("unknown property \"apyKey\"");
  }
}
