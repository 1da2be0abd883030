package dev.turntable.run;

/** A node of an executable plan. Immutable; opened once per execution, or more often in a loop. */
@FunctionalInterface
public interface RowNode {
  /** Starts the node for one execution. Nothing is fetched before the first row is asked for. */
  Operator open(Execution execution);
}
