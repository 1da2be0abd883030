package dev.turntable.store.write;

import java.util.concurrent.atomic.LongAdder;

/** Counts what changes in a store while it is brought up to date. Safe for use by several threads. */
public final class SyncTally {
  private final LongAdder added = new LongAdder();
  private final LongAdder changed = new LongAdder();
  private final LongAdder gone = new LongAdder();

  /** Returns how many rows the store did not have before. */
  public long added() {
    return added.sum();
  }

  /** Returns how many rows have other values now. */
  public long changed() {
    return changed.sum();
  }

  /** Returns how many rows the service has no more. */
  public long gone() {
    return gone.sum();
  }

  void count(long newRows, long changedRows) {
    added.add(newRows);
    changed.add(changedRows);
  }

  void countGone(long rows) {
    gone.add(rows);
  }
}
