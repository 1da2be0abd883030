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
          refused("a sub-query in the condition of a FULL JOIN", "in the ON of a FULL JOIN"));

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
