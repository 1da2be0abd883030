package dev.turntable.store;

import dev.turntable.config.StoreSettings;
import dev.turntable.source.ErrorKind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The file of one store, as all connections of this process share it: open while it is worked with and a
 * moment longer, and let go at once where another process waits. Safe for use by several threads.
 */
final class StoreFile {
  private static final Map<Path, StoreFile> FILES = new ConcurrentHashMap<>();

  /** What comes soon after finds the file open. */
  private static final Duration IDLE = Duration.ofMillis(500);

  /** So long at most waits for this process itself who waits for no other. */
  private static final Duration MOMENT = Duration.ofSeconds(2);

  private static final long POLL_MS = 10;

  private static final ScheduledThreadPoolExecutor TIMER = newTimer();

  private final StorePaths paths;
  private final Path jar;
  private final String memory;
  private final StoreLock lock;
  private final StoreWriter background;

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
  interface Work<V extends @Nullable Object> {
    V run(Connection connection) throws SQLException;
  }

  /** Waits for others: as long as a statement lets it, or as long as it takes. */
  interface Waiting {
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
  }

  private StoreFile(StorePaths paths, Path jar, String memory) {
    this.paths = paths;
    this.jar = jar;
    this.memory = memory;
    this.lock = new StoreLock(paths);
    this.background = new StoreWriter(this);
  }

  static StoreFile of(StoreSettings settings) {
    Path jar = DuckDbJar.find(settings.library());
    return FILES.computeIfAbsent(
        settings.directory(),
        directory -> new StoreFile(new StorePaths(directory), jar, settings.memory()));
  }

  /** Returns what does things later, on a thread of its own. */
  static ScheduledThreadPoolExecutor timer() {
    return TIMER;
  }

  /** Returns what writes to it in the background. */
  StoreWriter writer() {
    return background;
  }

  StorePaths paths() {
    return paths;
  }

  /** Waits for no other process, only for what this one does with the file. */
  Waiting impatient() {
    return new Waiting() {
      @Override
      public void acquire(Semaphore permit) {
        long end = System.nanoTime() + MOMENT.toNanos();
        try {
          while (!waitsForOthers && System.nanoTime() - end < 0) {
            if (permit.tryAcquire(POLL_MS, TimeUnit.MILLISECONDS)) {
              return;
            }
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        throw busy();
      }

      @Override
      public void pause(Duration moment) {
        throw busy();
      }

      @Override
      public Duration longest() {
        return Duration.ZERO;
      }

      private RuntimeException busy() {
        return StoreErrors.of(
            ErrorKind.STORE_BUSY, "the store " + paths.directory() + " is in use");
      }
    };
  }

  /** Reads in one transaction. */
  <V extends @Nullable Object> V read(Waiting waiting, Work<V> work) {
    return use(waiting, connection -> transaction(connection, work));
  }

  /** Writes in one transaction: all of it, or nothing. */
  <V extends @Nullable Object> V write(Waiting waiting, Work<V> work) {
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
    execute(connection, "BEGIN TRANSACTION");
    try {
      V result = work.run(connection);
      execute(connection, "COMMIT");
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      try {
        execute(connection, "ROLLBACK");
      } catch (SQLException failed) {
        e.addSuppressed(failed);
      }
      throw e;
    }
  }

  /** As {@link #read}, without a transaction. */
  <V extends @Nullable Object> V use(Waiting waiting, Work<V> work) {
    try (Session session = begin(waiting)) {
      return session.run(waiting, work);
    }
  }

  /** Opens the file for several pieces of work; nobody else has it until the session is closed. */
  Session begin(Waiting waiting) {
    Connection shared = join(waiting);
    Connection connection = null;
    try {
      connection = DuckDbLibrary.duplicate(shared);
      execute(connection, "USE store");
      return new Session(connection);
    } catch (SQLException | RuntimeException | Error e) {
      closeQuietly(connection);
      leave(e instanceof SQLException);
      throw e instanceof SQLException failure ? StoreErrors.of(paths, failure) : unchecked(e);
    }
  }

  private static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return (RuntimeException) e;
  }

  /** The file in use, by one thread at a time. What was not committed when it is closed is undone. */
  final class Session implements AutoCloseable {
    private final Connection connection;
    private boolean damaged;

    private Session(Connection connection) {
      this.connection = connection;
    }

    /** Works until {@code waiting} ends it. */
    <V extends @Nullable Object> V run(Waiting waiting, Work<V> work) {
      Interrupter interrupter = new Interrupter(connection);
      Runnable undo = waiting.during(interrupter);
      try {
        return work.run(connection);
      } catch (SQLException e) {
        waiting.ensureWanted();
        damaged = true;
        throw StoreErrors.of(paths, e);
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
        closing = TIMER.schedule(this::closeIfIdle, IDLE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (IOException e) {
      close(); // the directory is gone: the next one makes it anew
    } finally {
      gate.release();
    }
  }

  /** Closes the file unless it is being worked with. */
  void letGo() {
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

  private Connection open(Waiting waiting) {
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
    boolean opened = false;
    Connection connection = null;
    try {
      connection = DuckDbLibrary.connect(jar, paths);
      attach(connection);
      StoreSchema.bring(connection, paths);
      paths.hideFiles();
      opened = true;
      root = connection;
      return connection;
    } catch (SQLException e) {
      throw StoreErrors.of(paths, e);
    } catch (IOException e) {
      throw StoreErrors.of(paths, e);
    } finally {
      if (!opened) {
        closeQuietly(connection);
        lock.release();
      }
    }
  }

  /** Afterwards nothing but the store's own files is within reach. */
  private void attach(Connection connection) throws SQLException {
    execute(connection, "SET memory_limit = " + Sql.text(memory));
    execute(connection, "SET temp_directory = " + Sql.text(paths.temporary().toString()));
    execute(connection, "SET autoinstall_known_extensions = false");
    execute(connection, "SET autoload_known_extensions = false");
    execute(connection, "SET allow_community_extensions = false");
    execute(
        connection,
        "ATTACH " + Sql.text(paths.database().toString()) + " AS store (STORAGE_VERSION 'v1.4.0')");
    execute(connection, "SET enable_external_access = false");
    execute(connection, "SET lock_configuration = true");
    execute(connection, "USE store");
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

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static ScheduledThreadPoolExecutor newTimer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "turntable-store");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(1, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  /** Waits for as long as it takes, up to a while for other processes. */
  static Waiting patient(Duration longest) {
    return new Waiting() {
      @Override
      public void acquire(Semaphore permit) {
        permit.acquireUninterruptibly();
      }

      @Override
      public void pause(Duration moment) {
        java.util.concurrent.locks.LockSupport.parkNanos(moment.toNanos());
      }

      @Override
      public Duration longest() {
        return longest;
      }
    };
  }

  /** Waits for as long as a statement lets it. */
  static Waiting of(dev.turntable.source.StatementScope scope, Duration longest) {
    Consumer<Semaphore> acquire = scope::acquire;
    return new Waiting() {
      @Override
      public void acquire(Semaphore permit) {
        acquire.accept(permit);
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
