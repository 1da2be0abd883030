package dev.turntable.run;

import org.jspecify.annotations.Nullable;

/** The state of one aggregate function over one group or frame. Used by one thread. */
public interface Accumulator {
  /** Takes one more row of the group into account. */
  void add(@Nullable Object[] row);

  /** Returns the value for the rows so far; may be asked between rows and more than once. */
  @Nullable Object result();
}
