package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How columns of results are named. */
class ResultNamesTest {
  private static Connection connection;

  @BeforeAll
  static void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:turntable:demo");
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  private static List<String> names(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      ResultSetMetaData columns = rows.getMetaData();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        assertThat(columns.getColumnName(i)).isEqualTo(columns.getColumnLabel(i));
        names.add(columns.getColumnLabel(i));
      }
      return names;
    }
  }

  @Test
  void expressionsAreNamedAsTheyAreWritten() throws SQLException {
    assertThat(
            names(
                "SELECT SUM(credits), COUNT( * ) /* c */, 1\n  +\t1, 'a  b', NULL, title IS DISTINCT FROM 'a',"
                    + " CASE WHEN 1 = 1 THEN 2 END, credits::DOUBLE, EXTRACT(YEAR FROM created_at),"
                    + " {fn LCASE(status)}, CURRENT_DATE, MAX(credits) FILTER (WHERE credits > 1),"
                    + " PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY credits), (SELECT 1), status"
                    + " FROM tasks WHERE id = 'tsk_none' GROUP BY title, credits, created_at, status"))
        .containsExactly(
            "SUM(credits)",
            "COUNT( * )",
            "1 + 1",
            "'a  b'",
            "NULL",
            "title IS DISTINCT FROM 'a'",
            "CASE WHEN 1 = 1 THEN 2 END",
            "credits::DOUBLE",
            "EXTRACT(YEAR FROM created_at)",
            "{fn LCASE(status)}",
            "CURRENT_DATE",
            "MAX(credits) FILTER (WHERE credits > 1)",
            "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY credits)",
            "(SELECT 1)",
            "status");
  }

  /** A plan is shared by statements that differ in literals; their names are their own. */
  @Test
  void everyStatementHasItsOwnNames() throws SQLException {
    String sql = "SELECT COUNT(*), status = 'error' FROM tasks WHERE id = 'a' GROUP BY status";
    assertThat(names(sql)).containsExactly("COUNT(*)", "status = 'error'");
    assertThat(names(sql.replace("error", "running")))
        .containsExactly("COUNT(*)", "status = 'running'");
    assertThat(names(sql.replace("COUNT(*)", "count( * )")))
        .containsExactly("count( * )", "status = 'error'");
    assertThat(names(sql.replace("'a'", "'b'"))).containsExactly("COUNT(*)", "status = 'error'");
    assertThat(names("((SELECT MAX(seq) FROM turns WHERE task_id = 'a'))"))
        .containsExactly("MAX(seq)");
    assertThat(names("SELECT 1 UNION SELECT 2")).containsExactly("1");
  }

  /** By their first row, as a UNION is by its first query. */
  @Test
  void valuesAreNamedByTheirFirstRow() throws SQLException {
    assertThat(names("VALUES 1")).containsExactly("1");
    assertThat(names("VALUES (1, 'a'), (2, 'b') ORDER BY 2")).containsExactly("1", "'a'");
    assertThat(names("VALUES ROW(1, 1), (2, 3)")).containsExactly("1", "1_2");
    assertThat(names("(VALUES 1 + 1, 3) UNION ALL SELECT 5 LIMIT 1")).containsExactly("1 + 1");
    assertThat(names("WITH t AS (VALUES 1) SELECT * FROM t WHERE \"1\" = 1")).containsExactly("1");
    assertThat(names("SELECT * FROM (VALUES 'a') t JOIN (VALUES 'b') u ON \"'a'\" < u.\"'b'\""))
        .containsExactly("'a'", "'b'");
    assertThat(names("SELECT * FROM (VALUES 1, 2) t (x), (VALUES (1, 2)) AS u"))
        .containsExactly("x", "1", "2");
    assertThat(names("SELECT 1 WHERE 2 IN (VALUES 1, 2)")).containsExactly("1");
  }

  @Test
  void repeatedAndLongNames() throws SQLException {
    assertThat(names("SELECT 1, 1, 1 AS \"1_3\", 1")).containsExactly("1", "1_2", "1_3", "1_4");
    String sum = "1 + ".repeat(20) + "\uD83D\uDE00".length();
    assertThat(names("SELECT " + sum + ", " + sum))
        .containsExactly(sum.substring(0, 63), sum.substring(0, 61) + "_2");
    String text = "'" + "\uD83D\uDE00".repeat(70) + "'";
    assertThat(names("SELECT " + text)).containsExactly("'" + "\uD83D\uDE00".repeat(62));
  }

  @Test
  void theNamesResolveInQueriesAround() throws SQLException {
    assertThat(
            names("SELECT \"max(seq)\" + 1 FROM (SELECT MAX(seq) FROM turns WHERE task_id = 'a')"))
        .containsExactly("\"max(seq)\" + 1");
    assertThat(
            names(
                "WITH a AS (SELECT task_id, MAX(seq) FROM turns WHERE task_id = 'a' GROUP BY task_id)"
                    + " SELECT x.\"MAX(seq)\" FROM a x WHERE \"MAX(seq)\" > 1 ORDER BY \"MAX(seq)\""))
        .containsExactly("MAX(seq)");
    assertThat(names("SELECT * FROM (SELECT 1 + 1, 2)")).containsExactly("1 + 1", "2");
  }

  /** pandas names columns by getColumnName, and tools write by table and column. */
  @Test
  void anAliasIsTheNameAndNoColumnOfATable() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT t.id, u.id AS turn, t.worker_id AS worker_id, t.title AS TITLE FROM tasks t"
                    + " JOIN turns u ON u.task_id = t.id WHERE t.id = 'tsk_none'")) {
      ResultSetMetaData columns = rows.getMetaData();
      assertThat(columns.getColumnName(1)).isEqualTo("id");
      assertThat(columns.getTableName(1)).isEqualTo("tasks");
      assertThat(columns.isReadOnly(1)).isFalse();
      assertThat(columns.getColumnName(2)).isEqualTo("turn");
      assertThat(columns.getTableName(2)).isEmpty();
      assertThat(columns.getSchemaName(2)).isEmpty();
      assertThat(columns.isReadOnly(2)).isTrue();
      assertThat(columns.isWritable(2)).isFalse();
      assertThat(columns.getTableName(3)).isEqualTo("tasks");
      assertThat(columns.getColumnName(4)).isEqualTo("TITLE");
      assertThat(columns.getTableName(4)).isEqualTo("tasks");
    }
  }
}
