package dev.turntable.plan;

import dev.turntable.plan.RandomScope.Type;
import java.util.List;

/** Makes frames of windows. */
final class RandomFrames {
  private static final TwoSql NOTHING = TwoSql.of("");

  private final RandomExpressions expressions;

  RandomFrames(RandomExpressions expressions) {
    this.expressions = expressions;
  }

  /** A frame by rows, or none: for a total order. */
  TwoSql rows() {
    return expressions.oneIn(5) ? NOTHING : frame("ROWS", "");
  }

  /** A frame that has all rows of a key or none of them. */
  TwoSql ofPeers() {
    return switch (expressions.below(4)) {
      case 0 -> NOTHING;
      case 1 -> frame("GROUPS", "");
      default -> {
        String bounds =
            expressions.pick(
                List.of(
                    "UNBOUNDED PRECEDING",
                    "BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
                    "BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
                    "BETWEEN CURRENT ROW AND CURRENT ROW"));
        yield excluding(TwoSql.of("RANGE " + bounds).made("frame RANGE", ""));
      }
    };
  }

  /** A frame by the distance of a key. */
  TwoSql range(Type key) {
    String unit =
        switch (key) {
          case TIME, DATE -> expressions.pick(List.of("DAY", "MONTH", "DAY"));
          default -> "";
        };
    return frame("RANGE", unit);
  }

  private TwoSql frame(String kind, String unit) {
    int first = expressions.below(4);
    int second = expressions.below(4);
    int least = Math.min(first, second);
    int most = Math.max(first, second);
    String bounds =
        switch (expressions.below(9)) {
          case 0 -> distance(most, unit) + " PRECEDING";
          case 1 -> between(distance(most, unit) + " PRECEDING", "CURRENT ROW");
          case 2 ->
              between(distance(most, unit) + " PRECEDING", distance(least, unit) + " PRECEDING");
          case 3 ->
              between(distance(least, unit) + " FOLLOWING", distance(most, unit) + " FOLLOWING");
          case 4 ->
              between(distance(first, unit) + " PRECEDING", distance(second, unit) + " FOLLOWING");
          case 5 -> between("UNBOUNDED PRECEDING", distance(first, unit) + " PRECEDING");
          case 6 -> between("UNBOUNDED PRECEDING", distance(first, unit) + " FOLLOWING");
          case 7 -> between(distance(first, unit) + " FOLLOWING", "UNBOUNDED FOLLOWING");
          default -> between("CURRENT ROW", distance(first, unit) + " FOLLOWING");
        };
    String offset = kind.equals("RANGE") ? " by distance" : "";
    return excluding(TwoSql.of(kind + " " + bounds).made("frame " + kind + offset, ""));
  }

  private static String between(String from, String to) {
    return "BETWEEN " + from + " AND " + to;
  }

  private static String distance(int number, String unit) {
    return unit.isEmpty() ? String.valueOf(number) : "INTERVAL '" + number + "' " + unit;
  }

  private TwoSql excluding(TwoSql frame) {
    if (!expressions.oneIn(4)) {
      return frame;
    }
    String what = expressions.pick(List.of("CURRENT ROW", "GROUP", "TIES", "NO OTHERS"));
    TwoSql excluding = TwoSql.of("# EXCLUDE " + what, frame);
    return what.equals("NO OTHERS") ? excluding : excluding.made("EXCLUDE " + what, frame);
  }
}
