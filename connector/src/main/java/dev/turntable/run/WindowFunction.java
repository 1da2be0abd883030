package dev.turntable.run;

import org.jspecify.annotations.Nullable;

/** A window function, bound to its arguments. Immutable and thread-safe. */
@FunctionalInterface
public interface WindowFunction {
  /**
   * Computes the value of every row of a partition.
   *
   * @param results takes the value of row i at i; as long as the partition
   */
  void compute(Partition partition, @Nullable Object[] results);
}
