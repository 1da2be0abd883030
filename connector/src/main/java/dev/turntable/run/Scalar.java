package dev.turntable.run;

import org.jspecify.annotations.Nullable;

/** A compiled scalar expression over one row. Immutable and thread-safe. */
@FunctionalInterface
public interface Scalar {
  /**
   * Computes the value.
   *
   * @param row the input row in internal form (see {@link Operator})
   * @param execution parameters, time, correlated values
   * @return the value in internal form, null for SQL NULL (and UNKNOWN)
   * @throws dev.turntable.source.TurntableException if the value cannot be computed
   */
  @Nullable Object eval(@Nullable Object[] row, Execution execution);

  /** Returns whether a BOOLEAN expression is TRUE; UNKNOWN is not. */
  default boolean isTrue(@Nullable Object[] row, Execution execution) {
    return Boolean.TRUE.equals(eval(row, execution));
  }

  /**
   * Returns an expression that is not computed while planning, from parameters and outer rows that are
   * not known yet.
   *
   * @param unknown what it is then
   */
  static Scalar knownLater(Scalar value, Object unknown) {
    return (row, execution) -> execution.isReckoning() ? unknown : value.eval(row, execution);
  }
}
