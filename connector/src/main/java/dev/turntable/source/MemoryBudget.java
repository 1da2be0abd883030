package dev.turntable.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory that everything of this driver in a JVM shares: half of the heap. What statements hold,
 * answers on their way and what is kept for later are counted here, in bytes; the other half is for
 * what is not worth counting, and for the application. Safe for use by several threads.
 *
 * <p>What is kept for later, plans, answers and the request log, takes no more than a half of it, and
 * gives way before a statement fails.
 */
public final class MemoryBudget {
  private static final MemoryBudget SHARED = new MemoryBudget(Runtime.getRuntime().maxMemory() / 2);

  /** One body takes at most so small a part. */
  private static final int BODY_PART = 8;

  /** The last part is left to owners of little, so that a point read is answered beside large sorts. */
  private static final int LAST_PART = 8;

  private static final int LITTLE_PART = 32;

  /** Gives back the memory of owners that were dropped without being closed. */
  private final DroppedAccounts dropped = new DroppedAccounts();

  private final long size;
  private final AtomicLong used = new AtomicLong();
  private final Map<Reclaimable, Boolean> caches = Collections.synchronizedMap(new WeakHashMap<>());

  /** Something kept for later that may be given up at any time. */
  public interface Reclaimable {
    /**
     * Gives up what was not used for longest, and returns its memory.
     *
     * @param bytes how much is wanted; less, if there is no more
     */
    void giveWay(long bytes);
  }

  MemoryBudget(long size) {
    this.size = size;
  }

  /** Returns the budget of this JVM. */
  public static MemoryBudget shared() {
    return SHARED;
  }

  /** Opens the account of one owner, as a cache. */
  public MemoryAccount open() {
    return new MemoryAccount(this, () -> false);
  }

  /**
   * Opens the account of a statement.
   *
   * @param ended whether it has ended, and waits for nothing any more
   */
  MemoryAccount open(BooleanSupplier ended) {
    return new MemoryAccount(this, ended);
  }

  /** Returns how many bytes there are in all. */
  public long size() {
    return size;
  }

  /** Returns how many bytes are in use. */
  public long used() {
    return used.get();
  }

  /** Returns how many bytes the body of one answer may have. */
  public long largestBody() {
    return size / BODY_PART;
  }

  /** Asks something kept for later to give way where memory is short, as long as it is in use. */
  public void add(Reclaimable cache) {
    caches.put(cache, true);
  }

  Runnable watch(MemoryAccount account, AtomicLong balance) {
    return dropped.watch(account, balance, this);
  }

  /** Takes memory for a statement that holds some already, and returns whether there was as much. */
  boolean take(long bytes, long held, BooleanSupplier ended) {
    long limit = held + bytes <= size / LITTLE_PART ? size : size - size / LAST_PART;
    if (takeBelow(limit, bytes)) {
      return true;
    }
    dropped.giveBack();
    makeRoom(used.get() + bytes - limit, null);
    if (takeBelow(limit, bytes)) {
      return true;
    }
    return held + bytes <= limit && dropped.findMore(() -> takeBelow(limit, bytes), ended);
  }

  /** Takes memory for what is kept for later; other such things give way. */
  boolean takeForLater(long bytes, Reclaimable cache) {
    long limit = size / 2;
    if (takeBelow(limit, bytes)) {
      return true;
    }
    dropped.giveBack();
    makeRoom(used.get() + bytes - limit, cache);
    return takeBelow(limit, bytes);
  }

  /** Takes memory that is in use already, whether or not there is as much. */
  void takeAnyway(long bytes) {
    used.addAndGet(bytes);
  }

  /** Returns whether there is so much to spare. */
  boolean hasRoom(long bytes) {
    return used.get() + bytes < size / 4 * 3;
  }

  void give(long bytes) {
    used.addAndGet(-bytes);
  }

  private boolean takeBelow(long limit, long bytes) {
    while (true) {
      long now = used.get();
      if (bytes > limit - now) {
        return false;
      }
      if (used.compareAndSet(now, now + bytes)) {
        return true;
      }
    }
  }

  /** The one that wants room gives way first: what it keeps already is older. */
  private void makeRoom(long missing, @Nullable Reclaimable wants) {
    List<Reclaimable> all;
    synchronized (caches) {
      all = new ArrayList<>(caches.keySet());
    }
    if (wants != null) {
      all.remove(wants);
      all.add(0, wants);
    }
    long before = used.get();
    for (Reclaimable cache : all) {
      long freed = before - used.get();
      if (freed >= missing) {
        return;
      }
      cache.giveWay(missing - freed);
    }
  }
}
