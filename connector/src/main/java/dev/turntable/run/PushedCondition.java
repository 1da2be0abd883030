package dev.turntable.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A predicate on one column of a scan whose values are known only when the statement runs. An access
 * path may make use of it; the scan checks the whole predicate again in any case.
 *
 * @param column the position of the column in the table
 * @param operator how the column compares to the values
 * @param values the values; several only for {@link Operator#ONE_OF}, where none means that the
 *     values come from the other side of a join
 * @param slot where {@link Execution} holds the values of a join, or -1
 * @param unless reads no column; where it is true, the condition does not hold. Null if it always does
 */
public record PushedCondition(
    int column, Operator operator, List<Scalar> values, int slot, @Nullable Scalar unless) {
  /** How a column compares. */
  public enum Operator {
    ONE_OF,
    AT_LEAST,
    GREATER,
    AT_MOST,
    LESS
  }

  public PushedCondition {
    values = List.copyOf(values);
  }

  /** A comparison with values of the statement itself. */
  public static PushedCondition of(int column, Operator operator, List<Scalar> values) {
    return new PushedCondition(column, operator, values, -1, null);
  }

  /** A column that a join binds to the keys of its other side. */
  public static PushedCondition boundBy(int column, int slot) {
    return new PushedCondition(column, Operator.ONE_OF, List.of(), slot, null);
  }
}
