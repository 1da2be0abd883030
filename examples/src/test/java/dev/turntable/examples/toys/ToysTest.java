package dev.turntable.examples.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The third service through SQL: what each statement asks the workshop for, and gives. */
class ToysTest {
  private ToyServer workshop;
  private Connection connection;

  @BeforeEach
  void open() throws IOException, SQLException {
    workshop = ToyServer.start(25);
    Properties info = new Properties();
    info.setProperty(
        "model",
        """
        inline:{"version": "1.0", "defaultSchema": "toys", "schemas": [{
          "name": "toys", "type": "custom",
          "factory": "dev.turntable.plan.TurntableSchemaFactory",
          "operand": {"source": "toys", "baseUrl": "%s"}}]}
        """
            .formatted(workshop.url()));
    info.setProperty("lex", "JAVA");
    connection = DriverManager.getConnection("jdbc:calcite:", info);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    workshop.close();
  }

  private List<String> rows(String sql) throws SQLException {
    workshop.takeRequests();
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(String.join(" ", row));
      }
    }
    return rows;
  }

  @Test
  void readsWhatAnIdNames() throws SQLException {
    assertThat(rows("SELECT id, toy, minutes FROM orders WHERE id IN ('7', '8', 'x', '99')"))
        .containsExactlyInAnyOrder("7 kite 0", "8 train 10");
    assertThat(workshop.takeRequests())
        .containsExactlyInAnyOrder("/orders/7", "/orders/8", "/orders/99");
  }

  @Test
  void readsAllPages() throws SQLException {
    assertThat(rows("SELECT COUNT(*), MAX(minutes) FROM orders")).containsExactly("25 60");
    assertThat(workshop.takeRequests())
        .containsExactly(
            "/orders?limit=10", "/orders?limit=10&after=10", "/orders?limit=10&after=20");
  }

  @Test
  void asksForOneToyAndChecksTheRestHere() throws SQLException {
    assertThat(rows("SELECT id FROM orders WHERE toy = 'kite' AND minutes > 40"))
        .containsExactly("13", "19");
    assertThat(workshop.takeRequests()).containsExactly("/orders?limit=10&toy=kite");
  }

  @Test
  void stopsWhereEnoughWasRead() throws SQLException {
    assertThat(rows("SELECT id FROM orders LIMIT 3")).containsExactly("1", "2", "3");
    assertThat(workshop.takeRequests()).containsExactly("/orders?limit=3");
  }

  /** Calcite's joins see the list, as the README says; an id in the text is asked for. */
  @Test
  void joinsOfAnotherCalciteSeeTheListOnly() throws SQLException {
    workshop.archive(5);
    assertThat(
            rows(
                "SELECT COUNT(*), COUNT(o.id) FROM deliveries d LEFT JOIN orders o ON o.id ="
                    + " d.order_id"))
        .containsExactly("5 4");
    assertThat(workshop.takeRequests())
        .containsExactlyInAnyOrder(
            "/deliveries",
            "/orders?limit=10",
            "/orders?limit=10&after=11",
            "/orders?limit=10&after=21");
    assertThat(rows("SELECT toy FROM orders WHERE id = '5'")).containsExactly("train");
    assertThat(workshop.takeRequests()).containsExactly("/orders/5");
  }

  @Test
  void saysThatTheWorkshopIsClosed() {
    workshop.close();
    assertThatThrownBy(() -> rows("SELECT * FROM orders"))
        .isInstanceOf(SQLException.class)
        .hasStackTraceContaining("toys.orders: ")
        .hasStackTraceContaining("GET /orders?limit=10");
  }
}
