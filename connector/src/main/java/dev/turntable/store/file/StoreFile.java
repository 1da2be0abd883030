package dev.turntable.store.file;

import dev.turntable.config.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The file of one store, as all connections of this process share it: open while it is worked with and a
 * moment longer, and let go at once where another process waits. Safe for use by several threads.
 */
public final class StoreFile {
  private static final Map<Path, StoreFile> FILES = new ConcurrentHashMap<>();

  /** What comes soon after finds the file open. */
  private static final Duration IDLE = Duration.ofMillis(500);

  private final StorePaths paths;
  private final Path jar;
  private final String memory;
  private final StoreLock lock;

  /** Who opens, closes, joins or leaves. */
  private final Semaphore gate = new Semaphore(1, true);

  /** Who writes: DuckDB lets one of two writers of the same row fail. */
  private final Semaphore writer = new Semaphore(1, true);

  private volatile boolean waitsForOthers;
  private @Nullable Connection root;
  private int users;
  private @Nullable ScheduledFuture<?> closing;

  /** What is done with the file. */
  @FunctionalInterface
  public interface Work<V extends @Nullable Object> {
    V run(Connection connection) throws SQLException;
  }

  private StoreFile(StorePaths paths, Path jar, String memory) {
    this.paths = paths;
    this.jar = jar;
    this.memory = memory;
    this.lock = new StoreLock(paths);
  }

  public static StoreFile of(StoreSettings settings) {
    Path jar = DuckDbJar.find(settings.library());
    return FILES.computeIfAbsent(
        settings.directory(),
        directory -> new StoreFile(new StorePaths(directory), jar, settings.memory()));
  }

  public StorePaths paths() {
    return paths;
  }

  /** Waits for no other process, only for what this one does with the file. */
  public Waiting impatient() {
    return new Impatience(paths.directory(), () -> waitsForOthers);
  }

  /** Reads in one transaction. */
  public <V extends @Nullable Object> V read(Waiting waiting, Work<V> work) {
    return use(waiting, connection -> transaction(connection, work));
  }

  /** Writes in one transaction: all of it, or nothing. */
  public <V extends @Nullable Object> V write(Waiting waiting, Work<V> work) {
    waiting.acquire(writer);
    try {
      return use(waiting, connection -> transaction(connection, work));
    } finally {
      writer.release();
    }
  }

  /** In words, for with the switch of JDBC the appender begins none. */
  private static <V extends @Nullable Object> V transaction(Connection connection, Work<V> work)
      throws SQLException {
    Sql.execute(connection, "BEGIN TRANSACTION");
    try {
      V result = work.run(connection);
      Sql.execute(connection, "COMMIT");
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      try {
        Sql.execute(connection, "ROLLBACK");
      } catch (SQLException failed) {
        e.addSuppressed(failed);
      }
      throw e;
    }
  }

  /** As {@link #read}, without a transaction. */
  public <V extends @Nullable Object> V use(Waiting waiting, Work<V> work) {
    try (Session session = begin(waiting)) {
      return session.run(waiting, work);
    }
  }

  /** Opens the file for several pieces of work; nobody else has it until the session is closed. */
  public Session begin(Waiting waiting) {
    Connection shared = join(waiting);
    Connection connection = null;
    try {
      connection = DuckDbLibrary.duplicate(shared);
      Sql.execute(connection, "USE store");
      return new Session(connection);
    } catch (SQLException | RuntimeException | Error e) {
      closeQuietly(connection);
      leave(e instanceof SQLException);
      throw e instanceof SQLException failure
          ? StoreErrors.of(paths.directory(), failure)
          : unchecked(e);
    }
  }

