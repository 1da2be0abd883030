package dev.turntable.eval;

import dev.turntable.run.Execution;
import dev.turntable.run.Scalar;
import org.jspecify.annotations.Nullable;

/** A column of the input row. */
record InputColumn(int index) implements Scalar {
  @Override
  public @Nullable Object eval(@Nullable Object[] row, Execution execution) {
    return row[index];
  }
}
