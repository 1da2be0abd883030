package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store of the demo, which has an account of its own: it goes from one connection to the next. */
class DemoStoreTest {
  private static final String LIBRARY = "target/duckdb_jdbc-2.0.0.1.jar";

  @TempDir Path temp;

  private Connection connect(String maxAge) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("store", temp.resolve("store").toString());
    properties.setProperty("storeLibrary", LIBRARY);
    properties.setProperty("maxAge", maxAge);
    return DriverManager.getConnection("jdbc:turntable:demo", properties);
  }

  @Test
  void theNextConnectionIsAnsweredFromIt() throws SQLException {
    long tasks;
    try (Connection first = connect("0");
        Statement statement = first.createStatement()) {
      tasks = count(statement, "SELECT COUNT(*) FROM tasks");
      assertThat(statement.unwrap(RequestUsage.class).stored()).isZero();
      count(statement, "SELECT COUNT(*) FROM rightbrain.task_runs");
    }
    try (Connection second = connect("3600");
        Statement statement = second.createStatement()) {
      assertThat(count(statement, "SELECT COUNT(*) FROM tasks")).isEqualTo(tasks);
      RequestUsage usage = statement.unwrap(RequestUsage.class);
      assertThat(usage.stored()).isOne(); // the store counts
      assertThat(usage.requests()).isZero();
      assertThat(usage.age()).isPositive();

      count(statement, "SELECT COUNT(*) FROM rightbrain.task_runs");
      assertThat(usage.requests()).isZero();
      assertThat(
              count(
                  statement, "SELECT COUNT(*) FROM turntable.coverage WHERE scope LIKE 'store:%'"))
          .isPositive();
    }
  }

  private static long count(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void itsTasksAreKnownToTheNextConnectionAndToNoOtherAccount() throws SQLException {
    String id;
    long before;
    try (Connection first = connect("3600");
        Statement statement = first.createStatement()) {
      before = count(statement, "SELECT COUNT(*) FROM tasks");
      String worker;
      try (ResultSet row =
          statement.executeQuery("SELECT worker_id FROM tasks WHERE worker_id IS NOT NULL")) {
        row.next();
        worker = row.getString(1);
      }
      statement.executeUpdate(
          "INSERT INTO tasks (worker_id, input) VALUES ('" + worker + "', 'go')",
          Statement.RETURN_GENERATED_KEYS);
      try (ResultSet keys = statement.getGeneratedKeys()) {
        keys.next();
        id = keys.getString(1);
      }
      assertThat(count(statement, "SELECT COUNT(*) FROM tasks")).isEqualTo(before + 1);
    }
    String known =
        "SELECT COUNT(*) FROM turntable.known_tasks WHERE origin = 'created' AND id = '" + id + "'";
    try (Connection second = connect("3600");
        Statement statement = second.createStatement()) {
      assertThat(count(statement, known)).isOne();
      assertThat(count(statement, "SELECT COUNT(*) FROM tasks")).isEqualTo(before + 1);
    }
    try (Connection other = other();
        Statement statement = other.createStatement()) {
      assertThat(count(statement, "SELECT COUNT(*) FROM turntable.known_tasks")).isZero();
    }
  }

  /** Of somebody who has no account at a service that is not there. */
  private Connection other() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("store", temp.resolve("store").toString());
    properties.setProperty("storeLibrary", LIBRARY);
    properties.setProperty("apiKey", "nobody's");
    return DriverManager.getConnection(
        "jdbc:turntable:handinger:baseUrl=http://127.0.0.1:9", properties);
  }

  @Test
  void whatIsNoStoreIsRefusedByItsState() throws Exception {
    Files.createDirectories(temp.resolve("store"));
    Files.writeString(temp.resolve("store").resolve("letter"), "dear");

    assertThatThrownBy(() -> connect("0"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("XX001"));
    assertThatThrownBy(
            () -> DriverManager.getConnection("jdbc:turntable:demo:store=x;storeLibrary=y"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"));
  }

  @Test
  void withoutItsLibraryThereIsNoStore() {
    Properties properties = new Properties();
    properties.setProperty("store", temp.resolve("store").toString());
    properties.setProperty("storeLibrary", temp.resolve("none.jar").toString());

    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:turntable:demo", properties))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"))
        .hasMessageContaining("org.duckdb:duckdb_jdbc:2.0.0.1");
  }
}
