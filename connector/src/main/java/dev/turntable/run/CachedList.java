package dev.turntable.run;

import dev.turntable.source.MemoryBudget;
import dev.turntable.source.StatementScope;
import dev.turntable.source.ValueSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one list, once a scan has read it to its end. Filled and read by the thread of the
 * statement; any thread may make it give way, but not while it is read.
 */
final class CachedList implements MemoryBudget.Reclaimable {
  /** Sizes are summed up as far as this, so that a row costs an addition. */
  private static final int SUMMED_UP = 64 << 10;

  private static final int GONE = -1;

  private final StatementScope scope;
  private final List<Integer> columns;
  private final int width;
  private final AtomicLong room;
  private final AtomicInteger readers = new AtomicInteger();
  private volatile @Nullable Filling whole;

  /**
   * @param columns the positions of the columns that are kept
   * @param width how many columns the table has
   * @param room how many bytes the lists of the statement may still take
   */
  CachedList(StatementScope scope, Set<Integer> columns, int width, AtomicLong room) {
    this.scope = scope;
    this.columns = List.copyOf(columns);
    this.width = width;
    this.room = room;
  }

  /** Returns the positions of the columns that are kept. */
  List<Integer> columns() {
    return columns;
  }

  /** Returns what a scan that reads the list fills. */
  Filling fill() {
    return new Filling();
  }

  /** Returns whether the rows are there, and equal requests no longer find their answers. */
  boolean isAtHand() {
    return whole != null && scope.answers().isIncomplete();
  }

  /**
   * Returns the rows, as wide as those of the table, from behind those that a scan has read already;
   * null if they are not there, or are others.
   */
  @Nullable Operator open(@Nullable Filling read) {
    Filling rows = whole;
    if (rows == null
        || (read != null && !read.isBeginOf(rows))
        || readers.updateAndGet(now -> now == GONE ? GONE : now + 1) == GONE) {
      return null;
    }
    return new Rows(rows.rows, read == null ? 0 : read.rows.size());
  }

  @Override
  public void giveWay(long bytes) {
    Filling rows = whole;
    if (rows != null && readers.compareAndSet(0, GONE)) {
      whole = null;
      rows.free();
    }
  }

  /** What one scan has read of the list. */
  final class Filling {
    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private boolean ended;
    private long pending;
    private long held;

    /** Keeps one more row, unless there is no room. */
    void add(@Nullable Object[] row) {
      if (ended) {
        return;
      }
      @Nullable Object[] kept = new Object[columns.size()];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = row[columns.get(i)];
      }
      rows.add(kept);
      pending += ValueSize.ofRow(kept);
      if (pending >= SUMMED_UP && !take()) {
        close();
      }
    }

    private boolean take() {
      boolean taken =
          room.addAndGet(-pending) >= 0 && scope.memory().tryTakeForLater(pending, CachedList.this);
      if (taken) {
        held += pending;
      } else {
        room.addAndGet(pending);
      }
      pending = 0;
      return taken;
    }

    /** The list was read to its end. */
    void complete() {
      if (!ended && whole == null && readers.get() != GONE && take()) {
        ended = true;
        whole = this;
        MemoryBudget.shared().add(CachedList.this);
      }
      close();
    }

    private boolean isBeginOf(Filling other) {
      return !ended
          && rows.size() <= other.rows.size()
          && Arrays.deepEquals(rows.toArray(), other.rows.subList(0, rows.size()).toArray());
    }

    /** It is not read on, or does not fit. */
    void close() {
      if (!ended) {
        ended = true;
        rows.clear();
        free();
      }
    }

    private void free() {
      scope.memory().give(held);
      room.addAndGet(held);
      held = 0;
    }
  }

  private final class Rows implements Operator {
    private final List<@Nullable Object[]> rows;
    private int next;
    private boolean closed;

    Rows(List<@Nullable Object[]> rows, int first) {
      this.rows = rows;
      this.next = first;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      if (next == rows.size()) {
        return null;
      }
      @Nullable Object[] kept = rows.get(next++);
      @Nullable Object[] row = new Object[width];
      for (int i = 0; i < kept.length; i++) {
        row[columns.get(i)] = kept[i];
      }
      return row;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        readers.decrementAndGet();
      }
    }
  }
}
