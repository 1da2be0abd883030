package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The driver over the real engine and the simulator of the demo. */
class DemoTest {
  private static final String TASK = "tsk_2Z-YWz3hFq6VlW";

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:turntable:demo");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private long requestsSoFar() throws SQLException {
    return ((TurntableConnection) connection).engine().connection().log().sent();
  }

  private static List<String> column(ResultSet rows, int column) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(column));
      }
    }
    return values;
  }

  @Test
  void theFirstStatementOfTheReadmeAnswers() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT status, COUNT(*) AS tasks, SUM(credits) AS credits FROM tasks"
                    + " GROUP BY status ORDER BY credits DESC")) {
      assertThat(column(rows, 1))
          .containsExactlyInAnyOrder("completed", "error", "pending", "running", "aborted");
      SQLWarning warning = statement.getWarnings();
      assertThat(warning.getMessage()).contains("Handinger publishes no list of tasks");
    }
  }

  @Test
  void thePublishedTaskIsThere() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT * FROM tasks WHERE id = ?")) {
      statement.setString(1, TASK);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt("credits")).isEqualTo(42);
        assertThat(rows.getObject("duration_ms", Long.class)).isEqualTo(25_812);
        LocalDateTime created = rows.getObject("created_at", LocalDateTime.class);
        assertThat(rows.getTimestamp("created_at")).isEqualTo(Timestamp.valueOf(created));
        assertThat(rows.getObject("created_at", Instant.class))
            .isEqualTo(created.toInstant(java.time.ZoneOffset.UTC));
        assertThat(rows.next()).isFalse();
      }
      assertThat(statement.unwrap(RequestUsage.class).requests()).isEqualTo(1);
    }
  }

  @Test
  void metadataSendsNothing() throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    assertThat(column(metaData.getSchemas(), 1)).contains("handinger", "turntable");
    assertThat(column(metaData.getTables(null, "handinger", "%", null), 3))
        .containsExactly("tasks", "turns", "webhook_executions", "worker_schedules", "workers");
    assertThat(column(metaData.getColumns(null, "handinger", "tasks", "%"), 4))
        .startsWith("id", "title", "status");
    assertThat(column(metaData.getPrimaryKeys(null, "handinger", "tasks"), 4))
        .containsExactly("id");
    assertThat(column(metaData.getImportedKeys(null, "handinger", "turns"), 8)).contains("task_id");
    try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM tasks LIMIT ?")) {
      ResultSetMetaData columns = statement.getMetaData();
      assertThat(columns.getTableName(1)).isEqualTo("tasks");
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(1);
    }
    assertThat(requestsSoFar()).isZero();
  }

  @Test
  void whatIsInsertedIsThereOnThisConnectionOnly() throws SQLException {
    String key;
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO tasks (worker_id, input) SELECT worker_id, ? FROM tasks WHERE id = '"
                + TASK
                + "'",
            Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, "Say hello");
      assertThat(insert.executeUpdate()).isEqualTo(1);
      try (ResultSet keys = insert.getGeneratedKeys()) {
        assertThat(keys.next()).isTrue();
        key = keys.getString("id");
      }
    }
    assertThat(key).matches("tsk_[A-Za-z0-9_-]{22}");
    String count = "SELECT COUNT(*) FROM tasks WHERE id = '" + key + "'";
    try (Statement statement = connection.createStatement()) {
      assertThat(column(statement.executeQuery(count), 1)).containsExactly("1");
      assertThat(statement.executeUpdate("DELETE FROM tasks WHERE id = '" + key + "'"))
          .isEqualTo(1);
    }
    try (Connection other = DriverManager.getConnection("jdbc:turntable:demo");
        Statement statement = other.createStatement()) {
      assertThat(column(statement.executeQuery(count), 1)).containsExactly("0");
    }
  }

  @Test
  void refusalsHaveTheirState() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertState("42601", statement, "SELEC 1");
      assertState("42P01", statement, "SELECT * FROM nix");
      assertState("42703", statement, "SELECT nix FROM tasks");
      assertState("42703", statement, "SELECT t.nix FROM tasks t");
      assertState("0A000", statement, "UPDATE tasks SET title = 'x'");
      assertThat(requestsSoFar()).isZero();
    }
  }

  private static void assertState(String state, Statement statement, String sql) {
    assertThatThrownBy(() -> statement.execute(sql))
        .isInstanceOf(SQLException.class)
        .extracting("SQLState")
        .isEqualTo(state);
  }

  @Test
  void propertiesOfTheUrlCount() throws SQLException {
    try (Connection readOnly =
            DriverManager.getConnection(
                "jdbc:turntable:demo:readOnly=true;maxRequests=1", "u", "");
        Statement statement = readOnly.createStatement()) {
      assertThat(readOnly.isReadOnly()).isTrue();
      assertThat(readOnly.isValid(5)).isTrue();
      assertState("25006", statement, "DELETE FROM tasks WHERE id = '" + TASK + "'");
      assertState("53400", statement, "SELECT COUNT(*) FROM tasks");
    }
  }

  /** The simulator lives as long as its connection: a pool would gather servers otherwise. */
  @Test
  void closingTheDemoStopsItsServers() throws Exception {
    URI server;
    try (Connection other = DriverManager.getConnection("jdbc:turntable:demo");
        Statement statement = other.createStatement()) {
      String sql = "SELECT id FROM tasks WHERE id = '" + TASK + "'";
      assertThat(column(statement.executeQuery(sql), 1)).containsExactly(TASK);
      server =
          URI.create(
              ((TurntableConnection) other).engine().connection().log().records().get(0).url());
      new Socket(server.getHost(), server.getPort()).close();
    }
    assertThatThrownBy(() -> new Socket(server.getHost(), server.getPort()).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void theGridOfATableCostsItsRows() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(3);
      assertThat(column(statement.executeQuery("SELECT * FROM tasks"), 1)).hasSize(3);
      long limited = statement.unwrap(RequestUsage.class).requests();
      statement.setMaxRows(0);
      assertThat(column(statement.executeQuery("SELECT * FROM tasks LIMIT 3"), 1)).hasSize(3);
      assertThat(limited).isEqualTo(statement.unwrap(RequestUsage.class).requests());
    }
  }

  @Test
  void manyThreadsShareAConnection() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                try (Statement statement = connection.createStatement()) {
                  for (int round = 0; round < 10; round++) {
                    assertThat(
                            column(
                                statement.executeQuery(
                                    "SELECT credits FROM tasks WHERE id = '" + TASK + "'"),
                                1))
                        .containsExactly("42");
                  }
                } catch (SQLException | AssertionError e) {
                  failures.add(e);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }
}
