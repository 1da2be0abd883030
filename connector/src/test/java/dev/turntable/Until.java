package dev.turntable;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens in other threads, and not without end. */
public final class Until {
  /** Far beyond what a slow machine takes: who waits so long waits for what does not come. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private static final long MOMENT_NANOS = 100_000;

  private Until() {}

  /**
   * Waits until something is so.
   *
   * @param what is waited for, for the failure
   */
  public static void holds(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (Thread.currentThread().isInterrupted() || System.nanoTime() - start > LONGEST.toNanos()) {
        throw new AssertionError("not within " + LONGEST.toSeconds() + " s: " + what);
      }
      moment();
    }
  }

  /** Waits a tenth of a millisecond: who spins takes a core from what it waits for. */
  public static void moment() {
    LockSupport.parkNanos(MOMENT_NANOS);
  }
}
