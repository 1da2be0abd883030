package dev.turntable.run;

import java.util.Set;

/** An aggregate function, bound to its arguments. Immutable and thread-safe. */
@FunctionalInterface
public interface AggregateFunction {
  /**
   * Starts a new group.
   *
   * @param execution for arguments that are expressions
   * @param held counts what the accumulator keeps
   * @param grouped the columns that the group's grouping set groups by
   */
  Accumulator start(Execution execution, MemoryTracker held, Set<Integer> grouped);
}
