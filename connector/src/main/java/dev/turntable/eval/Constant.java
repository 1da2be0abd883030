package dev.turntable.eval;

import dev.turntable.run.Execution;
import dev.turntable.run.Scalar;
import org.jspecify.annotations.Nullable;

/** A value that is known when the plan is made. */
record Constant(@Nullable Object value) implements Scalar {
  @Override
  public @Nullable Object eval(@Nullable Object[] row, Execution execution) {
    return value;
  }
}
