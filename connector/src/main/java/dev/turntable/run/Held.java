package dev.turntable.run;

import dev.turntable.source.TurntableException;

/** The rows that one operator keeps; counts them, and looks with each whether to go on. */
public final class Held {
  private final Execution execution;
  private long rows;

  public Held(Execution execution) {
    this.execution = execution;
  }

  /**
   * Counts one more row that is kept.
   *
   * @throws TurntableException if the statement keeps too many, was cancelled or ran out of time
   */
  public void add() {
    execution.hold(1);
    rows++;
    tick();
  }

  /**
   * Counts one step of a long loop.
   *
   * @throws TurntableException if the statement was cancelled or ran out of time
   */
  public void tick() {
    execution.check();
  }

  /** Nothing is kept any more. */
  public void releaseAll() {
    execution.release(rows);
    rows = 0;
  }
}
