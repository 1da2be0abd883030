package dev.turntable.store.write;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.store.file.StoreFile;
import dev.turntable.store.file.StoreTimer;
import dev.turntable.store.file.Waiting;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one store, in the background and many changes at a time: at the latest after a second, or
 * once enough rows have come. Who reads the store writes first what has come so far. Safe for use by
 * several threads.
 */
public final class StoreWriter {
  private static final Map<StoreFile, StoreWriter> WRITERS = new ConcurrentHashMap<>();

  private static final int ROWS = 2_000;
  private static final Duration LONGEST = Duration.ofSeconds(1);

  /** Who gives more than this waits until it is written. */
  private static final long MOST_BYTES = 32L << 20;

  private final StoreFile file;
  private final Semaphore flushing = new Semaphore(1, true);
  private final Deque<Change> changes = new ArrayDeque<>();
  private long bytes;
  private long rows;
  private long version;
  private long writes;
  private @Nullable ScheduledFuture<?> planned;
  private @Nullable TurntableException failure;
  private volatile @Nullable SyncTally tally;

  private StoreWriter(StoreFile file) {
    this.file = file;
  }

  /** Returns what writes to a file, for all of this process. */
  public static StoreWriter of(StoreFile file) {
    return WRITERS.computeIfAbsent(file, StoreWriter::new);
  }

  /** Adds changes, which are written in their order. */
  public void add(List<? extends Change> more) {
    boolean full;
    synchronized (this) {
      for (Change change : more) {
        writes += change instanceof Change.Intended || change instanceof Change.Written ? 1 : 0;
        version += change instanceof Change.Sent ? 0 : 1;
        changes.add(change);
        bytes += change.size();
        rows += change.rows();
      }
      full = bytes > MOST_BYTES;
      if (rows >= ROWS && planned != null && planned.getDelay(TimeUnit.NANOSECONDS) > 0) {
        planned.cancel(false);
        planned = null;
      }
      if (planned == null && !changes.isEmpty()) {
        planned =
            StoreTimer.get()
                .schedule(
                    this::flushQuietly,
                    rows >= ROWS ? 0 : LONGEST.toMillis(),
                    TimeUnit.MILLISECONDS);
      }
    }
    if (full) {
      flushQuietly();
    }
  }

  /** Counts from now on what changes. */
  public void tally(SyncTally counts) {
    tally = counts;
  }

  /** Returns a number that changes with every change of what may be answered. */
  public synchronized long version() {
    return version;
  }

  /** Returns a number that changes with every write to the service that is told. */
  public synchronized long writes() {
    return writes;
  }

  /** Returns why changes were lost since this was last asked, or null if none were. */
  public synchronized @Nullable TurntableException takeFailure() {
    TurntableException known = failure;
    failure = null;
    return known;
  }

  /**
   * Writes what has come so far.
   *
   * @throws TurntableException if that cannot be; what the store would have had is then asked for again
   */
  public void flush(Waiting waiting) {
    waiting.acquire(flushing);
    try {
      List<Change> batch = take();
      if (batch.isEmpty()) {
        return;
      }
      try {
        file.write(waiting, connection -> new ChangeWriter(connection, tally).write(batch));
      } catch (TurntableException e) {
        if (e.kind() == ErrorKind.STORE_BUSY
            || e.kind() == ErrorKind.CANCELLED
            || e.kind() == ErrorKind.CLOSED
            || e.kind() == ErrorKind.TIMEOUT) {
          putBack(batch); // the next time
        }
        throw e;
      }
    } finally {
      flushing.release();
    }
  }

  private synchronized List<Change> take() {
    List<Change> batch = new ArrayList<>(changes);
    changes.clear();
    bytes = 0;
    rows = 0;
    if (planned != null) {
      planned.cancel(false);
      planned = null;
    }
    return batch;
  }

  private synchronized void putBack(List<Change> batch) {
    for (int i = batch.size() - 1; i >= 0 && bytes <= MOST_BYTES; i--) {
      changes.addFirst(batch.get(i));
      bytes += batch.get(i).size();
      rows += batch.get(i).rows();
    }
  }

  private void flushQuietly() {
    try {
      flush(Waiting.patient(LONGEST));
    } catch (RuntimeException e) {
      synchronized (this) {
        failure =
            e instanceof TurntableException known
                ? known
                : new TurntableException(ErrorKind.INTERNAL, "defect in Turntable: " + e, e);
        planned = null;
        if (!changes.isEmpty()) {
          planned =
              StoreTimer.get()
                  .schedule(this::flushQuietly, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    }
  }
}
