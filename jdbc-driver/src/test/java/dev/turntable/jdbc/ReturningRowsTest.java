package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.rightbrain.RightbrainState;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.simulator.server.ReceivedRequest;
import java.io.StringReader;
import java.sql.BatchUpdateException;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RETURNING and files as JDBC clients use them. */
@NullMarked
final class ReturningRowsTest {
  private static final Predicate<ReceivedRequest> POST = request -> request.method().equals("POST");

  private static final String FILES =
      "[{\"filename\":\"a.txt\",\"media_type\":\"text/plain\",\"content\":\"VG9wIHNlY3JldA==\"}]";

  private Services services;
  private Connection connection;
  private String worker;

  @BeforeEach
  void start() throws Exception {
    services = Services.of(SimulatorOptions.builder().tasks(3).build());
    connection = connect("maxConcurrentWrites", "1");
    worker = handinger().workerIds().get(0);
  }

  @AfterEach
  void stop() throws SQLException {
    connection.close();
    services.close();
  }

  private HandingerState handinger() {
    return services.simulator.handinger();
  }

  private Connection connect(String name, String value) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty(name, value);
    return services.connect(properties);
  }

  private String values(String... inputs) {
    return "INSERT INTO tasks (worker_id, input) VALUES "
        + String.join(
            ", ", List.of(inputs).stream().map(i -> "('" + worker + "', '" + i + "')").toList());
  }

  @Test
  void aQueryThatWrites() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                values("a", "b") + " RETURNING id, output_text AS answer, created_at, credits")) {
      ResultSetMetaData columns = rows.getMetaData();
      assertThat(columns.getColumnCount()).isEqualTo(4);
      assertThat(columns.getColumnName(1)).isEqualTo("id");
      assertThat(columns.getTableName(1)).isEqualTo("tasks");
      assertThat(columns.getColumnLabel(2)).isEqualTo("answer");
      assertThat(columns.getTableName(2)).isEmpty();
      assertThat(columns.getColumnType(3)).isEqualTo(Types.TIMESTAMP);
      assertThat(columns.getColumnType(4)).isEqualTo(Types.BIGINT);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("answer")).isEqualTo("Done: a");
      assertThat(rows.getObject("created_at")).isInstanceOf(Timestamp.class);
      assertThat(rows.getLong("credits"))
          .isEqualTo(handinger().task(rows.getString("id")).orElseThrow().credits());
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(2)).isEqualTo("Done: b");
      assertThat(rows.next()).isFalse();
    }
  }

  /** Rows first, then their count; the count is there before, too. */
  @Test
  void rowsAndTheirCount() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.execute(values("a", "b", "c") + " RETURNING id")).isTrue();
      assertThat(statement.getUpdateCount()).isEqualTo(3);
      assertThat(Services.rows(statement.getResultSet())).hasSize(3);
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(3);
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      assertThat(statement.executeUpdate(values("d") + " RETURNING output_text")).isEqualTo(1);
      assertThat(Services.rows(statement.getGeneratedKeys())).containsExactly("Done: d");
    }
  }

  /** However few rows are wanted, all are written. */
  @Test
  void fewerRowsThanAreWritten() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(1);
      try (ResultSet rows = statement.executeQuery(values("a", "b") + " RETURNING input")) {
        assertThat(Services.rows(rows)).containsExactly("a");
      }
      assertThat(handinger().runs()).isEqualTo(2);
    }
    try (Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
        ResultSet rows = statement.executeQuery(values("a", "b") + " RETURNING input")) {
      assertThat(rows.last()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("b");
      assertThat(rows.first()).isTrue();
    }
  }

  @Test
  void preparedAndInABatch() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO tasks (worker_id, input) VALUES (?, ?) RETURNING input, output_text")) {
      assertThat(insert.getMetaData().getColumnLabel(2)).isEqualTo("output_text");
      insert.setString(1, worker);
      insert.setString(2, "x");
      try (ResultSet rows = insert.executeQuery()) {
        assertThat(Services.rows(rows)).containsExactly("x|Done: x");
      }
      for (String input : List.of("a", "b", "c")) {
        insert.setString(2, input);
        insert.addBatch();
      }
      assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
      assertThat(Services.rows(insert.getGeneratedKeys()))
          .containsExactly("a|Done: a", "b|Done: b", "c|Done: c");
    }
  }

  /** Columns that are asked for by name come as RETURNING gives them; keys alone send nothing more. */
  @Test
  void generatedKeysByName() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(values("a"), new String[] {"ID", "output_text", "status"})) {
      services.sent();
      assertThat(insert.executeUpdate()).isEqualTo(1);
      assertThat(services.sent()).isEqualTo(2);
      try (ResultSet keys = insert.getGeneratedKeys()) {
        assertThat(keys.next()).isTrue();
        assertThat(keys.getString("id")).startsWith("tsk_");
        assertThat(keys.getString("output_text")).isEqualTo("Done: a");
        assertThat(keys.getString("status")).isEqualTo("completed");
      }
    }
    try (Statement statement = connection.createStatement()) {
      services.sent();
      statement.executeUpdate(values("b"), new String[] {"id"});
      assertThat(services.sent()).isEqualTo(1);
    }
  }

  @Test
  void aRowThatFailsInTheMiddle() throws SQLException {
    services.simulator.faults(FaultRule.nth(3, Fault.status(402)));
    try (Statement statement = connection.createStatement()) {
      BatchUpdateException failure =
          catchThrowableOfType(
              BatchUpdateException.class,
              () -> statement.executeQuery(values("a", "b", "c", "d") + " RETURNING input, id"));
      assertThat(failure.getSQLState()).isEqualTo("58000");
      assertThat((Throwable) failure)
          .hasMessageStartingWith("row 3 of 4, of which 2 were written: ");
      assertThat(failure.getUpdateCounts())
          .containsExactly(1, 1, Statement.EXECUTE_FAILED, Statement.EXECUTE_FAILED);
      assertThat(Services.column(statement.getGeneratedKeys(), "input")).containsExactly("a", "b");
      assertThat(statement.getResultSet()).isNull();
      assertThat(handinger().runs()).isEqualTo(2);
    }
  }

  /** Nobody knows whether the row was written: it is no row, whatever is known of it. */
  @Test
  void anUnknownOutcomeIsNoRow() throws SQLException {
    services.simulator.faults(
        FaultRule.nth(2, Fault.cutBeforeHeaders())
            .or(FaultRule.when(r -> !POST.test(r), Fault.status(500))));
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(2);
      BatchUpdateException failure =
          catchThrowableOfType(
              BatchUpdateException.class,
              () ->
                  statement.executeQuery(values("a", "b", "c") + " RETURNING input, output_text"));
      assertThat(failure.getSQLState()).isEqualTo("58030");
      assertThat(failure.getUpdateCounts())
          .containsExactly(1, Statement.SUCCESS_NO_INFO, Statement.EXECUTE_FAILED);
      assertThat(Services.rows(statement.getGeneratedKeys())).containsExactly("a|Done: a");
    }
  }

  /** The POST is not repeated; what it gave is read when the run has ended. */
  @Test
  void anAnswerThatIsLostIsRead() throws SQLException {
    services.simulator.faults(
        FaultRule.first(1, POST, Fault.afterActing(Fault.cutBeforeHeaders())));
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(values("a") + " RETURNING input, output_text, status")) {
      assertThat(Services.rows(rows)).containsExactly("a|Done: a|completed");
      assertThat(handinger().runs()).isEqualTo(1);
    }
  }

  /** The row is there: it counts, it is named, and no client takes it for one to be sent again. */
  @ParameterizedTest
  @ValueSource(strings = {"503", "cut", "403"})
  void aRowThatCannotBeRead(String what) throws SQLException {
    Fault fault =
        what.equals("cut") ? Fault.cutBeforeHeaders() : Fault.status(Integer.parseInt(what));
    services.simulator.faults(FaultRule.when(request -> !POST.test(request), fault));
    try (Connection impatient = connect("maxRetries", "0");
        Statement statement = impatient.createStatement()) {
      SQLException failure =
          catchThrowableOfType(
              SQLException.class,
              () -> statement.executeQuery(values("a") + " RETURNING id, input, status"));
      assertThat(failure.getSQLState()).isEqualTo(what.equals("403") ? "42501" : "58000");
      assertThat((Throwable) failure)
          .hasMessageContaining("was written, but what RETURNING names could not be read: ");
      for (Throwable link = failure; link != null; link = link.getCause()) {
        assertThat(link).isNotInstanceOf(java.io.IOException.class);
      }
      List<String> written = Services.rows(statement.getGeneratedKeys());
      assertThat(written).hasSize(1);
      assertThat(written.get(0)).startsWith("tsk_").endsWith("|a|null");
      assertThat(handinger().runs()).isEqualTo(1);
    }
  }

  @Test
  void aRunThatFailedIsARowWithItsError() throws SQLException {
    RightbrainState state = services.simulator.rightbrain();
    String task = state.taskId("Task-2");
    state.switches().failRuns(input -> input.contains("bad"));
    try (Statement statement = connection.createStatement()) {
      services.sent();
      try (ResultSet rows =
          statement.executeQuery(
              "INSERT INTO rightbrain.task_runs (task_id, input) SELECT '"
                  + task
                  + "', '{\"text\": \"' || v || '\"}' FROM (VALUES ('good'), ('bad')) AS t(v) RETURNING"
                  + " status, response")) {
        List<String> got = Services.rows(rows);
        assertThat(got.get(0)).startsWith("success|");
        assertThat(got.get(1))
            .isEqualTo("error|{\"detail\":{\"message\":\"The simulated model failed\"}}");
      }
      assertThat(services.sent()).isEqualTo(2);
      try (ResultSet rows =
          statement.executeQuery(
              "INSERT INTO rightbrain_runs.\"Task-2\" (text) VALUES ('bad') RETURNING text, status,"
                  + " response")) {
        assertThat(Services.rows(rows))
            .containsExactly("bad|error|{\"detail\":{\"message\":\"The simulated model failed\"}}");
      }
      assertThat(statement.getWarnings().getMessage()).contains("The simulated model failed");
    }
  }

  @Test
  void deletedRows() throws SQLException {
    String id = handinger().taskIds().get(0);
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("DELETE FROM tasks WHERE id = '" + id + "' RETURNING id")) {
      assertThat(Services.rows(rows)).containsExactly(id);
      assertThat(statement.getUpdateCount()).isEqualTo(1);
    }
  }

  @Test
  void nothingIsWrittenWhereNothingMayBe() throws SQLException {
    connection.setReadOnly(true);
    try (Statement statement = connection.createStatement()) {
      SQLException failure =
          catchThrowableOfType(
              SQLException.class, () -> statement.executeQuery(values("a") + " RETURNING id"));
      assertThat(failure.getSQLState()).isEqualTo("25006");
    }
    assertThat(services.sent()).isZero();
  }

  @Test
  void cancelled() throws SQLException {
    handinger().runDuration(Duration.ofMinutes(5));
    try (Statement statement = connection.createStatement()) {
      SQLException failure =
          services.cancelled(statement, values("a", "b") + " RETURNING output_text");
      assertThat(failure.getSQLState()).isEqualTo("58030");
      assertThat(Services.rows(statement.getGeneratedKeys())).isEmpty();
    }
  }

  @Test
  void filesAsAStreamAClobAndAnObject() throws SQLException {
    Clob clob = connection.createClob();
    clob.setString(1, FILES);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO tasks (worker_id, input, files) VALUES (?, 'x', ?) RETURNING output_text")) {
      insert.setString(1, worker);
      insert.setCharacterStream(2, new StringReader(FILES));
      assertThat(Services.rows(insert.executeQuery())).containsExactly("Done: x (a.txt)");
      insert.setClob(2, clob);
      assertThat(Services.rows(insert.executeQuery())).containsExactly("Done: x (a.txt)");
      insert.setObject(2, FILES, Types.CLOB);
      assertThat(Services.rows(insert.executeQuery())).containsExactly("Done: x (a.txt)");
      insert.setNClob(2, new StringReader(FILES), FILES.length());
      assertThat(Services.rows(insert.executeQuery())).containsExactly("Done: x (a.txt)");
    }
  }

  /** A statement may hold files as literals: logs, messages and EXPLAIN do not. */
  @Test
  void contentsAreNowhereToBeSeen() throws SQLException {
    String secret = "VG9wIHNlY3JldA";
    String insert =
        "INSERT INTO tasks (worker_id, input, files) VALUES ('"
            + worker
            + "', 'x', '"
            + FILES
            + "')";
    try (Statement statement = connection.createStatement()) {
      statement.execute(insert);
      assertThat(Services.rows(statement.executeQuery("SELECT sql FROM turntable.requests")))
          .first()
          .asString()
          .contains("INSERT INTO tasks", "\"content\":\"…\"")
          .doesNotContain(secret);
      assertThat(Services.rows(statement.executeQuery("EXPLAIN " + insert)).toString())
          .doesNotContain(secret);
      for (String broken :
          List.of(insert + " oops", insert.replace("a.txt", "a/b"), insert + "'")) {
        SQLException failure =
            catchThrowableOfType(SQLException.class, () -> statement.execute(broken));
        for (Throwable link = failure; link != null; link = link.getCause()) {
          assertThat(link.toString()).doesNotContain(secret);
        }
      }
    }
  }
}
