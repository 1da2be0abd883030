package dev.turntable.run;

/** A node of an executable plan. Immutable; opened once per execution, or more often in a loop. */
@FunctionalInterface
public interface RowNode {
  /** Starts the node for one execution. Nothing is fetched before the first row is asked for. */
  Operator open(Execution execution);

  /** Returns how many rows there are at most, or -1 where only reading them tells. */
  default long mostRows() {
    return -1;
  }
}
