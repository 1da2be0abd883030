package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a statement does not tell the type of a parameter, the setter does. */
final class ParameterTypesTest extends DemoServicesTest {
  private List<String> bound(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return Services.rows(statement.executeQuery());
    }
  }

  private static Arguments row(String sql, String expected, Object... values) {
    return Arguments.of(sql, expected, values);
  }

  static Stream<Arguments> statements() {
    BigDecimal ten = new BigDecimal("10.0");
    return Stream.of(
        row("SELECT ? > ?", "true", 10, 9),
        row("SELECT ? > ?", "false", "10", "9"),
        row("SELECT ? < ?", "false", 10L, 9L),
        row("SELECT ? = ?", "true", 10, ten),
        row("SELECT ? <> ?", "false", 10, 10.0),
        row("SELECT ? IS DISTINCT FROM ?", "false", 10, 10.0),
        row("SELECT (?, ?) = (?, ?)", "true", 10, 9, ten, 9),
        row("SELECT 10 BETWEEN ? AND ?", "true", 9, 100),
        row("SELECT ? BETWEEN ? AND ?", "true", 10, 9, 100),
        row("SELECT ? NOT BETWEEN ? AND ?", "false", 10, 9, 100),
        row("SELECT ? IN (?, ?)", "true", 10, ten, 9),
        row("SELECT ? NOT IN (?, ?)", "true", 10, 11, 9),
        row("SELECT ? IN (?, ?)", "true", "a", "b", "a"),
        row("SELECT ? IN (SELECT x FROM (VALUES (9)) t (x))", "true", 9),
        row("SELECT ? < ANY (SELECT x FROM (VALUES (9)) t (x))", "false", 10),
        row("SELECT MAX(x) FROM (VALUES (?), (?)) t (x)", "10", 10, 9),
        row("SELECT MIN(x) FROM (VALUES (?), (?)) t (x)", "9", 10, 9),
        row("SELECT MAX(x) FROM (VALUES (?), (9)) t (x)", "10", 10),
        row("SELECT x FROM (VALUES (?, 'a'), (9, ?)) t (x, y) WHERE y = 'b'", "9", 10, "b"),
        row("SELECT CASE WHEN TRUE THEN ? ELSE ? END + 1", "11", 10, 9),
        row("SELECT CASE ? WHEN ? THEN 'eq' ELSE 'ne' END", "eq", 10, 10.0),
        row("SELECT COALESCE(?, ?) + 1", "10", null, 9),
        row("SELECT COALESCE(?, ?)", "10", 10, 9),
        row("SELECT NULLIF(?, ?)", "null", 10, 10.0),
        row("SELECT GREATEST(?, ?)", "10", 10, 9),
        row("SELECT LEAST(?, ?)", "9", 10, 9),
        row("SELECT ? + ?", "19", 10, 9),
        row("SELECT DATE '2026-03-10' - ?", "2026-03-03", 7),
        row("SELECT DATE '2026-03-10' + ?, ? + DATE '2026-03-10'", "2026-03-17|2026-03-17", 7, 7L),
        row("SELECT DATE '2026-03-10' - ?", "7", Date.valueOf("2026-03-03")),
        row("SELECT ? - DATE '2026-03-10'", "-7", "2026-03-03"),
        row("SELECT ? * ?", "4.50", 3, new BigDecimal("1.50")),
        row("SELECT -?", "-9", 9),
        row("SELECT ABS(?)", "9", -9),
        row("SELECT MOD(?, ?)", "1", 10, 3),
        row("SELECT SUM(?) FROM (VALUES (1), (2)) t (x)", "6", 3),
        row("SELECT ? || ?", "109", 10, 9),
        row("SELECT ? AND ?", "false", true, false),
        row("SELECT ? UNION ALL SELECT ? ORDER BY 1", "9 10", 10, 9),
        row("SELECT x FROM (VALUES (?), (?), (?)) t (x) ORDER BY x", "9 10 100", 10, 9, 100),
        row("SELECT (SELECT ?) > (SELECT ?)", "true", 10, 9),
        row("SELECT ? > ?", "true", Date.valueOf("2026-01-10"), Date.valueOf("2026-01-09")),
        row("SELECT JSON_OBJECT('a': ?)", "{\"a\":5}", 5),
        row("SELECT JSON_ARRAY(?, ?)", "[\"5\",true]", "5", true),
        row("SELECT CAST(? AS INTEGER)", "3", 2.5),
        row("SELECT COUNT(*) > 0 FROM tasks WHERE ? > ?", "true", 10, 9),
        row("SELECT COUNT(*) FROM tasks WHERE ? > ?", "0", 9, 10),
        row(
            "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2) SELECT i"
                + " FROM n WHERE ? > ?",
            "1 2",
            10,
            9));
  }

  @ParameterizedTest
  @MethodSource("statements")
  @DisplayName("numbers are compared and calculated as numbers, texts as texts")
  void values(String sql, String expected, Object[] values) throws SQLException {
    assertThat(String.join(" ", bound(sql, values))).isEqualTo(expected);
  }

  static Stream<Arguments> types() {
    return Stream.of(
        Arguments.of(5, Types.INTEGER),
        Arguments.of(5L, Types.BIGINT),
        Arguments.of(5.5, Types.DOUBLE),
        Arguments.of(new BigDecimal("5.50"), Types.DECIMAL),
        Arguments.of(true, Types.BOOLEAN),
        Arguments.of("x", Types.VARCHAR),
        Arguments.of(Date.valueOf("2026-01-02"), Types.DATE),
        Arguments.of(Timestamp.valueOf("2026-01-02 03:04:05"), Types.TIMESTAMP));
  }

  @ParameterizedTest
  @MethodSource("types")
  @DisplayName("a column that is a parameter has the type of its setter, execution by execution")
  void columns(Object value, int type) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
      for (Object each : new Object[] {"text", value, value}) {
        statement.setObject(1, each);
        try (ResultSet row = statement.executeQuery()) {
          assertThat(row.getMetaData().getColumnType(1))
              .isEqualTo(each == value ? type : Types.VARCHAR);
          assertThat(row.next()).isTrue();
          assertThat(row.getObject(1)).isEqualTo(each);
        }
      }
    }
  }

  @Test
  @DisplayName("what the statement tells still wins")
  void typedContextsWin() throws SQLException {
    assertThat(bound("SELECT x FROM (VALUES (9), (10)) t (x) WHERE x > ?", "9"))
        .containsExactly("10");
    assertThat(bound("SELECT COUNT(*) FROM tasks WHERE created_at < ?", "1999-1-2 3:04"))
        .containsExactly("0");
    assertThat(bound("SELECT x FROM (VALUES ('9'), ('10')) t (x) WHERE x = ?", 9))
        .containsExactly("9");
    fails("22023", () -> bound("SELECT ? + 1", 1.5));
  }

  /** Calcite looks for types from every level of a condition down; that is not to double each time. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "turn_count + 0 = ?",
        "(title LIKE ?) IS TRUE",
        "UPPER(CAST(title IN (?, NULL) AS VARCHAR)) = 'TRUE'",
        "CASE WHEN title = ? THEN TRUE ELSE FALSE END",
        "NOT (title <> ?)"
      })
  void manyConditionsWithParameters(String condition) throws SQLException {
    int many = 200;
    String any = String.join(" OR ", Collections.nCopies(many, condition));
    assertThat(
            bound(
                "SELECT COUNT(*) >= 0 FROM tasks WHERE " + any,
                Collections.nCopies(many, "1").toArray()))
        .containsExactly("true");
  }
}
