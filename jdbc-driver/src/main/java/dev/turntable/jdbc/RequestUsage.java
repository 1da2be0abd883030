package dev.turntable.jdbc;

import java.time.Duration;

/**
 * What the last execution of a statement has cost so far. Every statement of this driver unwraps to
 * it: {@code statement.unwrap(RequestUsage.class)}. May be asked from any thread.
 */
public interface RequestUsage {
  /** Returns the requests sent, repeats included. */
  long requests();

  /**
   * Returns how many requests are known to follow, 0 if none are: those of ids, not the pages of a
   * list, whose number its last page tells.
   */
  default long requestsLeft() {
    return 0;
  }

  /** Returns whether those are all, as far as can be known. */
  default boolean isAllLeft() {
    return false;
  }

  /** Returns the rows written so far; 0 for a statement that writes none. */
  default long rowsWritten() {
    return 0;
  }

  /** Returns the rows that the statement has to write in all; 0 until they are known. */
  default long rowsToWrite() {
    return 0;
  }

  /** Returns the answers that were used more than once instead of being asked for again. */
  long shared();

  /** Returns the rows that came from the store instead of being asked for. */
  default long stored() {
    return 0;
  }

  /** Returns how old the oldest of those was, or zero if there is none. */
  default Duration age() {
    return Duration.ZERO;
  }

  /** Returns how long requests waited in all for a slot, for the pace or before a repeat. */
  Duration waited();
}
