package dev.turntable.plan;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What random statements hold and is refused by name, since nobody found a way to answer it soundly. A
 * finding that says so is counted and passed over.
 */
final class StaysRefused {
  /** What the refusal says, by construct. */
  private static final Map<String, Pattern> CONSTRUCTS =
      Map.of(
          "a sub-query in the ON of a FULL JOIN that reads both sides",
          Pattern.compile("a sub-query in the ON of a FULL JOIN"),
          "grouping by an expression over a column of ROLLUP, CUBE or GROUPING SETS",
          Pattern.compile("grouping by an expression over a column that ROLLUP"));

  private final Map<String, Integer> passed = new TreeMap<>();

  /** Whether a finding is such a refusal; counts it. */
  boolean passes(Judging.Verdict verdict) {
    if (verdict.outcome() != Judging.Outcome.FAILED) {
      return false;
    }
    Optional<String> construct =
        CONSTRUCTS.entrySet().stream()
            .filter(entry -> entry.getValue().matcher(verdict.text()).find())
            .map(Map.Entry::getKey)
            .findFirst();
    construct.ifPresent(name -> passed.merge(name, 1, Integer::sum));
    return construct.isPresent();
  }

  String report() {
    StringBuilder report = new StringBuilder();
    CONSTRUCTS
        .keySet()
        .forEach(
            name ->
                report.append(
                    String.format("%6d refused: %s%n", passed.getOrDefault(name, 0), name)));
    return report.toString();
  }
}
