package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people and tools write who come from other databases. */
class SqlLeniencyTest {
  private static Services services;
  private static Connection connection;

  @BeforeAll
  static void open() throws IOException, SQLException {
    services = Services.demo();
    connection = services.connect();
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
    services.close();
  }

  private static List<String> rows(String sql) throws SQLException {
    return Services.rows(connection, sql);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "SELECT 1; ~ 1",
        "SELECT 'a;b'; -- the end ; ~ a;b",
        "/* first */ SELECT 1 /* c */ ; /* d; */ ; ~ 1",
        "SELECT 1 FROM DUAL ~ 1",
        "SELECT n FROM (VALUES (1),(2),(3),(4)) t(n) LIMIT 1, 2 ~ 2 3",
        "SELECT n FROM (VALUES (1),(2),(3),(4)) t(n) LIMIT 2 OFFSET 1 ~ 2 3",
        "SELECT n FROM (VALUES (1),(2),(3)) t(n) OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY ~ 2",
        "SELECT n AS m, COUNT(*) FROM (VALUES (1),(1),(2)) t(n) GROUP BY m ORDER BY 2 DESC ~ 1|2 2|1",
        "SELECT n, COUNT(*) FROM (VALUES (1),(1),(2)) t(n) GROUP BY 1 ORDER BY 1 DESC ~ 2|1 1|2",
        "SELECT CONCAT('a', 'b', 1) ~ ab1",
        "SELECT STRING_AGG(n, ',' ORDER BY n) FROM (VALUES ('b'),('a')) t(n) ~ a,b",
        "SELECT GROUP_CONCAT(n ORDER BY n SEPARATOR ';') FROM (VALUES ('b'),('a')) t(n) ~ a;b",
        "SELECT COUNT(*) FROM (VALUES ('Ab'),('c')) t(n) WHERE n ILIKE 'aB%' ~ 1",
        "SELECT RANDOM() < 2 ~ true",
        "SELECT IFNULL(NULL, 1), NVL(NULL, 'x'), COALESCE(NULL, 2) ~ 1|x|2",
        "SELECT NOW() - INTERVAL '7' DAY < NOW() ~ true",
        "SELECT DATE_TRUNC('month', TIMESTAMP '2024-05-06 07:08:09') ~ 2024-05-01 00:00:00",
        "SELECT DATE_TRUNC('hour', TIMESTAMP '2024-05-06 07:08:09.5') ~ 2024-05-06 07:00:00",
        "SELECT DATE_TRUNC('week', TIMESTAMP '2024-05-05 07:08:09') ~ 2024-04-29 00:00:00",
        "SELECT DATE_TRUNC('week', DATE '2024-05-06') ~ 2024-05-06",
        "SELECT DATE_TRUNC(TIMESTAMP '2024-05-06 07:08:09', MONTH) ~ 2024-05-01 00:00:00",
        "SELECT FLOOR(TIMESTAMP '2024-05-06 07:08:09' TO YEAR) ~ 2024-01-01 00:00:00",
        "SELECT EXTRACT(YEAR FROM DATE '2024-05-06'), YEAR(DATE '2024-05-06') ~ 2024|2024",
        "SELECT TIMESTAMPADD(DAY, 1, TIMESTAMP '2024-01-31 00:00:00') ~ 2024-02-01 00:00:00",
        "SELECT TO_TIMESTAMP('2024-01-02 03:04:05', 'YYYY-MM-DD HH24:MI:SS') ~ 2024-01-02 03:04:05",
        "SELECT CAST(5 AS TEXT) || 'x', CAST('7' AS INT64) + 1, '5'::int + 1 ~ 5x|8|6",
        "SELECT {ts '2024-01-02 03:04:05'}, {d '2024-01-02'}, {t '03:04:05'} ~ 2024-01-02 03:04:05|2024-01-02|03:04:05",
        "SELECT {fn UCASE('a')}, {fn CONCAT('a', 'b')}, {fn IFNULL(NULL, 1)} ~ A|ab|1",
        "SELECT TIMESTAMP '2024-01-25T01:02:03', TIMESTAMP '2024-01-25' ~ 2024-01-25 01:02:03|2024-01-25 00:00:00",
        "SELECT '東京' || U&'\\6771' ~ 東京東",
        "SELECT DATE_ADD(DATE '2024-01-31', INTERVAL '1' DAY), DATE_SUB(DATE '2024-01-01', INTERVAL '1 month') ~ 2024-02-01|2023-12-01",
        "SELECT TIMESTAMP_ADD(TIMESTAMP '2024-01-31 00:00:00', INTERVAL -'1' HOUR) ~ 2024-01-30 23:00:00",
        "SELECT TIMESTAMP_SUB(TIMESTAMP '2024-01-31 00:00:00', INTERVAL 1 DAY) ~ 2024-01-30 00:00:00",
        "SELECT SAFE_CAST('1' AS INTEGER) + 1, SAFE_CAST('x' AS INTEGER), TRY_CAST('2024-02-30' AS DATE) ~ 2|null|null",
        "SELECT CURRENT_SCHEMA(), DATABASE() ~ handinger|handinger",
        "SELECT 1/3, 7/2 ~ 0|3",
        "SELECT AVG(n) FROM (VALUES (1),(2)) t(n) ~ 1.5",
      })
  void isUnderstood(String sql, String answer) throws SQLException {
    services.sent();
    assertThat(String.join(" ", rows(sql))).isEqualTo(answer);
    assertThat(services.sent()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "created_at >= '2024-01-25 00:00:00.0' ~ 61",
        "created_at >= '2024-01-25T00:00:00' ~ 61",
        "created_at >= '2024-01-25T00:00:00Z' ~ 61",
        "created_at >= '2024-01-25' ~ 61",
        "CAST(created_at AS DATE) = '2026-07-20' ~ 6",
        "title LIKE '%東京%' ~ 3",
        "status = 5 ~ 0",
        "5 <> status ~ 61",
        "STATUS = 'error' ~ 6",
        "\"STATUS\" = 'error' ~ 6",
        "credits = '42' ~ 1",
        "id != 'x' ~ 61",
      })
  void comparesAsMeant(String condition, String count) throws SQLException {
    assertThat(rows("SELECT COUNT(*) FROM tasks WHERE " + condition)).containsExactly(count);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "SELECT ? ~ 1 ~ VARCHAR",
        "SELECT ? AS a, ? AS b ~ 1|1 ~ VARCHAR VARCHAR",
        "VALUES (?) ~ 1 ~ VARCHAR",
        "SELECT UPPER(?) || ? ~ 11 ~ VARCHAR VARCHAR",
        "SELECT COALESCE(?, 5) ~ 1 ~ INTEGER",
        "SELECT COALESCE(?, ?) ~ 1 ~ VARCHAR VARCHAR",
        "SELECT NULLIF(?, 5) ~ 1 ~ INTEGER",
        "SELECT 2 FROM dual WHERE ? IN (1, 2) ~ 2 ~ INTEGER",
        "SELECT 2 FROM dual WHERE ? IS NULL OR 1 = ? ~ 2 ~ VARCHAR INTEGER",
        "SELECT CASE WHEN ? IS NULL THEN 7 ELSE ? END ~ 1 ~ VARCHAR INTEGER",
        "SELECT TIMESTAMPADD(DAY, ?, TIMESTAMP '2024-01-31 00:00:00') ~ 2024-02-01 00:00:00 ~ INTEGER",
        "SELECT n FROM (VALUES (7), (8)) t(n) LIMIT ? OFFSET ? ~ 8 ~ INTEGER INTEGER",
      })
  void parametersNeedNoCast(String sql, String answer, String types) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      StringBuilder known = new StringBuilder();
      int count = statement.getParameterMetaData().getParameterCount();
      for (int i = 1; i <= count; i++) {
        known.append(i > 1 ? " " : "");
        known.append(statement.getParameterMetaData().getParameterTypeName(i));
        statement.setString(i, "1");
      }
      assertThat(known).hasToString(types);
      assertThat(Services.rows(statement.executeQuery())).containsExactly(answer);
    }
  }

  @Test
  void aFractionIsNotCutOffWhereAWholeNumberIsCompared() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT 1 FROM (VALUES (41)) t(n) WHERE n < ?")) {
      statement.setDouble(1, 41.5);
      assertThatThrownBy(statement::executeQuery)
          .hasMessageContaining("'41.5' cannot be used as INTEGER")
          .extracting("SQLState")
          .isEqualTo("22023");
      statement.setDouble(1, 42.0);
      assertThat(Services.rows(statement.executeQuery())).containsExactly("1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "SHOW TABLES ~ tasks turns webhook_executions worker_schedules workers",
        "show tables from turntable; ~ coverage known_tasks properties requests",
        "SHOW TABLES IN HANDINGER LIKE 'work%' ~ worker_schedules workers",
        "SHOW SCHEMAS ~ handinger rightbrain rightbrain_runs turntable",
        "show databases ~ handinger rightbrain rightbrain_runs turntable",
        "DESCRIBE turntable.properties ~ name value origin description",
        "DESC \"turntable\".\"properties\"; ~ name value origin description",
        "SHOW COLUMNS FROM properties FROM turntable ~ name value origin description",
        "SELECT table_name FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'handinger' ~ tasks turns webhook_executions worker_schedules workers",
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'handinger' AND table_name = 'tasks' AND data_type = 'BIGINT' ~ credits duration_ms turn_count",
        "SELECT constraint_name FROM information_schema.table_constraints WHERE table_schema = 'handinger' AND table_name = 'turns' ~ turns_pk turns_task_id_fk",
        "SELECT referenced_table_name FROM information_schema.key_column_usage WHERE table_schema = 'handinger' AND constraint_name = 'turns_task_id_fk' ~ tasks",
        "SELECT schema_name FROM information_schema.schemata ~ handinger rightbrain rightbrain_runs turntable",
      })
  void theCatalogCanBeAskedInSql(String sql, String firstColumn) throws SQLException {
    services.sent();
    List<String> names = rows(sql).stream().map(row -> row.replaceFirst("\\|.*", "")).toList();
    assertThat(String.join(" ", names)).isEqualTo(firstColumn);
    assertThat(services.sent()).isZero();
  }

  @Test
  void onlyWhatConcernsTheTypedTablesLoadsThem() throws Exception {
    try (Connection fresh = services.connect()) {
      services.sent();
      String all = "SELECT COUNT(DISTINCT table_schema) FROM information_schema.tables";
      try (PreparedStatement statement = fresh.prepareStatement(all)) {
        assertThat(services.sent()).isZero();
        assertThat(Services.rows(statement.executeQuery())).containsExactly("4");
        assertThat(services.sent()).isPositive();
        assertThat(Services.rows(statement.executeQuery())).containsExactly("4");
        assertThat(services.sent()).isZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "COMMIT",
        "commit;",
        "ROLLBACK WORK",
        "BEGIN",
        "BEGIN TRANSACTION",
        "END",
        "START TRANSACTION READ ONLY",
        "SET NAMES utf8",
        "SET SESSION x = 'y'"
      })
  void sessionCommandsDoNothing(String sql) throws SQLException {
    services.sent();
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.execute(sql)).isFalse();
      assertThat(statement.getUpdateCount()).isZero();
    }
    assertThat(services.sent()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "USE rightbrain",
        "SET SCHEMA 'rightbrain'",
        "set schema RIGHTBRAIN;",
        "SET search_path TO \"rightbrain\", x"
      })
  void useChangesTheSchema(String sql) throws SQLException {
    try (Connection own = services.connect();
        Statement statement = own.createStatement()) {
      statement.execute(sql);
      assertThat(own.getSchema()).isEqualTo("rightbrain");
      assertThat(Services.rows(own, "SELECT COUNT(*) FROM token_report WHERE task_id = 'x'"))
          .containsExactly("0");
    }
  }

  @Test
  void aSearchPathOfPostgresIsNoErrorAndAnUnknownSchemaIs() throws SQLException {
    try (Connection own = services.connect();
        Statement statement = own.createStatement()) {
      for (String sql :
          List.of("SET search_path TO public", "set search_path = \"$user\", public")) {
        assertThat(statement.execute(sql)).isFalse();
        assertThat((Throwable) statement.getWarnings())
            .hasMessageContaining("there is no schema")
            .hasMessageContaining("the schema stays handinger");
        assertThat(own.getSchema()).isEqualTo("handinger");
      }
      statement.execute("SET search_path TO rightbrain");
      assertThat((Throwable) statement.getWarnings()).isNull();
      for (String sql : List.of("USE nope", "SET SCHEMA nope")) {
        assertThatThrownBy(() -> statement.execute(sql))
            .hasMessageContaining("there is no schema nope; known are handinger, ")
            .extracting("SQLState")
            .isEqualTo("22023");
      }
      assertThat(own.getSchema()).isEqualTo("rightbrain");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "CREATE TABLE x (a INT) ~ CREATE is not supported",
        "CREATE VIEW v AS SELECT 1 ~ CREATE is not supported",
        "DROP TABLE tasks ~ DROP is not supported",
        "TRUNCATE TABLE tasks ~ TRUNCATE is not supported",
        "ALTER TABLE tasks ADD x INT ~ ALTER is not supported",
        "MERGE INTO tasks USING turns ON 1 = 1 ~ MERGE is not supported",
        "UPDATE tasks SET title = 'x' WHERE id = 'y' ~ UPDATE is not supported",
        "UPDATE \"handinger\".\"tasks\" SET \"title\" = ? WHERE \"id\" = ? ~ UPDATE is not supported",
        "GRANT SELECT ON tasks TO x ~ GRANT is not supported",
        "SAVEPOINT x ~ SAVEPOINT is not supported",
        "ROLLBACK TO SAVEPOINT x ~ savepoint is not supported",
        "{call x()} ~ CALL is not supported",
        "SHOW VARIABLES ~ not SHOW VARIABLES",
      })
  void whatCannotBeDoneSaysSo(String sql, String reason) {
    assertThatThrownBy(() -> connection.prepareStatement(sql))
        .isInstanceOf(java.sql.SQLFeatureNotSupportedException.class)
        .hasMessageContaining(reason)
        .extracting("SQLState")
        .isEqualTo("0A000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "SELEC 1 ~ 42601 ~ did you mean SELECT?",
        "SELECT 1 FRM tasks WHERE ~ 42601 ~ line 1, column",
        "SELECT 1; SELECT 2 ~ 42601 ~ only one statement at a time",
        "SELECT * FROM task ~ 42P01 ~ line 1, column 15: Object 'task' not found; did you mean tasks?",
        "SELECT * FROM task_runs ~ 42P01 ~ did you mean rightbrain.task_runs?",
        "SELECT * FROM handingr.tasks ~ 42P01 ~ did you mean handinger?",
        "SELECT * FROM handinger.task ~ 42P01 ~ did you mean tasks?",
        "INSERT INTO tsks (input) VALUES ('x') ~ 42P01 ~ line 1, column 13: table 'tsks' not found within 'handinger'; did you mean tasks?",
        "DELETE FROM tsks WHERE id = 'x' ~ 42P01 ~ line 1, column 13: table 'tsks'",
        "DESCRIBE taks ~ 42P01 ~ did you mean tasks?",
        "SHOW TABLES FROM rightbrian ~ 42P01 ~ did you mean rightbrain?",
        "SELECT titel FROM tasks ~ 42703 ~ line 1, column 8: Column 'titel' not found in any table; did you mean title?",
        "SELECT t.titel FROM tasks t ~ 42703 ~ did you mean title?",
        "SELECT 1 FROM tasks ORDER BY creatd_at ~ 42703 ~ line 1, column 30: Column 'creatd_at'",
        "INSERT INTO tasks (inputt) VALUES ('x') ~ 42703 ~ line 1, column 20: handinger.tasks has no column 'inputt'; INSERT may give id, worker_id, input, budget, files; did you mean input?",
        "SELECT DATE_ADD(DATE '2024-01-31', INTERVAL '1 2' DAY TO HOUR) ~ 0A000 ~ line 1, column 36: the interval must be a whole number of one unit, as in INTERVAL 1 DAY",
        "SELECT CARDINALITY(?) FROM tasks ~ 42000 ~ write CAST(? AS its type)",
      })
  void mistakesAreExplained(String sql, String state, String reason) {
    services.sent();
    assertThatThrownBy(() -> connection.prepareStatement(sql))
        .hasMessageContaining(reason)
        .extracting("SQLState")
        .isEqualTo(state);
    assertThat(services.sent()).isZero();
  }

  /** A short name has many neighbours, and another table's column is no help. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "INSERT INTO tasks (nope) VALUES ('a')",
        "SELECT nope FROM turns",
        "SELECT namee FROM tasks",
        "SELECT * FROM workings",
      })
  void aGuessThatIsFarIsNotMade(String sql) {
    assertThatThrownBy(() -> connection.prepareStatement(sql))
        .message()
        .doesNotContain("did you mean")
        .containsAnyOf("there are", "INSERT may give");
  }

  @Test
  void aTableOfOneRowIsCalledDual() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM dual")) {
      assertThat(rows.getMetaData().getColumnLabel(1)).isEqualTo("DUMMY");
      assertThat(Services.rows(rows)).containsExactly("X");
    }
  }
}
