package dev.turntable.store.file;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends what a connection of DuckDB works at, which looks at no interrupt of its thread. It is told again and
 * again until the work is over, for what is told between two queries is lost.
 */
final class Interrupter implements Runnable, AutoCloseable {
  private static final long AGAIN_MS = 20;

  private final Connection connection;
  private @Nullable ScheduledFuture<?> again;
  private boolean over;

  Interrupter(Connection connection) {
    this.connection = connection;
  }

  @Override
  public synchronized void run() {
    if (over) {
      return;
    }
    interrupt();
    if (again == null) {
      again =
          StoreTimer.get()
              .scheduleWithFixedDelay(this::interrupt, AGAIN_MS, AGAIN_MS, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void interrupt() {
    if (!over) {
      try {
        DuckDbLibrary.interrupt(connection);
      } catch (SQLException e) {
        over = true; // closed, so that nothing is left to end
      }
    }
  }

  /** The work is over: what the connection does next is somebody else's. */
  @Override
  public synchronized void close() {
    over = true;
    if (again != null) {
      again.cancel(false);
    }
  }
}
