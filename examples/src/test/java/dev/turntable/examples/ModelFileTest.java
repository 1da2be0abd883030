package dev.turntable.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mounts the example's model in plain Calcite, and counts what each statement sends. */
class ModelFileTest {
  private static final int TASKS = 20;

  private Simulator simulator;
  private Connection connection;
  private List<String> ids;

  @BeforeEach
  void open() throws IOException, SQLException {
    simulator = Simulator.start(SimulatorOptions.builder().tasks(TASKS).build());
    ids = simulator.handinger().taskIds().subList(0, TASKS);
    String model =
        Files.readString(Path.of("model", "model.json"))
            .replace(
                "\"https://handinger.com\"",
                "\"%s\", \"apiKey\": \"%s\", \"taskIds\": \"%s\""
                    .formatted(
                        simulator.handingerUrl(), HandingerOptions.KEY, String.join(",", ids)));
    Properties info = new Properties();
    info.setProperty("model", "inline:" + model);
    info.setProperty("lex", "JAVA");
    connection = DriverManager.getConnection("jdbc:calcite:", info);
    simulator.clearRequests();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    simulator.close();
  }

  @Test
  void readsOneTaskByOneRequest() throws SQLException {
    assertThat(rows("SELECT id FROM tasks WHERE id = '" + ids.get(7) + "'"))
        .containsExactly(ids.get(7));
    assertThat(simulator.requestCount()).isEqualTo(1);
  }

  @Test
  void readsThreeTasksByThreeRequests() throws SQLException {
    List<String> wanted = List.of(ids.get(1), ids.get(4), ids.get(9));
    assertThat(rows("SELECT id FROM tasks WHERE id IN ('" + String.join("', '", wanted) + "')"))
        .containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(simulator.requestCount()).isEqualTo(3);
  }

  @Test
  void checksTheRestOfTheFilterItself() throws SQLException {
    String status = simulator.handinger().task(ids.get(2)).orElseThrow().status();
    String sql = "SELECT id FROM tasks WHERE id = '" + ids.get(2) + "' AND status = '";
    assertThat(rows(sql + status + "'")).containsExactly(ids.get(2));
    assertThat(rows(sql + "no such status'")).isEmpty();
    assertThat(simulator.requestCount()).isEqualTo(2);
  }

  @Test
  void stopsAtTheLimit() throws SQLException {
    assertThat(rows("SELECT * FROM tasks LIMIT 5")).isEqualTo(ids.subList(0, 5));
    assertThat(simulator.requestCount()).isEqualTo(5);
  }

  @Test
  void stopsAtTheLimitAfterAnOffset() throws SQLException {
    assertThat(rows("SELECT id FROM tasks LIMIT 5 OFFSET 3")).isEqualTo(ids.subList(3, 8));
    assertThat(simulator.requestCount()).isEqualTo(8);
  }

  @Test
  void sendsNothingForWhatCannotBe() throws SQLException {
    assertThat(rows("SELECT id FROM tasks WHERE 1 = 0")).isEmpty();
    assertThat(
            rows(
                "SELECT id FROM tasks WHERE id = '"
                    + ids.get(0)
                    + "' AND id = '"
                    + ids.get(1)
                    + "'"))
        .isEmpty();
    assertThat(rows("SELECT id FROM tasks LIMIT 0")).isEmpty();
    assertThat(simulator.requestCount()).isZero();
  }

  @Test
  void countsByOneRequestPerTask() throws SQLException {
    assertThat(rows("SELECT COUNT(*) FROM tasks")).containsExactly(String.valueOf(TASKS));
    assertThat(simulator.requestCount()).isEqualTo(TASKS);
  }

  @Test
  void readsByAParameter() throws SQLException {
    assertThat(rows("SELECT id FROM tasks WHERE id = ?", ids.get(3))).containsExactly(ids.get(3));
    assertThat(simulator.requestCount()).isEqualTo(1);
  }

  @Test
  void readsByParametersAgainWithOtherValues() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT title, id FROM tasks WHERE id IN (?, ?)")) {
      assertThat(second(statement, ids.get(0), ids.get(5)))
          .containsExactlyInAnyOrder(ids.get(0), ids.get(5));
      assertThat(second(statement, ids.get(6), ids.get(6))).containsExactly(ids.get(6));
    }
    assertThat(simulator.requestCount()).isEqualTo(3);
  }

  @Test
  void explainsWithoutARequest() throws SQLException {
    assertThat(rows("EXPLAIN PLAN FOR SELECT id FROM tasks WHERE id = 'x'"))
        .singleElement()
        .asString()
        .contains("EnumerableScan");
    assertThat(simulator.requestCount()).isZero();
  }

  private static List<String> second(PreparedStatement statement, String... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setString(i + 1, parameters[i]);
    }
    try (ResultSet result = statement.executeQuery()) {
      return column(result, 2);
    }
  }

  private List<String> rows(String sql, String... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        return column(result, 1);
      }
    }
  }

  private static List<String> column(ResultSet result, int column) throws SQLException {
    List<String> values = new ArrayList<>();
    while (result.next()) {
      values.add(result.getString(column));
    }
    return values;
  }
}
