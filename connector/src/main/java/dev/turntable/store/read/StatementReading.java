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
final class StatementReading {
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
  private volatile boolean ended;

  private record Key(StoreFile file) {}

  private StatementReading(StoreFile file, Waiting waiting, StatementScope scope) {
    this.file = file;
    this.waiting = waiting;
    this.scope = scope;
  }

  static StatementReading of(SourceStore store, StatementScope scope) {
    return scope.once(
        new Key(store.file()),
        () -> {
          StatementReading reading =
              new StatementReading(store.file(), store.waiting(scope), scope);
          scope.onCancel(reading::end);
          return reading;
        });
  }

  StatementScope scope() {
    return scope;
  }

  StorePaths paths() {
    return file.paths();
  }

  /** Asks something in the transaction of the statement. */
  <V extends @Nullable Object> V ask(StoreFile.Work<V> work) {
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

  /** Takes on rows that are not read yet; called by work that {@link #ask} runs. */
  void keep(StoredRows rows) {
    unread.add(rows);
  }

  /** Returns a name that no other result of the statement has. */
  long nextResult() {
    return results++;
  }

  /**
   * Reads further rows of a result, wherever they are.
   *
   * @return no row at the end
   */
  List<StoredRow> read(StoredRows rows) {
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
      StoreFile.Session mine = open;
      lettingGo =
          StoreTimer.get()
              .schedule(() -> letGoElsewhere(mine), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }
    return open;
  }

  /** Spooling may take longer than what else waits for the timer can. */
  private void letGoElsewhere(StoreFile.Session mine) {
    Thread thread =
        new Thread(
            () -> {
              turn.acquireUninterruptibly();
              try {
                if (session == mine) {
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
