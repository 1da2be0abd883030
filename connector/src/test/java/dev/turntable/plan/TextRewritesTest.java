package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.ErrorKind;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spellings that Calcite's parser does not have, and what each one means. */
final class TextRewritesTest {
  private static Bench bench;

  @BeforeAll
  static void start() {
    bench = Bench.handinger(1);
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  private static List<String> rows(String sql) {
    return bench.sql(sql).rows().sent(0).rows();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "E'a\\nb' = 'a' || CHR(10) || 'b' ~ true",
        "E'\\u0041\\u00e9' ~ Aé",
        "E'\\U0001F600x' ~ 😀x",
        "E'\\x41\\x4az' ~ AJz",
        "E'\\101' ~ A",
        "E'it\\'s' ~ it's",
        "E'a\\\\b' ~ a\\b",
        "E'\\q' ~ q",
        "CHAR_LENGTH(U&'\\+10FFFF') > 0 ~ true",
        "U&'\\0041\\+000042' ~ AB",
        "1 + 2 || 'a' ~ 3a",
        "'a' || 1 + 2 ~ a3",
        "'a' || 2 * 3 || 'b' ~ a6b",
        "-1 || 'a' ~ -1a",
        "{fn UCASE('abc')} ~ ABC",
        "{fn CONCAT('a', {fn LCASE('B')})} ~ ab",
        "{d '2024-01-02'} ~ 2024-01-02",
        "{ts '2024-01-02 03:04:05'} = TIMESTAMP '2024-01-02 03:04:05' ~ true",
        "'a%' LIKE 'a!%' {escape '!'} ~ true",
        "'ab' LIKE 'a!%' {escape '!'} ~ false",
        "'{fn x}' ~ {fn x}",
        "'1'::INTEGER + 1 ~ 2",
        "NULL::MAP<VARCHAR, INTEGER> IS NULL ~ true",
        "NULL::MAP<VARCHAR, MAP<VARCHAR, INTEGER>> IS NULL ~ true",
      })
  void anExpressionIsThis(String expression, String expected) {
    assertThat(rows("SELECT " + expression)).as(expression).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "SELECT a, COUNT(*) FROM (VALUES (1, 2), (1, 3), (2, 3)) t(a, b) GROUP BY a ORDER BY a ~ 1,2;2,1",
        "SELECT a FROM (VALUES (1), (1), (2), (3), (3), (3)) t(a) INTERSECT ALL VALUES 1, 1, 1, 3, 4 ORDER BY 1 ~ 1;1;3",
        "SELECT a FROM (VALUES (1), (1), (3), (3)) t(a) INTERSECT ALL VALUES 1, 1, 3, 3 INTERSECT ALL VALUES 3, 3, 3, 1 ORDER BY 1 ~ 1;3;3",
        "SELECT a FROM (VALUES (1), (1), (2)) t(a) EXCEPT ALL VALUES 1, 2 ORDER BY 1 ~ 1",
        "SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY a), PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY a) FROM (VALUES (1), (2)) t(a) ~ 1,1.5",
        "SELECT SUM(CAST(a AS REAL)) FROM (VALUES (0.1), (0.2)) t(a) ~ 0.30000000447034836",
        "SELECT SUM(a), SUM(b) FROM (VALUES (1.5E0, 2147483647), (2.5E0, 1)) t(a, b) ~ 4.0,2147483648",
        "SELECT a, b, COUNT(*) FROM (VALUES (1, 2), (1, 3)) t(a, b) GROUP BY GROUPING SETS ((a), (b)) ORDER BY a, b ~ 1,null,2;null,2,1;null,3,1",
        "SELECT a, b, COUNT(*) FROM (VALUES (1, 2), (1, 3)) t(a, b) GROUP BY ROLLUP(a, b) ORDER BY a, b ~ 1,2,1;1,3,1;1,null,2;null,null,2",
        "SELECT a, SUM(b) OVER (ORDER BY a) FROM (VALUES (1, 2), (2, 3), (3, 4)) t(a, b) ORDER BY a ~ 1,2;2,5;3,9",
        "SELECT a, ROW_NUMBER() OVER w FROM (VALUES (3), (1)) t(a) WINDOW w AS (ORDER BY a) ORDER BY a ~ 1,1;3,2",
        "SELECT a, SUM(a) OVER () FROM (VALUES (3), (1)) t(a) ORDER BY a ~ 1,4;3,4",
        "SELECT t.a, u.b FROM {oj (VALUES (1), (2)) t(a) LEFT OUTER JOIN (VALUES (2)) u(b) ON t.a = u.b} ORDER BY a ~ 1,null;2,2",
        "SELECT a FROM (VALUES (1), (2), (3)) t(a) ORDER BY a {limit 2} ~ 1;2",
        "SELECT a FROM (VALUES (1), (2), (3)) t(a) ORDER BY a LIMIT 1 OFFSET 1 ~ 2",
        "SELECT a FROM (VALUES (2), (NULL), (1)) t(a) ORDER BY a NULLS FIRST ~ null;1;2",
        "SELECT a FROM (VALUES (2), (NULL), (1)) t(a) ORDER BY a DESC NULLS LAST ~ 2;1;null",
        "SELECT a, SUM(a) OVER (ORDER BY a) FROM (VALUES (1), (1), (2), (2)) t(a) ORDER BY a ~ 1,2;1,2;2,6;2,6",
        "SELECT a, SUM(a) OVER (ORDER BY a ROWS UNBOUNDED PRECEDING) FROM (VALUES (1), (1), (2)) t(a) ORDER BY 2 ~ 1,1;1,2;2,4",
        "SELECT a, RANK() OVER (ORDER BY a), DENSE_RANK() OVER (ORDER BY a) FROM (VALUES (1), (1), (2)) t(a) ORDER BY a ~ 1,1,1;1,1,1;2,3,2",
        "SELECT a, COUNT(*) OVER (PARTITION BY a) FROM (VALUES (1), (1), (2)) t(a) ORDER BY a ~ 1,2;1,2;2,1",
        "SELECT a FROM (VALUES (1), (2)) t(a) WHERE EXISTS (SELECT 1 FROM (VALUES (2, 5)) u(b, c) WHERE u.b = t.a) ~ 2",
        "SELECT a, (SELECT c FROM (VALUES (2, 5)) u(b, c) WHERE u.b = t.a) FROM (VALUES (1), (2)) t(a) ORDER BY a ~ 1,null;2,5",
      })
  void rowsAreThese(String sql, String expected) {
    assertThat(String.join(";", rows(sql)).replaceAll("[\\[\\] ]", "").replace("|", ","))
        .as(sql)
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\+110000", "\\00", "\\00g0", "\\+00004", "\\", "a\\+", "\\+ffffff"})
  void unicodeEscapesThatAreNone(String text) {
    assertThat(bench.sql("SELECT U&'" + text + "'").refused(ErrorKind.SYNTAX))
        .hasMessageContainingAll("line 1, column 8", "\\XXXX or \\+XXXXXX", "at most 10FFFF");
  }

  /** Whoever wants two rows gets two, of whatever makes them. */
  @Test
  void noMoreRowsComeThanAreWanted() {
    String sql = "SELECT a FROM (VALUES (1), (2), (3)) t(a)";
    bench.sql(sql).maxRows(2).rows().is("1", "2");
    bench.sql(sql).maxRows(3).rows().is("1", "2", "3");
    bench.sql(sql).maxRows(0).rows().is("1", "2", "3");
  }

  @ParameterizedTest
  @CsvSource({
    "title IS NULL, title IS NULL",
    "title IS NOT NULL, title IS NOT NULL",
    "NOT (title LIKE 'a%'), title NOT LIKE 'a%'",
    "UPPER(title) = 'A', UPPER(title) = 'A'",
    "CASE WHEN title > 'a' THEN 1 WHEN title < 'b' THEN 2 ELSE 3 END > turn_count,"
        + " CASE WHEN title > 'a' THEN 1 WHEN title < 'b' THEN 2 ELSE 3 END",
  })
  void whatIsCheckedHereIsShownAsSql(String condition, String shown) {
    bench.knowing(bench.taskIds());
    assertThat(bench.sql("SELECT id FROM tasks WHERE " + condition).explain())
        .contains("local: ")
        .containsIgnoringCase(shown.contains("LIKE") ? "LIKE" : shown);
  }
}
