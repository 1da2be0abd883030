package dev.turntable.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What is known to be answered wrongly, or refused without need: a finding of such a kind is counted and
 * passed over until the kind is mended. Then its line here goes. The list is to become empty.
 */
final class KnownOpen {
  /**
   * A kind.
   *
   * @param what what is wrong
   * @param statements which statements may show it
   * @param failure what the failure says; empty where the answer is wrong instead
   */
  private record Kind(String what, Predicate<TwoSql> statements, String failure) {
    boolean holds(TwoSql sql, Judging.Verdict verdict) {
      boolean failed = verdict.outcome() == Judging.Outcome.FAILED;
      return failed == !failure.isEmpty()
          && statements.test(sql)
          && (!failed || Pattern.compile(failure).matcher(verdict.text()).find());
    }
  }

  private static final List<Kind> KNOWN_OPEN =
      List.of(
          wrong("rows of values compared by <>", "row comparison"),
          refused("rows of values compared", "CAST\\(\\$.*:RecordType|for <>|ROW\\("),
          new Kind(
              "a frame by GROUPS is refused",
              sql -> made(sql, "frame GROUPS"),
              "GROUPS that counts groups"),
          refused("FILTER with OVER", "OVER must be applied to aggregate function"),
          wrong("a frame on a named window is lost", "frame on a named window"),
          wrong("a frame on a named window is lost", "window on a named one"),
          wrong("a frame on a named window is lost", "named window on a named one"),
          wrong("a grouping set that ROLLUP or CUBE has twice", "CUBE of lists"),
          wrong("a grouping set that ROLLUP or CUBE has twice", "ROLLUP of lists"),
          wrong(":: binds tightest", "::"),
          refused(
              ":: binds tightest",
              "Cast function cannot convert|Cannot apply '|must be a condition|xpected.*type|Illegal mixing"),
          wrong("averages of decimals lose digits", "AVG of decimals"),
          wrong("an OFFSET over a LIMIT becomes one with it", "OFFSET counted"),
          refused("two windows of one text", "Duplicate window specification"),
          wrong("covariances of whole numbers are whole numbers", "COVAR_POP"),
          wrong("IN and the like of an aggregate of no rows", "aggregate in a sub-query"),
          wrong("NOT IN and ALL of no rows where the left side is NULL", "NOT IN, level"),
          wrong("NOT IN and ALL of no rows where the left side is NULL", "ALL, level"),
          new Kind(
              "columns of two levels in a set operation",
              sql ->
                  sql.constructs().stream().anyMatch(kind -> kind.endsWith(" in a sub-query"))
                      && made(sql, "correlated"),
              ""),
          wrong("columns of two levels", "NOT EXISTS, level 2"),
          refused("what cannot be an id, sent as one,", "answered 400"),
          wrong("LATERAL of an aggregate of no rows", "CROSS JOIN LATERAL"),
          wrong("months between times forget the time of day", "TIMESTAMPDIFF MONTH"),
          wrong("months between times forget the time of day", "TIMESTAMPDIFF YEAR"),
          new Kind("two values of range_start", sql -> sql.ours().contains(".range_start = "), ""),
          refused(
              "set operations in correlated sub-queries",
              "has no target in mapping|Required columns|\\(Index "),
          refused(
              "a sub-query in the condition of an outer join",
              "cannot compute|Correlated (RIGHT|FULL) join|in the ON of a FULL JOIN"),
          refused("a column of two levels up in a set operation", "unbound correlation"),
          refused("LISTAGG with a window over groups", "type mismatch"),
          wrong("a pair NOT IN, where one value decides and the other is NULL", "pair "),
          refused("IN in an aggregate in a window", "while converting|\\(subQuery\\)"),
          refused("a window over a constant", "Program is not normalized"),
          refused(
              "a frame by distance over a constant",
              "ORDER BY should have exactly one|Unable to implement EnumerableWindow"));

  private final Map<String, Integer> passed = new TreeMap<>();

  /** Wrong answers of statements with a construct, whose name begins so. */
  private static Kind wrong(String what, String construct) {
    return new Kind(what, sql -> made(sql, construct), "");
  }

  private static boolean made(TwoSql sql, String construct) {
    return sql.constructs().stream().anyMatch(kind -> kind.startsWith(construct));
  }

  /** Statements that are refused in these words, a pattern. */
  private static Kind refused(String what, String failure) {
    return new Kind(what + " is refused", sql -> true, failure);
  }

  /** Whether a finding is of a kind that is known; counts it. */
  boolean passes(TwoSql sql, Judging.Verdict verdict) {
    Optional<Kind> known = KNOWN_OPEN.stream().filter(kind -> kind.holds(sql, verdict)).findFirst();
    known.ifPresent(kind -> passed.merge(kind.what(), 1, Integer::sum));
    return known.isPresent();
  }

  String report() {
    StringBuilder report = new StringBuilder();
    KNOWN_OPEN.stream()
        .map(Kind::what)
        .distinct()
        .forEach(
            what ->
                report.append(
                    String.format("%6d known open: %s%n", passed.getOrDefault(what, 0), what)));
    return report.toString();
  }
}
