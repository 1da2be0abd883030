package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.ErrorKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators and functions give, as PostgreSQL does, on both roads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ValuesTest {
  private Bench operators;
  private Bench generated;

  @BeforeAll
  void start() {
    operators = Bench.handinger(1);
    generated = Bench.handinger(1).connectGenerated(Map.of());
  }

  @AfterAll
  void stop() {
    operators.close();
    generated.close();
  }

  private void gives(String sql, String row) {
    operators.sql("SELECT " + sql).rows().is(row);
    generated.sql("SELECT " + sql).rows().is(row);
  }

  /** Fifteen significant digits of results that PostgreSQL's numeric gives. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "CAST(1 AS DECIMAL(18, 6)) / 3 ~ 0.333333333333333333",
        "CAST(1 AS DECIMAL(10, 2)) / CAST(7 AS DECIMAL(18, 6)) ~ 0.142857142857142857",
        "1.0 / 3 ~ 0.333333333333333333",
        "1 / 3.0 ~ 0.333333333333333333",
        "0.000001 / 3 ~ 0.000000333333333333333333",
        "123456789012.345678 / 7 ~ 17636684144.6208111428571",
        "0.3 / 0.1 ~ 3",
        "10.0 / 4 ~ 2.5",
        "(SELECT AVG(x) FROM t) ~ 0.00000233333333333333333",
        "(SELECT SUM(x) / COUNT(*) FROM t) ~ 0.00000233333333333333333",
        "(SELECT AVG(x) FROM t WHERE x > 0.000001) ~ 0.000003",
        "(SELECT SUM(i) / CAST(COUNT(*) AS DOUBLE) FROM t) ~ 2.33333333333333333",
        "(SELECT AVG(i) FROM t) ~ 2.33333333333333333",
      })
  void keepsFifteenDigits(String expression, String expected) {
    String sql =
        "WITH t (x, i) AS (VALUES (CAST(0.000001 AS DECIMAL(18, 6)), 1), (0.000002, 2), (0.000004, 4)) "
            + "SELECT "
            + expression;
    for (Bench bench : List.of(operators, generated)) {
      assertThat(digits(bench.sql(sql).rows().rows().get(0))).isEqualTo(digits(expected));
    }
  }

  /** In generated code spreads are Calcite's; the operators have them exactly. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "VAR_POP(x) ~ 0.00000000000155555555555555556",
        "VAR_SAMP(x) ~ 0.00000000000233333333333333333",
        "VARIANCE(x) ~ 0.00000000000233333333333333333",
        "STDDEV_POP(x) ~ 0.00000124721912892464706",
        "STDDEV_SAMP(x) ~ 0.00000152752523165194667",
        "STDDEV(x) ~ 0.00000152752523165194667",
        "COVAR_POP(x, x) ~ 0.00000000000155555555555555556",
        "COVAR_SAMP(x, i) ~ 0.0000233333333333333333",
        "REGR_SXX(x, x) ~ 0.00000000000466666666666666667",
        "CORR(x, i) ~ 1",
        "REGR_SLOPE(x, i) ~ 0.0000001",
        "REGR_INTERCEPT(x, i) ~ 1000000",
        "REGR_R2(x, i) ~ 1",
        "AVG(x) ~ 1000000.00000233333333",
        "MAX(VAR_POP(x)) OVER () ~ 0.00000000000155555555555555556",
        "MAX(AVG(x)) OVER () ~ 1000000.00000233333333",
      })
  void spreadsOfLargeNumbersKeepTheirDigits(String expression, String expected) {
    String sql =
        "SELECT "
            + expression
            + " FROM (VALUES (CAST(1000000.000001 AS DECIMAL(18, 6)), 10), (1000000.000002, 20),"
            + " (1000000.000004, 40)) t (x, i)";
    assertThat(digits(operators.sql(sql).rows().rows().get(0))).isEqualTo(digits(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "AVG(x) OVER () ~ 1000000.00000233333333",
        "VAR_POP(x) OVER () ~ 0.00000000000155555555555555556",
        "STDDEV_SAMP(x) OVER () ~ 0.00000152752523165194667",
        "COVAR_POP(x, x) OVER () ~ 0.00000000000155555555555555556",
        "SUM(x) OVER () / COUNT(*) OVER () ~ 1000000.00000233333333",
      })
  void windowsKeepTheirDigits(String expression, String expected) {
    String sql =
        "SELECT "
            + expression
            + " FROM (VALUES (CAST(1000000.000001 AS DECIMAL(18, 6))), (1000000.000002),"
            + " (1000000.000004)) t (x)";
    assertThat(digits(operators.sql(sql).rows().rows().get(0))).isEqualTo(digits(expected));
  }

  private static BigDecimal digits(String number) {
    return new BigDecimal(number).round(new MathContext(15)).stripTrailingZeros();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "'xy' SIMILAR TO '%.%' ~ false",
        "'x.y' SIMILAR TO '%.%' ~ true",
        "'x+y' SIMILAR TO 'x\\+y' ~ true",
        "'xxy' SIMILAR TO 'x+y' ~ true",
        "'a^b$' SIMILAR TO 'a^b$' ~ true",
        "'ab' SIMILAR TO '^ab$' ~ false",
        "'abc' SIMILAR TO '(a|x)%' ~ true",
        "'abc' SIMILAR TO 'b' ~ false",
        "'abc' SIMILAR TO 'a_c' ~ true",
        "'aaa' SIMILAR TO 'a{2,3}' ~ true",
        "'aaaa' SIMILAR TO 'a{2,3}' ~ false",
        "'b' SIMILAR TO '[a-c]' ~ true",
        "'b' SIMILAR TO '[^a-c]' ~ false",
        "'-' SIMILAR TO '[a-]' ~ true",
        "'é' SIMILAR TO '[[:alpha:]]' ~ true",
        "'7' SIMILAR TO '[[:digit:]]+' ~ true",
        "'a.b' SIMILAR TO 'a#.b' ESCAPE '#' ~ true",
        "'a%b' SIMILAR TO 'a#%b' ESCAPE '#' ~ true",
        "'axb' SIMILAR TO 'a#%b' ESCAPE '#' ~ false",
        "'a\nb' SIMILAR TO 'a_b' ~ true",
        "'x' NOT SIMILAR TO 'y' ~ true",
        "'\\' SIMILAR TO '\\\\' ~ true",
      })
  void similarTo(String expression, String expected) {
    gives(expression, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "(1, 2) OVERLAPS (2, 3) ~ false",
        "(1, 3) OVERLAPS (2, 4) ~ true",
        "(2, 3) OVERLAPS (1, 2) ~ false",
        "(3, 1) OVERLAPS (2, 4) ~ true",
        "(1, 4) OVERLAPS (2, 3) ~ true",
        "(2, 2) OVERLAPS (2, 3) ~ true",
        "(2, 2) OVERLAPS (1, 2) ~ false",
        "(2, 2) OVERLAPS (2, 2) ~ true",
        "PERIOD (1, 3) CONTAINS 3 ~ false",
        "PERIOD (1, 3) CONTAINS 1 ~ true",
        "PERIOD (1, 3) CONTAINS PERIOD (2, 3) ~ true",
        "PERIOD (1, 3) CONTAINS PERIOD (2, 4) ~ false",
        "PERIOD (1, 2) PRECEDES PERIOD (2, 3) ~ true",
        "PERIOD (1, 3) PRECEDES PERIOD (2, 4) ~ false",
        "PERIOD (1, 2) IMMEDIATELY PRECEDES PERIOD (2, 3) ~ true",
        "PERIOD (2, 3) SUCCEEDS PERIOD (1, 2) ~ true",
        "PERIOD (2, 3) IMMEDIATELY SUCCEEDS PERIOD (1, 2) ~ true",
        "PERIOD (2, 3) EQUALS PERIOD (2, 3) ~ true",
      })
  void periods(String expression, String expected) {
    gives(expression.replaceAll("\\b(\\d)\\b", "DATE '2026-01-0$1'"), expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "EXTRACT(EPOCH FROM TIMESTAMP '2026-01-01 00:00:00.750') ~ 1767225600.750",
        "EXTRACT(SECOND FROM TIMESTAMP '2026-01-01 00:00:00.750') ~ 0.750",
        "EXTRACT(SECOND FROM TIMESTAMP '1969-12-31 23:59:59.750') ~ 59.750",
        "EXTRACT(EPOCH FROM TIMESTAMP '1969-12-31 23:59:59.750') ~ -0.250",
        "EXTRACT(SECOND FROM TIME '03:04:05.25') ~ 5.250",
        "EXTRACT(SECOND FROM INTERVAL '10.5' SECOND) ~ 10.500",
        "EXTRACT(EPOCH FROM INTERVAL '1' DAY) ~ 86400.000",
        "EXTRACT(EPOCH FROM INTERVAL '14' MONTH) ~ 36741600.000",
        "EXTRACT(EPOCH FROM DATE '2026-01-01') ~ 1767225600.000",
        "EXTRACT(MILLISECOND FROM TIMESTAMP '2026-01-01 00:00:10.750') ~ 10750",
        "EXTRACT(MICROSECOND FROM TIMESTAMP '2026-01-01 00:00:10.750') ~ 10750000",
        "EXTRACT(MINUTE FROM TIMESTAMP '2026-01-01 00:07:10.750') ~ 7",
      })
  void extracts(String expression, String expected) {
    gives(expression, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "SOUNDEX('café') ~ C100",
        "SOUNDEX('Robert') ~ R163",
        "SOUNDEX('天气') ~ ''",
        "SOUNDEX('') ~ ''",
        "DIFFERENCE('café', 'cafe') ~ 4",
        "REPEAT('a', -1) ~ ''",
        "REPEAT('ab', 2) ~ abab",
        "LPAD('abc', 5, '') ~ abc",
        "LPAD('abc', -1, 'x') ~ ''",
        "LPAD('abc', 2, 'x') ~ ab",
        "LPAD('abc', 6, 'xy') ~ xyxabc",
        "RPAD('abc', 6, 'xy') ~ abcxyx",
        "SUBSTRING('abc', -1, 3) ~ a",
        "SUBSTRING('abc', 10) ~ ''",
        "LEFT('abc', -1) ~ ab",
        "RIGHT('abc', -1) ~ bc",
        "LEFT('abc', -5) ~ ''",
        "POSITION('' IN 'abc') ~ 1",
        "OVERLAY('abcdef' PLACING 'X' FROM 2 FOR 3) ~ aXef",
        "OVERLAY('abc' PLACING 'X' FROM 10) ~ abcX",
        "SPLIT_PART('a,b', ',', 5) ~ ''",
        "SPLIT_PART('a,b,c', ',', -1) ~ c",
        "SPLIT_PART('a,b', '', 2) ~ ''",
        "TRANSLATE('abc', 'ab', 'x') ~ xc",
        "CAST('t' AS BOOLEAN) AND NOT CAST('off' AS BOOLEAN) ~ true",
      })
  void oddTextHasAValue(String expression, String expected) {
    gives(expression, expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SUBSTRING('abc', 1, -1)",
        "OVERLAY('abc' PLACING 'X' FROM 0)",
        "SPLIT_PART('a,b', ',', 0)",
        "CHR(-1)",
        "TO_DATE('x', 'YYYY-MM-DD')",
        "'a' SIMILAR TO '['",
        "'a' SIMILAR TO 'a\\'",
        "'a' SIMILAR TO 'a' ESCAPE 'xy'",
        "TIMESTAMP '2024-01-02 03:04:05' AT TIME ZONE 'nowhere'",
      })
  void orAClearError(String expression) {
    operators.sql("SELECT " + expression).fails(ErrorKind.BAD_VALUE);
  }

  /** As where it stands without quotes. */
  @Test
  void aPartOfADateThatIsNone() {
    operators
        .sql("SELECT DATEDIFF('fortnight', DATE '2026-01-01', DATE '2026-01-03')")
        .fails(ErrorKind.SYNTAX);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "TIMESTAMP '2024-01-02 03:04:05' AT TIME ZONE 'UTC' ~ 2024-01-02T03:04:05",
        "TIMESTAMP '2024-01-02 03:04:05' AT TIME ZONE 'Europe/Berlin' ~ 2024-01-02T02:04:05",
        "TIMESTAMP '2024-07-02 03:04:05' AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Berlin' ~"
            + " 2024-07-02T05:04:05",
        "CAST('2024-01-02' AS TIMESTAMP) AT TIME ZONE '+02:00' ~ 2024-01-01T22:00",
        "TIMESTAMP '2026-01-02 00:00:00' - TIMESTAMP '2026-01-01 12:00:00.5' ~ 11:59:59.5",
        "TIMESTAMP '2026-01-01 00:00:00' - TIMESTAMP '2026-01-03 01:00:00' ~ -2 days -01:00:00",
        "DATE '2026-01-02' - DATE '2026-01-05' ~ -3",
        "DATE '2026-01-02' - TIMESTAMP '2026-01-01 00:00:00' ~ 1 day",
        "INTERVAL '14' MONTH ~ 1 year 2 mons",
        "1 + 2 || 'x' ~ 3x",
        "'x' || 1 + 2 ~ x3",
        "'x' || 1 + 1 LIKE 'x2' ~ true",
        "2 * 3 || 'a' || 4 - 1 ~ 6a3",
        "'x' || -1 ~ x-1",
        "DATEDIFF('day', DATE '2026-01-01', DATE '2026-01-03') ~ 2",
        "DATEDIFF('month', TIMESTAMP '2026-01-31 00:00:00', DATE '2026-02-01') ~ 1",
        "DATEDIFF(DAY, DATE '2026-01-01', DATE '2026-01-03') ~ 2",
        "DATEDIFF(DATE '2026-01-03', DATE '2026-01-01') ~ 2",
        "DATEDIFF('week', DATE '2026-01-04', DATE '2026-01-05') ~ 1",
        "CURRENT_SCHEMA ~ handinger",
      })
  void whatPeopleType(String expression, String expected) {
    gives(expression, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "MEDIAN(x) ~ 2.5",
        "MEDIAN(DISTINCT x) ~ 3.0",
        "MEDIAN(x) FILTER (WHERE x > 2) ~ 6.0",
        "MEDIAN(x) FILTER (WHERE x > 99) ~ null",
        "JSON_ARRAYAGG(d) ~ [\"2026-01-01\",\"2026-01-02\",\"2026-01-03\",\"2026-01-04\"]",
        "JSON_ARRAYAGG(CASE WHEN x > 99 THEN x END) ~ []",
        "JSON_OBJECTAGG('k' || d : x ABSENT ON NULL) ~"
            + " {\"k2026-01-01\":2,\"k2026-01-02\":2,\"k2026-01-03\":3,\"k2026-01-04\":9}",
        "JSON_ARRAYAGG(JSON_OBJECT('x': x)) ~ [{\"x\":2},{\"x\":2},{\"x\":3},{\"x\":9}]",
      })
  void aggregates(String expression, String expected) {
    operators
        .sql(
            "SELECT "
                + expression
                + " FROM (VALUES (2, DATE '2026-01-01'), (2, DATE '2026-01-02'), (3, DATE"
                + " '2026-01-03'), (9, DATE '2026-01-04')) t (x, d)")
        .rows()
        .is(expected);
  }

  @Test
  void aggregatesOfNoRowsAreNull() {
    operators
        .sql(
            "SELECT JSON_ARRAYAGG(x), JSON_ARRAYAGG(x) IS NULL, JSON_OBJECTAGG('k' : x), MEDIAN(x)"
                + " FROM (VALUES (1)) t (x) WHERE x > 1")
        .rows()
        .is("null | true | null | null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "JSON_ARRAYAGG(d) ~ [\"2026-01-01\",\"2026-01-02\"]",
        "JSON_OBJECTAGG('k' || x : d) ~ {\"k1\":\"2026-01-01\",\"k2\":\"2026-01-02\"}",
        "JSON_ARRAYAGG(JSON_OBJECT('x': x, 'd': d)) ~"
            + " [{\"x\":1,\"d\":\"2026-01-01\"},{\"x\":2,\"d\":\"2026-01-02\"}]",
      })
  void jsonAggregatesOnTheGeneratedRoad(String expression, String expected) {
    generated
        .sql(
            "SELECT "
                + expression
                + " FROM (VALUES (1, DATE '2026-01-01'), (2, DATE '2026-01-02')) t (x, d)")
        .rows()
        .is(expected);
  }
}
