package dev.turntable.jdbc.error;

import dev.turntable.source.ErrorKind;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether an object was closed, and by which thread. To a thread that did not close it itself, this
 * looks like a cancel, whether it comes while the thread waits for a row or between two of them.
 */
public final class ClosedBy {
  private final AtomicReference<@Nullable Long> thread = new AtomicReference<>();

  /** Closes it; returns whether it was open. */
  public boolean close() {
    return thread.compareAndSet(null, Thread.currentThread().getId());
  }

  /** Whether it was closed. */
  public boolean isClosed() {
    return thread.get() != null;
  }

  /**
   * Throws if it is closed.
   *
   * @param what the object, for messages
   * @param misuse what to throw if this very thread has closed it
   */
  public void ensureOpen(String what, SqlErrors.Call<SQLException> misuse) throws SQLException {
    Long by = thread.get();
    if (by == null) {
      return;
    }
    throw by == Thread.currentThread().getId()
        ? misuse.call()
        : SqlErrors.of(ErrorKind.CANCELLED, "the " + what + " was closed by another thread");
  }
}
