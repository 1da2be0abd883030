package dev.turntable.run;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values that are equal only if nothing can tell them apart: 1.0 is not 1.00, nor is 0.0 the same as
 * -0.0. For what is computed of values, while {@link Key} is for how SQL compares them.
 */
final class Tuple {
  private final @Nullable Object[] values;
  private final int hash;

  Tuple(@Nullable Object[] values) {
    this.values = values;
    this.hash = Arrays.deepHashCode(values);
  }

  @Nullable Object[] values() {
    return values;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Tuple tuple
        && hash == tuple.hash
        && Arrays.deepEquals(values, tuple.values);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
