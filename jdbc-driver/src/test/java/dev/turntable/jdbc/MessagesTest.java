package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.source.ErrorKind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/**
 * What failures say: the object, the place where there is one, and what to do, never to put a key into
 * a URL.
 */
class MessagesTest {
  /** A statement on the demo, its SQLState, and what its message has to say. */
  private record Case(String sql, ErrorKind kind, String... says) {}

  private static final List<Case> CASES =
      List.of(
          of("SELECT COUNT(id FROM tasks", ErrorKind.SYNTAX, "FROM", "line 1, column 17"),
          of(
              "SELECT * FROM taks",
              ErrorKind.UNKNOWN_TABLE,
              "'taks'",
              "line 1, column 15",
              "mean tasks"),
          of(
              "SELECT statsu FROM tasks",
              ErrorKind.UNKNOWN_COLUMN,
              "'statsu'",
              "column 8",
              "mean status"),
          of(
              "SELECT id FROM tasks WHERE status = completed",
              ErrorKind.UNKNOWN_COLUMN,
              "'completed'",
              "line 1, column 37",
              "single quotes: 'completed'"),
          of(
              "SELECT id FROM tasks WHERE status IN (\"error\")",
              ErrorKind.UNKNOWN_COLUMN,
              "'error'",
              "single quotes: 'error'"),
          of(
              "SELECT lenght(title) FROM tasks",
              ErrorKind.INVALID_STATEMENT,
              "lenght",
              "column 8",
              "mean LENGTH?"),
          of("DELETE FROM tasks", ErrorKind.INVALID_STATEMENT, "handinger.tasks", "WHERE"),
          of("SELECT CAST('x' AS INTEGER)", ErrorKind.BAD_VALUE, "'x'", "INTEGER"),
          of("SELECT 2147483647 + 1", ErrorKind.OUT_OF_RANGE, "INTEGER"),
          of("SELECT 1 / 0", ErrorKind.DIVISION_BY_ZERO, "1 / 0"),
          of(
              "INSERT INTO tasks (worker_id) VALUES ('w')",
              ErrorKind.MISSING_VALUE,
              "handinger.tasks",
              "input"),
          of(
              "INSERT INTO turns (task_id, input) VALUES ('tsk_none', 'a')",
              ErrorKind.UNKNOWN_PARENT,
              "handinger.turns",
              "tsk_none"),
          of(
              "INSERT INTO tasks (id, worker_id, input) VALUES ('tsk_2Z-YWz3hFq6VlW', 'w', 'a')",
              ErrorKind.DUPLICATE_KEY,
              "handinger.tasks",
              "tsk_2Z-YWz3hFq6VlW"),
          of("UPDATE tasks SET title = 'x'", ErrorKind.UNSUPPORTED, "UPDATE", "INSERT"));

  private static Case of(String sql, ErrorKind kind, String... says) {
    return new Case(sql, kind, says);
  }

  private static SQLException failure(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return catchThrowableOfType(
          SQLException.class,
          () -> {
            if (statement.execute(sql)) {
              try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                  rows.getObject(1);
                }
              }
            }
          });
    }
  }

  static void check(SQLException failure, ErrorKind kind, String... says) {
    assertThat((Throwable) failure).isNotNull();
    assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo(kind.sqlState());
    assertThat(failure.getMessage())
        .contains(says)
        .doesNotContainIgnoringCase("key in the url")
        .doesNotContain("there too")
        .doesNotContainPattern("(?i)jdbc:\\S*apiKey=");
  }

  @Test
  void statementsThatFailSayWhatWhereAndWhatToDo() throws SQLException {
    try (Connection demo = DriverManager.getConnection("jdbc:turntable:demo")) {
      for (Case each : CASES) {
        check(failure(demo, each.sql), each.kind, each.says);
      }
    }
  }

  @Test
  void limitsAreNamedWithTheirProperty() throws SQLException {
    try (Connection demo =
        DriverManager.getConnection("jdbc:turntable:demo:readOnly=true;maxRequests=1")) {
      check(failure(demo, "DELETE FROM tasks WHERE id = 'a'"), ErrorKind.READ_ONLY, "read-only");
      check(
          failure(demo, "SELECT title FROM tasks"),
          ErrorKind.BUDGET,
          "5 requests",
          "maxRequests=1");
    }
  }

  @Test
  void nobodyIsToldToPutAKeyIntoAUrl() {
    SQLException none =
        catchThrowableOfType(
            SQLException.class,
            () -> DriverManager.getConnection("jdbc:turntable:rightbrain", new Properties()));
    check(
        none,
        ErrorKind.AUTHENTICATION,
        "rightbrain",
        "environment variable RB_API_KEY",
        "password of the connection, never the URL");
    SQLException unknown =
        catchThrowableOfType(
            SQLException.class,
            () -> DriverManager.getConnection("jdbc:turntable:demo:maxReqests=1"));
    check(unknown, ErrorKind.BAD_VALUE, "maxReqests", "maxRequests");
  }

  @Test
  void anUnreachableServiceIsNamedWithItsAddress() throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:turntable:handinger:baseUrl=http://127.0.0.1:1;maxRetries=0", "", "sk_secret")) {
      check(
          failure(connection, "SELECT title FROM tasks WHERE id = 'tsk_a'"),
          ErrorKind.UNREACHABLE,
          "handinger.tasks",
          "GET /api/tasks/tsk_a",
          "127.0.0.1:1");
    }
  }

  /** Those of the store are walked by StoreErrorsTest, StoreFileTest and StoreProcessesTest. */
  @Test
  void everyKindIsWalked() {
    EnumSet<ErrorKind> ofServices =
        EnumSet.of(
            ErrorKind.FORBIDDEN,
            ErrorKind.TOO_LARGE,
            ErrorKind.UNSTABLE,
            ErrorKind.CANCELLED,
            ErrorKind.TIMEOUT,
            ErrorKind.BAD_ANSWER,
            ErrorKind.OUTCOME_UNKNOWN,
            ErrorKind.CLOSED,
            ErrorKind.CONNECTION_LOST);
    EnumSet<ErrorKind> ofTheStore =
        EnumSet.of(ErrorKind.STORE_BUSY, ErrorKind.DISK_FULL, ErrorKind.STORE_DAMAGED);
    EnumSet<ErrorKind> all =
        EnumSet.of(
            ErrorKind.AUTHENTICATION, ErrorKind.READ_ONLY, ErrorKind.BUDGET, ErrorKind.UNREACHABLE);
    CASES.forEach(each -> all.add(each.kind));
    all.addAll(ofServices);
    all.addAll(ofTheStore);
    all.add(ErrorKind.INTERNAL); // no statement is known to reach one
    assertThat(all).containsExactlyInAnyOrder(ErrorKind.values());
  }
}
