package dev.turntable.jdbc;

import dev.turntable.engine.Engine;
import dev.turntable.jdbc.error.SqlErrors;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Whether the service answers this connection, and for how long that is believed. */
final class Validity {
  /** How long a yes of the service is believed. */
  private static final long VALID_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Engine engine;
  private final ReentrantLock lock = new ReentrantLock();
  private long validAt;
  private boolean valid;

  Validity(Engine engine) {
    this.engine = engine;
  }

  /**
   * Returns whether the service answers in so many seconds; 0 means no limit. One thread asks; others
   * wait for what it finds out, but no longer than they want to.
   */
  boolean within(int seconds) throws SQLException {
    if (!isLocked(seconds)) {
      return false;
    }
    try {
      if (!valid || System.nanoTime() - validAt > VALID_NANOS) {
        valid = SqlErrors.guard(() -> engine.isValid(Duration.ofSeconds(seconds)));
        validAt = System.nanoTime();
      }
      return valid;
    } finally {
      lock.unlock();
    }
  }

  private boolean isLocked(int seconds) {
    try {
      if (seconds > 0) {
        return lock.tryLock(seconds, TimeUnit.SECONDS);
      }
      lock.lockInterruptibly();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
