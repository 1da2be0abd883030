package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether an aggregate is NULL where it has no rows, and says so to IS NULL. */
final class NullableResultsTest {
  private static final String NO_ROWS = " FROM (VALUES (1, 'a'), (2, 'b')) AS t (n, s) WHERE n > 2";

  private final Bench bench = Bench.handinger(1);

  @AfterEach
  void stop() {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ARRAY_AGG(s)",
        "ARRAY_AGG(DISTINCT s)",
        "ARRAY_AGG(s ORDER BY n DESC)",
        "ARRAY_AGG(s) FILTER (WHERE n > 1)",
        "ARRAY_CONCAT_AGG(ARRAY[s])",
        "LISTAGG(s)",
        "LISTAGG(s, '-') WITHIN GROUP (ORDER BY n)",
        "STRING_AGG(s, ',')",
        "GROUP_CONCAT(s)",
        "JSON_ARRAYAGG(s)",
        "JSON_OBJECTAGG(s: n)",
        "MIN(s)",
        "ANY_VALUE(s)",
        "SINGLE_VALUE(s)",
        "MODE(s)",
        "ARG_MIN(s, n)",
        "SUM(n)",
        "SUM(n) FILTER (WHERE n > 1)",
        "AVG(n)",
        "MEDIAN(n)",
        "BIT_AND(n)",
        "BIT_XOR(n)",
        "BOOL_AND(n > 1)",
        "LOGICAL_OR(n > 1)",
        "EVERY(n > 1)",
        "SOME(n > 1)",
        "STDDEV(n)",
        "VAR_POP(n)",
        "VAR_SAMP(n)",
        "COVAR_POP(n, n)",
        "COVAR_SAMP(n, n)",
        "REGR_SXX(n, n)",
        "REGR_SLOPE(n, n)",
        "CORR(n, n)",
        "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY n)",
        "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY n)",
        "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY n DESC) FILTER (WHERE n > 1)"
      })
  void isNullOfNoRows(String aggregate) {
    bench.sql("SELECT " + aggregate + NO_ROWS).rows().is("null");
    bench.sql("SELECT (" + aggregate + ") IS NULL" + NO_ROWS).rows().is("true");
    bench.sql("SELECT COALESCE((" + aggregate + "), NULL) IS NULL" + NO_ROWS).rows().is("true");
    bench
        .sql("SELECT 1 FROM (SELECT " + aggregate + NO_ROWS + ") AS u (x) WHERE x IS NOT NULL")
        .rows()
        .hasRows(0);
    bench
        .sql(
            "SELECT n FROM (VALUES 1) AS v (m), LATERAL (SELECT "
                + aggregate
                + " AS n"
                + NO_ROWS
                + ") AS u")
        .rows()
        .is("null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COUNT(*)",
        "COUNT(s)",
        "COUNTIF(n > 1)",
        "APPROX_COUNT_DISTINCT(n)",
        "REGR_COUNT(n, n)"
      })
  void aCountIsNot(String aggregate) {
    bench
        .sql("SELECT " + aggregate + ", (" + aggregate + ") IS NULL" + NO_ROWS)
        .rows()
        .is("0 | false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ARRAY_AGG(s) OVER (ORDER BY n ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)",
        "LISTAGG(s) OVER (ORDER BY n ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)",
        "MIN(s) OVER (ORDER BY n ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)",
        "SUM(n) OVER (ORDER BY n ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)",
        "LAG(s) OVER (ORDER BY n)",
        "FIRST_VALUE(s) OVER (ORDER BY n ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)",
        "LAST_VALUE(s) OVER (ORDER BY n ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)",
        "NTH_VALUE(s, 2) OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)"
      })
  void isNullOfAnEmptyFrame(String window) {
    String from = " FROM (VALUES (1, 'a'), (2, 'b')) AS t (n, s)";
    assertThat(bench.sql("SELECT n, (" + window + ") IS NULL" + from).rows().rows())
        .contains("1 | true");
    bench
        .sql(
            "SELECT n FROM (SELECT n, "
                + window
                + from
                + ") AS u (n, x) WHERE n = 1 AND x IS NOT NULL")
        .rows()
        .hasRows(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SUM(n)",
        "AVG(n)",
        "MIN(s)",
        "MAX(n)",
        "STDDEV_POP(n)",
        "COVAR_POP(n, n)",
        "EVERY(n > 0)",
        "BOOL_OR(n > 0)",
        "BIT_AND(n)",
        "ANY_VALUE(s)",
        "ARRAY_AGG(s)",
        "LISTAGG(s)",
        "FIRST_VALUE(s)",
        "LAST_VALUE(s)",
        "NTH_VALUE(s, 1)"
      })
  void isNullOfAFrameWithoutItsOnlyRow(String function) {
    String from = " FROM (VALUES (1, 'a'), (2, 'b')) AS t (n, s)";
    for (String window :
        List.of(
            "(PARTITION BY n ORDER BY s RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE"
                + " GROUP)",
            "(PARTITION BY n ORDER BY s ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW)",
            "w")) {
      String query =
          "SELECT n, "
              + function
              + " OVER "
              + window
              + from
              + " WINDOW w AS (PARTITION BY s ORDER BY n GROUPS CURRENT ROW EXCLUDE GROUP)";
      bench
          .sql("SELECT n, x IS NULL FROM (" + query + ") AS u (n, x)")
          .rows()
          .is("1 | true", "2 | true");
      bench.sql("SELECT n FROM (" + query + ") AS u (n, x) WHERE x = x").rows().hasRows(0);
    }
    bench
        .sql(
            "SELECT COUNT(*) OVER (PARTITION BY n ORDER BY s ROWS UNBOUNDED PRECEDING EXCLUDE GROUP)"
                + from)
        .rows()
        .is("0", "0");
  }
}
