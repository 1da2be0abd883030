package dev.turntable.store.read;

import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import dev.turntable.store.file.Sql;
import dev.turntable.store.file.StoreErrors;
import dev.turntable.store.file.StoreFile;
import dev.turntable.store.file.StorePaths;
import dev.turntable.store.file.StoreTimer;
import dev.turntable.store.file.Waiting;
import dev.turntable.store.table.StoredRow;
import dev.turntable.store.write.StoreWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one statement reads of a store: in one transaction, so that all its rows, and what tells that they
 * are all, are of the same moment. After a second the file is let go, for other processes to write: rows
 * that are not yet wanted by then wait in a file of their own, and what is read later is of a later moment.
 * Safe for use by several threads.
 */
public final class StatementReading {
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final StoreFile file;
  private final Waiting waiting;
  private final StatementScope scope;
  private final Semaphore turn = new Semaphore(1, true);
  private final List<StoredRows> unread = new ArrayList<>();
  private StoreFile.@Nullable Session session;
  private @Nullable ScheduledFuture<?> lettingGo;
  private long writes;
  private long results;
  private long transactions;
  private volatile long heldUntil = System.nanoTime();
  private volatile boolean ended;

  private record Key(StoreFile file, boolean waits) {}

  private StatementReading(StoreFile file, Waiting waiting, StatementScope scope) {
    this.file = file;
    this.waiting = waiting;
    this.scope = scope;
  }

  public static StatementReading of(SourceStore store, StatementScope scope) {
    return of(store, true, scope);
  }

  /**
   * Returns what a statement reads.
   *
   * @param waits whether it waits for other processes
   */
  public static StatementReading of(SourceStore store, boolean waits, StatementScope scope) {
    return scope.once(
        new Key(store.file(), waits),
        () -> {
          Waiting waiting = waits ? store.waiting(scope) : store.file().impatient();
          StatementReading reading = new StatementReading(store.file(), waiting, scope);
          scope.onCancel(reading::end);
          return reading;
        });
  }

  public StatementScope scope() {
    return scope;
  }

  public StoreFile file() {
    return file;
  }

  StorePaths paths() {
    return file.paths();
  }

  /** Asks something in the transaction of the statement. */
  public <V extends @Nullable Object> V ask(StoreFile.Work<V> work) {
    waiting.acquire(turn);
    try {
      waiting.ensureWanted();
      try {
        return session().run(waiting, work);
      } catch (TurntableException e) {
        lose(e); // DuckDB goes on with no transaction in which something failed
        throw e;
      }
    } finally {
      giveTurn();
    }
  }

  /**
   * Keeps the file for a moment longer, for a question that builds on the last one.
   *
   * @return a number that changes with each transaction
   */
  public long hold() {
    heldUntil = System.nanoTime() + LONGEST.toNanos();
    return transactions;
  }

  /** Returns whether the transaction is still the one of a number that {@link #hold} returned. */
  public boolean isSame(long transaction) {
    return session != null && transactions == transaction;
  }

  /** Takes on rows that are not read yet; called by work that {@link #ask} runs. */
  void keep(StoredRows rows) {
    unread.add(rows);
  }

  /** Returns a name that no other result of the statement has. */
  public long nextResult() {
    return results++;
  }

  /**
   * Reads further rows of a result, wherever they are.
   *
   * @return no row at the end
   */
  public List<StoredRow> read(StoredRows rows) {
    waiting.acquire(turn);
    try {
      waiting.ensureWanted();
      List<StoredRow> page = rows.read(session, waiting);
      if (rows.isRead()) {
        unread.remove(rows);
        rows.close();
      }
      return page;
    } catch (IOException e) {
      throw StoreErrors.of(file.paths().directory(), e);
    } finally {
      giveTurn();
    }
  }

  private StoreFile.Session session() {
    if (session != null && writes != StoreWriter.of(file).writes()) {
      letGo(); // what this process has written since is not in its transaction
    }
    StoreFile.Session open = session;
    if (open == null) {
      StoreWriter.of(file).flush(waiting);
      writes = StoreWriter.of(file).writes();
      open = file.begin(waiting);
      session = open;
      open.run(
          waiting,
          connection -> {
            Sql.execute(connection, "BEGIN TRANSACTION");
            return true;
          });
      letGoIn(LONGEST, open);
    }
    return open;
  }

  private void letGoIn(Duration time, StoreFile.Session mine) {
    lettingGo =
        StoreTimer.get()
            .schedule(() -> letGoElsewhere(mine), time.toMillis() + 1, TimeUnit.MILLISECONDS);
  }

  /** Spooling may take longer than what else waits for the timer can. */
  private void letGoElsewhere(StoreFile.Session mine) {
    Thread thread =
        new Thread(
            () -> {
              turn.acquireUninterruptibly();
              try {
                Duration held = Duration.ofNanos(heldUntil - System.nanoTime());
                if (session == mine && !held.isNegative()) {
                  letGoIn(held, mine);
                } else if (session == mine) {
                  letGo();
                }
              } finally {
                giveTurn();
              }
            },
            "turntable-store-spool");
    thread.setDaemon(true);
    thread.start();
  }

  private void letGo() {
    StoreFile.Session open = session;
    if (open == null) {
      return;
    }
    try {
      for (StoredRows rows : unread) {
        rows.spool(open, waiting);
      }
      closeSession();
    } catch (IOException e) {
      lose(StoreErrors.of(file.paths().directory(), e));
    } catch (TurntableException e) {
      lose(e);
    }
  }

  /** What was not read yet cannot be read any more. */
  private void lose(TurntableException why) {
    unread.forEach(rows -> rows.lose(why));
    closeSession();
  }

  private void closeSession() {
    StoreFile.Session open = session;
    session = null;
    transactions++;
    if (lettingGo != null) {
      lettingGo.cancel(false);
      lettingGo = null;
    }
    if (open != null) {
      open.close();
    }
  }

  private void giveTurn() {
    turn.release();
    if (ended) {
      end();
    }
  }

  /** The statement is over. Whoever has the turn at this moment comes here again. */
  private void end() {
    ended = true;
    if (turn.tryAcquire()) {
      try {
        unread.forEach(StoredRows::close);
        unread.clear();
        closeSession();
      } finally {
        turn.release();
      }
    }
  }
}
