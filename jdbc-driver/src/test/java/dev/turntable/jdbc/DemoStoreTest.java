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
      assertThat(usage.stored()).isEqualTo(tasks);
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
