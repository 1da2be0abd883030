package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.ErrorKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions give over two rows, which planning cannot compute, on both roads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExpressionsTest {
  private static final String ROWS =
      """
      (VALUES
        (1, 'a', 2.5E0, 1.25, DATE '2026-02-28', TIME '10:20:30',
          TIMESTAMP '2026-02-28 10:20:30.456', TRUE, '{"a":[1,2],"b":null}'),
        (2, 'b', 0E0, 7.0, DATE '2024-02-29', TIME '00:00:00',
          TIMESTAMP '1969-12-31 23:59:59.999', FALSE, '{"a":[3],"b":"x"}'))
        t (i, s, r, n, d, tm, ts, b, j)""";

  private Bench operators;
  private Bench generated;

  @BeforeAll
  void start() {
    operators = Bench.knowingAll();
    generated = Bench.knowingAll().connectGenerated(Map.of());
  }

  @AfterAll
  void stop() {
    generated.close();
    operators.close();
  }

  private List<String> rows(Bench bench, String sql) {
    return bench.sql(sql).rows().rows();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "r > 2E0 ~ true ~ false",
        "r <= 2.5E0 ~ true ~ true",
        "r <> 2.5E0 ~ false ~ true",
        "n <= 1.25 ~ true ~ false",
        "n > 1.25 ~ false ~ true",
        "s < 'b' ~ true ~ false",
        "s = 'b' ~ false ~ true",
        "d < DATE '2026-02-28' ~ false ~ true",
        "b ~ true ~ false",
        "CAST(tm AS TIMESTAMP) IS NULL ~ false ~ false",
        "EXTRACT(HOUR FROM CAST(tm AS TIMESTAMP)) ~ 10 ~ 0",
        "j ->> 'b' ~ null ~ x",
        "j ->> 'a' ~ [1,2] ~ [3]",
        "JSON_VALUE(j, 'lax $.zz' DEFAULT 'd' ON EMPTY) ~ d ~ d",
        "JSON_VALUE(j, 'lax $.zz' NULL ON EMPTY) ~ null ~ null",
        "JSON_VALUE(j, 'lax $.b' RETURNING INTEGER NULL ON EMPTY DEFAULT -1 ON ERROR) ~ null ~ -1",
        "JSON_VALUE(j, 'lax $.a' DEFAULT 'e' ON ERROR) ~ e ~ e",
        "JSON_VALUE(j, 'lax $.zz' DEFAULT 'd' ON EMPTY NULL ON ERROR) ~ d ~ d",
        "JSON_VALUE(j, 'lax $.a' DEFAULT 'd' ON EMPTY NULL ON ERROR) ~ null ~ null",
        "JSON_VALUE(j, 'lax $.a' NULL ON EMPTY DEFAULT 'e' ON ERROR) ~ e ~ e",
        "JSON_VALUE(j, 'lax $.zz' NULL ON EMPTY NULL ON ERROR) ~ null ~ null",
        "JSON_VALUE(j, 'strict $.b[0]' DEFAULT 'e' ON ERROR) ~ e ~ e",
        "JSON_VALUE(j, 'lax $.b[0]') ~ null ~ x",
        "JSON_VALUE(j, 'strict $.b.*' DEFAULT 'e' ON ERROR) ~ e ~ e",
        "JSON_QUERY('[' || j || ',' || j || ']', 'lax $[*].*' WITH WRAPPER)"
            + " ~ [[1,2],null,[1,2],null] ~ [[3],\"x\",[3],\"x\"]",
        "JSON_QUERY('[' || j || ',' || j || ']', 'lax $.b' WITH WRAPPER)"
            + " ~ [null,null] ~ [\"x\",\"x\"]",
        "(ARRAY[i, r])[1] ~ 1.0 ~ 2.0",
        "(ARRAY[i, r])[2] ~ 2.5 ~ 0.0",
        "(ARRAY[i, 7])[0] ~ null ~ null",
        "(ARRAY[i, 7])[3] ~ null ~ null",
        "CARDINALITY(ARRAY[i, 2]) ~ 2 ~ 2",
        "ARRAY[i, 2] = ARRAY[1, 2] ~ true ~ false",
        "ROW(i, s) = ROW(1, 'a') ~ true ~ false",
        "CARDINALITY(MAP[s, i]) ~ 1 ~ 1",
        "(CASE WHEN b THEN ARRAY[i] ELSE ARRAY[9] END)[1] ~ 1 ~ 9",
        "(COALESCE(ARRAY[i], ARRAY[0]))[1] ~ 1 ~ 2",
        "(CASE WHEN b THEN MAP[s, i] ELSE MAP['a', 9] END)['a'] ~ 1 ~ 9",
        "MAP[i, s][1] ~ a ~ null",
        "MAP[i, s][2] ~ null ~ b",
        "CAST(tm AS VARCHAR) ~ 10:20:30 ~ 00:00:00",
        "CAST(ts AS VARCHAR) ~ 2026-02-28 10:20:30.456 ~ 1969-12-31 23:59:59.999",
        "CAST(d AS VARCHAR) || CAST(b AS VARCHAR) ~ 2026-02-28TRUE ~ 2024-02-29FALSE",
        "CAST(r AS VARCHAR) ~ 2.5 ~ 0E0",
        "REPLACE(s || 'xax', 'a', s) ~ axax ~ bxbx",
        "TRIM(LEADING ' ' FROM '  ' || s || ' ') || '.' ~ a . ~ b .",
        "LTRIM('  ' || s || ' ') || '.' ~ a . ~ b .",
        "RTRIM('  ' || s || ' ') || '.' ~ `  a.` ~ `  b.`",
        "INITCAP(s || 'BC de') ~ Abc De ~ Bbc De",
        "REVERSE(s || 'xy') ~ yxa ~ yxb",
        "POSITION(s IN 'xab') ~ 2 ~ 3",
        "STARTS_WITH('ax', s) ~ true ~ false",
        "ENDS_WITH('xa', s) ~ true ~ false",
        "LPAD(s, 3) || '.' ~ `  a.` ~ `  b.`",
        "RPAD(s, 3) || '.' ~ a  . ~ b  .",
        "NULLIF(i, 2) ~ 1 ~ null",
        "NULLIF(s, 'a') ~ null ~ b",
        "i IS DISTINCT FROM 1 ~ false ~ true",
        "NULLIF(i, 1) IS DISTINCT FROM 2 ~ true ~ false",
        "NULLIF(i, 1) IS NOT DISTINCT FROM NULLIF(2, i) ~ false ~ false",
        "NULLIF(i, 1) IS NOT DISTINCT FROM NULLIF(1, i) ~ true ~ false",
        "COALESCE(NULLIF(i, 1), NULLIF(i, 2), 7) ~ 1 ~ 2",
        "COALESCE(NULLIF(i, 1), 7) ~ 7 ~ 2",
        "CAST(INTERVAL '1' DAY * i AS VARCHAR) ~ +1 ~ +2",
        "CAST(INTERVAL '1-2' YEAR TO MONTH * i AS VARCHAR) ~ +1-02 ~ +2-04",
        "ARRAY[i, 2] < ARRAY[1, 3] ~ true ~ false",
        "s || 'x' LIKE '_x' ESCAPE '!' ~ true ~ true",
        "JSON_VALUE(j, 'lax $.a[*] ? (@ == $\"x\")' PASSING i + 1 AS \"x\") ~ 2 ~ 3",
        "JSON_VALUE(j, 'lax $.a[*] ? (@ >= $x && @ < $y)' PASSING CAST(2 AS INTEGER) AS x, i + 2 AS y)"
            + " ~ 2 ~ 3",
        "JSON_VALUE(j, ('lax $.a[*] ? (@ == $x)') PASSING i + 1 AS x) ~ 2 ~ 3",
        "COALESCE(s, JSON_VALUE(j, 'lax $.a[*] ? (@ == $x)' PASSING 2 AS x)) ~ a ~ b",
        "SPLIT_PART(s || ',x', ',', 2) ~ x ~ x",
        "SPLIT_PART(s || ',x', ',', -2) ~ a ~ b",
        "SPLIT_PART(s, '', 1) ~ a ~ b",
        "SPLIT_PART(s, '', -1) ~ a ~ b",
        "CHAR_LENGTH(SPLIT_PART(s, '', 2)) ~ 0 ~ 0",
        "MAP[s, i]['a'] ~ 1 ~ null",
        "TRY_CAST(s AS INTEGER) ~ null ~ null",
        "TRY_CAST(CAST(i AS VARCHAR) AS BIGINT) ~ 1 ~ 2",
        "FLOOR(ts TO HOUR) ~ 2026-02-28T10:00 ~ 1969-12-31T23:00",
        "CEIL(d TO MONTH) ~ 2026-03-01 ~ 2024-03-01",
        "FLOOR(tm TO MINUTE) ~ 10:20 ~ 00:00",
        "CEIL(tm TO HOUR) ~ 11:00 ~ 00:00",
        "EXTRACT(SECOND FROM d) ~ 0.000 ~ 0.000",
        "EXTRACT(SECOND FROM ts) ~ 30.456 ~ 59.999",
        "EXTRACT(MILLISECOND FROM tm) ~ 30000 ~ 0",
        "EXTRACT(EPOCH FROM d) ~ 1772236800.000 ~ 1709164800.000",
        "CAST(r AS VARCHAR) ~ 2.5 ~ 0E0",
        "CAST(b AS VARCHAR) ~ TRUE ~ FALSE",
        "CAST(tm AS VARCHAR) ~ 10:20:30 ~ 00:00:00",
        "CAST(d AS VARCHAR) ~ 2026-02-28 ~ 2024-02-29",
        "j -> 'a' -> 1 ~ 2 ~ null",
        "j -> 'a' -> 2 ~ null ~ null",
        "j -> 'a' -> -1 ~ 2 ~ 3",
        "j -> 'a' -> -2 ~ 1 ~ null",
        "j -> 'a' -> -3 ~ null ~ null",
        "j ->> 'b' ~ null ~ x",
        "E'\\x41\\u0042\\103\\q' || s ~ ABCqa ~ ABCqb",
        "1 + i || 'x' ~ 2x ~ 3x",
        "-i || 'x' ~ -1x ~ -2x",
        "SUM(i) OVER (PARTITION BY b ORDER BY i) ~ 1 ~ 2",
        "COUNT(*) OVER (ORDER BY i) ~ 1 ~ 2",
        "COUNT(*) OVER (ORDER BY 0 * i) ~ 2 ~ 2",
        "ARRAY[i]::bigint[] ~ [1] ~ [2]",
        "d + i ~ 2026-03-01 ~ 2024-03-02",
        "i + d ~ 2026-03-01 ~ 2024-03-02",
        "d - i * 30 ~ 2026-01-29 ~ 2023-12-31",
        "d - 7 - d ~ -7 ~ -7",
      })
  void gives(String expression, String first, String second) {
    for (Bench bench : List.of(operators, generated)) {
      assertThat(rows(bench, "SELECT " + expression + " FROM " + ROWS))
          .containsExactlyInAnyOrder(first, second);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "SELECT SUM(r), SUM(n), SUM(i) FROM R ~ 2.5 | 8.25 | 3",
        "SELECT i FROM R ORDER BY r LIMIT 1 ~ 2",
        "SELECT s FROM R ORDER BY i DESC LIMIT 1 ~ b",
        "SELECT MIN(x), MAX(x) FROM (SELECT NTILE(2) OVER (ORDER BY i) x FROM R) u ~ 1 | 2",
        "SELECT MAX(x), MAX(y), MAX(z) FROM (SELECT FIRST_VALUE(s) OVER (ORDER BY i) x, LAST_VALUE(s) OVER (ORDER BY i) y, NTH_VALUE(s, 2) OVER (ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) z FROM R) u ~ a | b | b",
        "SELECT MAX(x), MAX(y) FROM (SELECT LAG(i, 1, 7) OVER (ORDER BY i) x, LEAD(i) OVER (ORDER BY i) y FROM R) u ~ 7 | 2",
        "SELECT COUNT(*) FROM (SELECT ARRAY[i, 2] a FROM R ORDER BY a DESC LIMIT 1) u WHERE a[1] = 2 ~ 1",
        "SELECT MIN(s), COUNT(*) FROM (SELECT s FROM R ORDER BY i DESC LIMIT 1) u ~ b | 1",
        "SELECT i FROM R WHERE i > 1 INTERSECT ALL SELECT 2 FROM R ~ 2",
        "SELECT 1 FROM R INTERSECT ALL SELECT i FROM R ~ 1",
        "SELECT s FROM R WHERE i = (SELECT MAX(i) FROM R) ~ b",
      })
  void queriesGive(String sql, String row) {
    for (Bench bench : List.of(operators, generated)) {
      assertThat(rows(bench, sql.replaceAll("\\bR\\b", ROWS))).containsExactly(row);
    }
  }

  @Test
  void sharesOfTheRowsBefore() {
    String sql = "SELECT i, PERCENT_RANK() OVER (ORDER BY i), CUME_DIST() OVER (ORDER BY i) FROM ";
    assertThat(rows(operators, sql + ROWS)).containsExactly("1 | 0.0 | 0.5", "2 | 1.0 | 1.0");
  }

  @Test
  void variancesDivideByTheRowsOrByOneLess() {
    String sql = "SELECT VAR_SAMP(r), VAR_POP(r), COVAR_POP(r, i), REGR_COUNT(r, i) FROM ";
    assertThat(rows(operators, sql + ROWS)).containsExactly("3.125 | 1.5625 | -0.625 | 2");
  }

  /** Calcite's code would read such a frame otherwise. */
  @Test
  void aFrameOfGroupsIsRefusedDownTheGeneratedRoad() {
    String sql = "SELECT COUNT(*) OVER (ORDER BY i GROUPS 1 PRECEDING) FROM " + ROWS;
    assertThat(rows(operators, sql)).containsExactlyInAnyOrder("1", "2");
    assertThat(generated.sql(sql).fails(ErrorKind.UNSUPPORTED)).hasMessageContaining("GROUPS");
  }

  @Test
  void commonFunctionsNeedNoGeneratedCode() {
    String sql =
        "SELECT REPLACE(title, 'a', 'b'), SUBSTRING(title, 1, 1), LPAD(title, 3),"
            + " SPLIT_PART(title, 'a', 1) FROM tasks";
    assertThat(operators.sql(sql).explain()).doesNotContain("code");
  }

  @Test
  void namedWindowsBuildOnEachOther() {
    String sql =
        "SELECT i, SUM(i) OVER v, SUM(i) OVER w, COUNT(*) OVER (w ROWS BETWEEN CURRENT ROW AND CURRENT ROW),"
            + " SUM(i) OVER (v ORDER BY i) FROM "
            + ROWS
            + " WINDOW w AS (ORDER BY i), v AS (PARTITION BY i)";
    for (Bench bench : List.of(operators, generated)) {
      assertThat(rows(bench, sql))
          .containsExactlyInAnyOrder("1 | 1 | 1 | 1 | 1", "2 | 2 | 3 | 1 | 2");
    }
  }

  @Test
  void columnsInARowRollUpTogether() {
    String sql =
        "SELECT i, s, COUNT(*) FROM " + ROWS + " WHERE i = 1 GROUP BY ROLLUP ((i, s), (b))";
    for (Bench bench : List.of(operators, generated)) {
      assertThat(rows(bench, sql))
          .containsExactlyInAnyOrder("1 | a | 1", "1 | a | 1", "null | null | 1");
    }
  }
}
