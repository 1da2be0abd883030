package dev.turntable.source;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The steps of reading that are known and not yet begun, for whoever tells how far a statement is. Safe
 * for use by several threads.
 */
public final class StepsLeft {
  private final AtomicLong known = new AtomicLong();
  private final AtomicLong followed = new AtomicLong();
  private final AtomicLong others = new AtomicLong();

  StepsLeft() {}

  /**
   * Tells of steps that have become known, or, below zero, of steps that have begun.
   *
   * @param areFollowed whether others may follow them, as pages of a list do, and nobody knows how many
   */
  public void add(long steps, boolean areFollowed) {
    (areFollowed ? followed : known).addAndGet(steps);
  }

  /** Tells that steps will become known which nobody can count yet: of another table, or of keys. */
  public void expectOthers() {
    others.incrementAndGet();
  }

  /** Tells that those are known now. */
  public void expectNoOthers() {
    others.decrementAndGet();
  }

  /** Returns how many steps are known, or 0. */
  public long count() {
    return Math.max(0, known.get() + followed.get());
  }

  /** Returns whether those that are known are all. */
  public boolean isAll() {
    return others.get() <= 0 && followed.get() <= 0;
  }
}
