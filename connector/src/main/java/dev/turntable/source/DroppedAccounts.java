package dev.turntable.source;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Accounts whose owners were dropped without being closed: the memory is free once the collector has
 * found that. No thread waits for it, for that would keep the class loader; who runs short looks.
 */
final class DroppedAccounts {
  /** Where it found nothing, the collector is not asked again so soon. */
  private static final long ASK_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** It tells a moment after it has found something. */
  private static final long TOLD_AFTER_MS = 50;

  private final ReferenceQueue<MemoryAccount> found = new ReferenceQueue<>();
  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
  private final AtomicLong askedAt = new AtomicLong(System.nanoTime() - ASK_AFTER_NANOS);

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
   * uses any more.
   *
   * @return whether something was found
   */
  boolean findMore() {
    long last = askedAt.get();
    long now = System.nanoTime();
    if (now - last < ASK_AFTER_NANOS || !askedAt.compareAndSet(last, now)) {
      return false;
    }
    System.gc();
    try {
      Reference<?> first = found.remove(TOLD_AFTER_MS);
      if (first != null) {
        giveBack(first);
        giveBack();
        askedAt.set(System.nanoTime() - ASK_AFTER_NANOS);
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever waits next for anything heeds it
    }
    return false;
  }
}
