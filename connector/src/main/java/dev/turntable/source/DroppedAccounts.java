package dev.turntable.source;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Accounts whose owners were dropped without being closed: the memory is free once the collector has
 * found that. No thread waits for it, for that would keep the class loader; who runs short looks.
 */
final class DroppedAccounts {
  /** Where it found nothing, the collector rests so many times as long as it took. */
  private static final int REST = 9;

  /**
   * Others close what it has found, which takes a moment: at least so long, on a busy machine some times
   * as long as the collector took.
   */
  private static final long TOLD_WITHIN_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

  private static final int TOLD_WITHIN_COLLECTIONS = 4;

  private static final long TOLD_AT_LAST_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

  private static final long LOOK_AGAIN_MS = 5;

  private final ReferenceQueue<MemoryAccount> found = new ReferenceQueue<>();
  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
  private final ReentrantLock asking = new ReentrantLock();

  /** Guarded by {@link #asking}. */
  private long askAgainAt = System.nanoTime();

  private static final class Watched extends PhantomReference<MemoryAccount> {
    private final AtomicLong balance;
    private final MemoryBudget budget;

    Watched(
        MemoryAccount account,
        ReferenceQueue<MemoryAccount> queue,
        AtomicLong balance,
        MemoryBudget budget) {
      super(account, queue);
      this.balance = balance;
      this.budget = budget;
    }
  }

  /** Watches an account; what stands in its balance when it is found dropped is given back. */
  Runnable watch(MemoryAccount account, AtomicLong balance, MemoryBudget budget) {
    giveBack();
    Watched entry = new Watched(account, found, balance, budget);
    watched.add(entry);
    return () -> {
      watched.remove(entry);
      entry.clear();
    };
  }

  /** Gives back what the collector has found. */
  void giveBack() {
    for (Reference<?> entry = found.poll(); entry != null; entry = found.poll()) {
      giveBack(entry);
    }
  }

  private void giveBack(Reference<?> entry) {
    if (entry instanceof Watched dropped && watched.remove(dropped)) {
      dropped.budget.give(dropped.balance.getAndSet(0));
    }
  }

  /**
   * Asks the collector to look, where that may help: a statement would fail for memory that nobody
   * uses any more. Some of it comes back by way of connections, which are closed once they are found.
   * Threads that run short meanwhile wait for the result.
   *
   * @param enough takes the memory, if there is as much meanwhile
   * @param ended whether nobody waits for it any more
   * @return whether there was
   */
  boolean findMore(BooleanSupplier enough, BooleanSupplier ended) {
    try {
      long begin = System.nanoTime();
      while (!asking.tryLock(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS)) {
        if (ended.getAsBoolean() || System.nanoTime() - begin > TOLD_AT_LAST_NANOS) {
          return false;
        }
      }
      try {
        return enough.getAsBoolean() || ask(enough, ended);
      } finally {
        asking.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the next wait of this thread ends with it
      return false;
    }
  }

  private boolean ask(BooleanSupplier enough, BooleanSupplier ended) throws InterruptedException {
    long begin = System.nanoTime();
    if (begin - askAgainAt < 0) {
      return false;
    }
    System.gc();
    long end = System.nanoTime();
    long wait = Math.max(TOLD_WITHIN_NANOS, TOLD_WITHIN_COLLECTIONS * (end - begin));
    while (System.nanoTime() - end < Math.min(wait, TOLD_AT_LAST_NANOS) && !ended.getAsBoolean()) {
      Reference<?> next = found.remove(LOOK_AGAIN_MS);
      if (next != null) {
        giveBack(next);
        giveBack();
      }
      if (enough.getAsBoolean()) {
        return true;
      }
    }
    askAgainAt = System.nanoTime() + REST * (end - begin);
    return false;
  }
}