  private static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return (RuntimeException) e;
  }

  /** The file in use, by one thread at a time. What was not committed when it is closed is undone. */
  public final class Session implements AutoCloseable {
    private final Connection connection;
    private boolean damaged;

    private Session(Connection connection) {
      this.connection = connection;
    }

    /** Works until {@code waiting} ends it. */
    public <V extends @Nullable Object> V run(Waiting waiting, Work<V> work) {
      Interrupter interrupter = new Interrupter(connection);
      Runnable undo = waiting.during(interrupter);
      try {
        return work.run(connection);
      } catch (SQLException e) {
        waiting.ensureWanted();
        damaged |= !StoreErrors.isOfValue(e);
        throw StoreErrors.of(paths.directory(), e);
      } finally {
        undo.run();
        interrupter.close();
      }
    }

    @Override
    public void close() {
      closeQuietly(connection);
      leave(damaged);
    }
  }

  /** Puts a copy without the room of what was deleted in the place of the file. */
  public StoreSize compact(Waiting waiting) {
    waiting.acquire(writer);
    try {
      while (true) {
        waiting.acquire(gate);
        try {
          if (users == 0) {
            close();
            return compacted(waiting);
          }
        } finally {
          gate.release();
        }
        waiting.pause(Duration.ofMillis(1));
      }
    } finally {
      writer.release();
    }
  }

  private StoreSize compacted(Waiting waiting) {
    takeLock(waiting);
    try {
      return new Compaction(paths, jar, memory).run(waiting);
    } catch (SQLException e) {
      throw StoreErrors.of(paths.directory(), e);
    } catch (IOException e) {
      throw StoreErrors.of(paths.directory(), e);
    } finally {
      lock.release();
    }
  }

  private Connection join(Waiting waiting) {
    while (true) {
      waiting.acquire(gate);
      try {
        Connection open = root;
        if (open != null && users == 0 && (isWanted() || !lock.isInPlace())) {
          close();
          open = null;
        }
        if (open == null) {
          open = open(waiting);
        }
        // Those who are in may finish; who comes later waits with the others.
        if (users == 0 || !isWanted()) {
          users++;
          stopClosing();
          return open;
        }
      } finally {
        gate.release();
      }
      waiting.pause(Duration.ofMillis(1));
    }
  }

  private void leave(boolean damaged) {
    gate.acquireUninterruptibly();
    try {
      users--;
      paths.hideFiles();
      if (users == 0 && (damaged || isWanted())) {
        close();
      } else if (users == 0) {
        closing =
            StoreTimer.get().schedule(this::closeIfIdle, IDLE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (IOException e) {
      close(); // the directory is gone: the next one makes it anew
    } finally {
      gate.release();
    }
  }

  /** Closes the file unless it is being worked with. */
  public void letGo() {
    closeIfIdle();
  }

  private void closeIfIdle() {
    gate.acquireUninterruptibly();
    try {
      if (users == 0) {
        close();
      }
    } finally {
      gate.release();
    }
  }

  private void stopClosing() {
    if (closing != null) {
      closing.cancel(false);
      closing = null;
    }
  }

  private boolean isWanted() {
    try {
      return lock.isWanted();
    } catch (IOException e) {
      return true;
    }
  }

  private void takeLock(Waiting waiting) {
    paths.prepare();
    try {
      lock.take(
          waiting.longest(),
          moment -> {
            waitsForOthers = true;
            waiting.pause(moment);
          });
    } finally {
      waitsForOthers = false;
    }
  }

  private Connection open(Waiting waiting) {
    takeLock(waiting);
    boolean opened = false;
    Connection connection = null;
    try {
      Compaction.sweep(paths);
      connection = DuckDbLibrary.connect(jar, paths);
      DuckDbLibrary.attach(connection, paths, memory);
      StoreSchema.bring(connection, paths);
      paths.hideFiles();
      opened = true;
      root = connection;
      return connection;
    } catch (SQLException e) {
      throw StoreErrors.of(paths.directory(), e);
    } catch (IOException e) {
      throw StoreErrors.of(paths.directory(), e);
    } finally {
      if (!opened) {
        closeQuietly(connection);
        lock.release();
      }
    }
  }

  private void close() {
    stopClosing();
    Connection connection = root;
    root = null;
    if (connection != null) {
      closeQuietly(connection);
      lock.release();
    }
  }

  /** What was committed is in the file or its log, whatever closing it says. */
  private static void closeQuietly(@Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // The next opening reads the log.
    }
  }
}
