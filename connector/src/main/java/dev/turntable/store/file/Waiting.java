package dev.turntable.store.file;

import dev.turntable.source.StatementScope;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** Waits for others who work with a store: as long as a statement lets it, or as long as it takes. */
public interface Waiting {
  void acquire(Semaphore permit);

  void pause(Duration moment);

  /** How long to wait for other processes. */
  Duration longest();

  /**
   * Covers work that ends only if it is interrupted.
   *
   * @return to be run when it is over
   */
  default Runnable during(Runnable interrupt) {
    return () -> {};
  }

  /** Throws if nobody waits for the work any more. */
  default void ensureWanted() {}

  /** Waits for as long as it takes, up to a while for other processes. */
  static Waiting patient(Duration longest) {
    return new Waiting() {
      @Override
      public void acquire(Semaphore permit) {
        permit.acquireUninterruptibly();
      }

      @Override
      public void pause(Duration moment) {
        LockSupport.parkNanos(moment.toNanos());
      }

      @Override
      public Duration longest() {
        return longest;
      }
    };
  }

  /** Waits for as long as a statement lets it. */
  static Waiting of(StatementScope scope, Duration longest) {
    return new Waiting() {
      @Override
      public void acquire(Semaphore permit) {
        scope.acquire(permit);
      }

      @Override
      public void pause(Duration moment) {
        scope.pause(moment);
      }

      @Override
      public Runnable during(Runnable interrupt) {
        return scope.duringWait(() -> "", interrupt);
      }

      @Override
      public void ensureWanted() {
        scope.ensureOpen();
      }

      @Override
      public Duration longest() {
        return longest;
      }
    };
  }
}
