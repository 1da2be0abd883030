package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.jdbc.value.ParameterValues;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The gaps of statements and results. */
final class StatementGapsTest extends DemoServicesTest {
  private static final String INSERT =
      "INSERT INTO tasks (worker_id, input) VALUES ('" + WORKER + "', 'Say hello')";

  @Test
  @DisplayName("cancel on an idle statement, then reuse")
  void cancelIdle() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.cancel();
      assertThat(Services.rows(statement.executeQuery(POINT_READ))).containsExactly("42");
    }
  }

  @Test
  @DisplayName("cancel from another thread interrupts a blocking read, and the statement lives on")
  void cancelBlocked() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(services.cancelled(statement, POINT_READ).getSQLState()).isEqualTo("57014");
      assertThat(Services.rows(statement.executeQuery(POINT_READ))).containsExactly("42");
    }
  }

  @Test
  @DisplayName("setQueryTimeout(1) on a query that would take longer")
  void queryTimeout() throws SQLException {
    services.simulator.faults(FaultRule.always(Fault.hangBeforeHeaders(Duration.ofSeconds(60))));
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> Services.rows(statement.executeQuery(POINT_READ)))
          .isInstanceOf(SQLTimeoutException.class)
          .extracting("SQLState")
          .isEqualTo("HYT00");
    }
  }

  @Test
  @DisplayName("setEscapeProcessing, setCursorName, setPoolable")
  void harmless() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.setCursorName("c");
      statement.setPoolable(true);
      assertThat(statement.isPoolable()).isTrue();
      assertThat(Services.rows(statement.executeQuery(POINT_READ))).containsExactly("42");
    }
  }

  @Test
  @DisplayName("setMaxRows, setLargeMaxRows, setFetchSize (0, MIN_VALUE), setFetchDirection")
  void limits() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(0);
      statement.setFetchSize(Integer.MIN_VALUE); // MySQL's way to ask for streaming
      statement.setFetchDirection(ResultSet.FETCH_FORWARD);
      statement.setLargeMaxRows(1);
      assertThat(Services.rows(statement.executeQuery("VALUES 1, 2"))).containsExactly("1");
      statement.setMaxRows(0);
      assertThat(Services.rows(statement.executeQuery("VALUES 1, 2"))).hasSize(2);
      assertThat(statement.getLargeUpdateCount()).isEqualTo(-1);
      assertThat(statement.enquoteIdentifier("a b", false)).isEqualTo("\"a b\"");
      assertThat(statement.enquoteLiteral("it's")).isEqualTo("'it''s'");
    }
  }

  @Test
  @DisplayName("getMoreResults, closeOnCompletion, two open results")
  @SuppressWarnings("try") // the results are closed by what is under test
  void results() throws SQLException {
    try (Statement one = connection.createStatement();
        Statement two = connection.createStatement()) {
      ResultSet first = one.executeQuery("VALUES 1, 2");
      ResultSet second = two.executeQuery("VALUES 3, 4");
      assertThat(first.next() && second.next() && first.next() && second.next()).isTrue();
      assertThat(first.getInt(1) + second.getInt(1)).isEqualTo(6);
      fails("22023", () -> one.getMoreResults(9));
      assertThat(first.isClosed()).isFalse();
      assertThat(one.getMoreResults(Statement.CLOSE_CURRENT_RESULT)).isFalse();
      assertThat(one.getUpdateCount()).isEqualTo(-1);
      assertThat(first.isClosed()).isTrue();
      two.closeOnCompletion();
      second.close();
      assertThat(two.isClosed()).isTrue();
    }
  }

  @Test
  @DisplayName("execute and executeUpdate with RETURN_GENERATED_KEYS or columns, getGeneratedKeys")
  void generatedKeys() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.execute(INSERT, Statement.RETURN_GENERATED_KEYS)).isFalse();
      assertThat(Services.rows(statement.getGeneratedKeys())).hasSize(1);
      assertThat(statement.executeUpdate(INSERT, new String[] {"id"})).isEqualTo(1);
      assertThat(Services.rows(statement.getGeneratedKeys())).hasSize(1);
      assertThat(statement.executeUpdate(INSERT, new int[] {1})).isEqualTo(1);
      assertThat(Services.rows(statement.getGeneratedKeys())).hasSize(1);
      assertThat(statement.executeUpdate(INSERT)).isEqualTo(1);
      assertThat(Services.rows(statement.getGeneratedKeys())).isEmpty();
    }
    assertThat(services.sent()).isEqualTo(4);
  }

  @Test
  @DisplayName("a generated key that the table has no column of is refused before a request")
  void unknownKey() throws SQLException {
    String[] nope = {"id", "nope"};
    try (Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement(INSERT, nope)) {
      fails("42703", () -> statement.executeUpdate(INSERT, nope));
      fails("42703", () -> statement.execute("DELETE FROM tasks WHERE id = 'x'", nope));
      fails("42703", prepared::executeUpdate);
      prepared.addBatch();
      fails("42703", prepared::executeBatch);
    }
    assertThat(services.sent()).isZero();
  }

  @Test
  @DisplayName(
      "executeUpdate(\"select …\") and executeQuery(\"insert …\") are refused before a request")
  void wrongKind() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      fails("42000", () -> statement.executeUpdate(POINT_READ));
      fails("42000", () -> statement.executeQuery(INSERT));
    }
    assertThat(services.sent()).isZero();
  }

  @Test
  @DisplayName("batches of statements and of parameters, several rows in VALUES, INSERT … SELECT")
  void batches() throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement prepared =
            connection.prepareStatement("INSERT INTO tasks (worker_id, input) VALUES (?, ?)")) {
      statement.addBatch(INSERT);
      statement.addBatch(INSERT);
      assertThat(statement.executeBatch()).containsExactly(1, 1);
      for (String input : new String[] {"a", "b", "c"}) {
        prepared.setString(1, WORKER);
        prepared.setString(2, input);
        prepared.addBatch();
      }
      assertThat(prepared.executeBatch()).containsExactly(1, 1, 1);
      assertThat(
              statement.executeUpdate(
                  "INSERT INTO tasks (worker_id, input) VALUES ('%1$s', 'd'), ('%1$s', 'e')"
                      .formatted(WORKER)))
          .isEqualTo(2);
      assertThat(
              statement.executeUpdate(
                  "INSERT INTO tasks (worker_id, input) SELECT '"
                      + WORKER
                      + "', x FROM (VALUES 'f')"
                      + " AS t (x)"))
          .isEqualTo(1);
    }
    assertThat(services.sent()).isEqualTo(2 + 3 + 2 + 1);
  }

  @Test
  @DisplayName("getObject(x, Class)")
  void getObject() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 5, 'x', DATE '2024-01-02', 1.5")) {
      rows.next();
      assertThat(rows.getObject(1, Long.class)).isEqualTo(5);
      assertThat(rows.getObject(2, String.class)).isEqualTo("x");
      assertThat(rows.getObject(3, LocalDate.class)).isEqualTo("2024-01-02");
      assertThat(rows.getObject(4, BigDecimal.class)).isEqualTo("1.5");
    }
  }

  @Test
  @DisplayName("getBytes, getCharacterStream, getClob, getNString, getAsciiStream on VARCHAR")
  void streams() throws Exception {
    byte[] bytes = "Köln".getBytes(StandardCharsets.UTF_8);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 'Köln'")) {
      rows.next();
      assertThat(rows.getBytes(1)).isEqualTo(bytes);
      assertThat(ParameterValues.text(rows.getCharacterStream(1), 9)).isEqualTo("Köln");
      assertThat(rows.getClob(1).getSubString(1, 9)).isEqualTo("Köln");
      assertThat(rows.getNString(1)).isEqualTo("Köln");
      assertThat(rows.getAsciiStream(1)).hasBinaryContent(bytes);
    }
  }

  @Test
  @DisplayName(
      "isFirst, isAfterLast; isLast, getCursorName and update*: 0A000; findColumn in any case")
  void positions() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT x FROM (VALUES 1, 2) AS t (x)")) {
      assertThat(rows.isBeforeFirst()).isTrue();
      rows.next();
      assertThat(rows.isFirst()).isTrue();
      assertThat(rows.findColumn("X")).isEqualTo(1);
      unsupported(() -> rows.isLast());
      unsupported(() -> rows.getCursorName());
      unsupported(() -> rows.updateInt(1, 5));
      unsupported(() -> rows.updateString("x", "5"));
      unsupported(() -> rows.updateRow());
      unsupported(() -> rows.insertRow());
      unsupported(() -> rows.deleteRow());
      unsupported(() -> rows.moveToInsertRow());
      rows.next();
      assertThat(rows.next()).isFalse();
      assertThat(rows.isAfterLast()).isTrue();
    }
  }
}
