package dev.turntable.plan;

import dev.turntable.plan.TwoSql.Reader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Where the judges disagree, or a judge means something else by the same words: whose side we take, and
 * why. A judge is not asked about what it is overruled in. What differs in spelling only is in the
 * texts that each of them gets (see {@link TwoSql}), with its reason there.
 */
final class Disagreements {
  /**
   * A disagreement.
   *
   * @param overruled the judge that is not asked
   * @param construct what it is about
   * @param reason why the other side is right
   */
  record Disagreement(
      Reader overruled, String construct, Predicate<TwoSql> statements, String reason) {}

  private static final Pattern ZERO_DISTANCE =
      Pattern.compile("RANGE [A-Z0-9' ]*\\b0'?[A-Z ]* (PRECEDING|FOLLOWING)");

  private static final Pattern OF_DISTINCT = Pattern.compile("(SOME|ANY|ALL) \\(SELECT DISTINCT");

  private static final Pattern CONSTANT_IN_KEY =
      Pattern.compile(
          "(ROLLUP|CUBE|GROUPING SETS) .*"
              + "(CASE WHEN (TRUE|FALSE|\\d+ = \\d+) |MOD\\(\\d+, \\d+\\)|[+-] 0\\))");

  static final List<Disagreement> DISAGREEMENTS =
      List.of(
          new Disagreement(
              Reader.DUCKDB,
              "(a, b) NOT IN (SELECT …) with NULLs",
              sql -> made(sql, "pair "),
              "DuckDB gives NULL as soon as one value of a row is NULL; by the standard, and for"
                  + " PostgreSQL, (2, NULL) = (3, 3) is FALSE: the first values differ"),
          new Disagreement(
              Reader.DUCKDB,
              "LISTAGG with GROUPING SETS",
              sql ->
                  made(sql, "LISTAGG")
                      && (made(sql, "GROUPING SETS")
                          || made(sql, "ROLLUP")
                          || made(sql, "CUBE")
                          || made(sql, "key and ROLLUP")),
              "DuckDB forgets the order in which the texts are to be joined"),
          new Disagreement(
              Reader.DUCKDB,
              "RANGE by a distance of nothing",
              sql -> ZERO_DISTANCE.matcher(sql.ours()).find(),
              "DuckDB ends the frame at the current row; rows of the same key are at no distance"
                  + " from it, and belong to it by the standard and for PostgreSQL"),
          new Disagreement(
              Reader.DUCKDB,
              "keys of grouping sets that are alike once computed",
              sql -> CONSTANT_IN_KEY.matcher(sql.ours()).find(),
              "DuckDB takes n - 0 or CASE WHEN TRUE THEN n … for the key n; for PostgreSQL it is another key,"
                  + " without which n is NULL"),
          new Disagreement(
              Reader.DUCKDB,
              "SOME or ALL of a correlated SELECT DISTINCT",
              sql -> OF_DISTINCT.matcher(sql.ours()).find(),
              "DuckDB compares with nothing where all rows are one: 0 > SOME (SELECT DISTINCT 1 …) is"
                  + " FALSE, for PostgreSQL too"));

  private final Map<String, Integer> met = new TreeMap<>();

  private static boolean made(TwoSql sql, String construct) {
    return sql.constructs().stream().anyMatch(kind -> kind.startsWith(construct));
  }

  /** Whether a judge is not to be asked; counts it. */
  boolean overrule(Judge judge, TwoSql sql) {
    for (Disagreement disagreement : DISAGREEMENTS) {
      if (disagreement.overruled() == judge.reader() && disagreement.statements().test(sql)) {
        met.merge(judge.name() + ": " + disagreement.construct(), 1, Integer::sum);
        return true;
      }
    }
    return false;
  }

  String report() {
    StringBuilder report = new StringBuilder();
    met.forEach((what, count) -> report.append(String.format("%6d not asked, %s%n", count, what)));
    return report.toString();
  }
}
