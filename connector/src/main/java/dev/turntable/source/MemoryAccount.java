package dev.turntable.source;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one owner has of the {@link MemoryBudget}: a statement, a cache. Closing it returns everything;
 * so does dropping it, once the collector has found that. Safe for use by several threads.
 */
public final class MemoryAccount implements AutoCloseable {
  private static final long MB = 1 << 20;

  private final MemoryBudget budget;
  private final BooleanSupplier ended;
  private final AtomicLong balance = new AtomicLong();
  private final AtomicBoolean used = new AtomicBoolean();
  private final AtomicReference<@Nullable Runnable> unwatch = new AtomicReference<>();
  private volatile boolean closed;

  MemoryAccount(MemoryBudget budget, BooleanSupplier ended) {
    this.budget = budget;
    this.ended = ended;
  }

  /**
   * Takes memory.
   *
   * @param what what it is for and what to do about it, for the message
   * @throws TurntableException as {@link ErrorKind#TOO_LARGE} if there is not as much
   */
  public void take(long bytes, MemoryUse what) {
    if (!tryTake(bytes)) {
      throw refused(bytes, what);
    }
  }

  /** Takes memory, and returns whether there was as much. */
  public boolean tryTake(long bytes) {
    if (!budget.take(bytes, balance.get(), ended)) {
      return false;
    }
    keep(bytes);
    return true;
  }

  /** Takes memory for what is kept for later and gives way; returns whether there was as much. */
  public boolean tryTakeForLater(long bytes, MemoryBudget.Reclaimable cache) {
    if (!budget.takeForLater(bytes, cache)) {
      return false;
    }
    keep(bytes);
    return true;
  }

  /** Takes memory for what must not fail: it is counted, and others have less. */
  public void takeAnyway(long bytes) {
    budget.takeAnyway(bytes);
    keep(bytes);
  }

  private void keep(long bytes) {
    balance.addAndGet(bytes);
    if (!used.get() && used.compareAndSet(false, true)) {
      unwatch.set(budget.watch(this, balance));
    }
    if (closed) {
      close(); // meanwhile: whatever is still under way finds that out by itself
    }
  }

  /** Gives memory back; no more than there is, for closing has given back everything. */
  public void give(long bytes) {
    long before = balance.getAndUpdate(held -> Math.max(0, held - bytes));
    budget.give(Math.min(before, bytes));
  }

  /** Returns how many bytes are taken. */
  public long held() {
    return balance.get();
  }

  /** Returns the failure of one that wants more than there is. */
  public TurntableException refused(long bytes, MemoryUse what) {
    return new TurntableException(
        ErrorKind.TOO_LARGE,
        what.subject()
            + " would take more memory than there is: "
            + shown(balance.get() + bytes)
            + " for this statement, where all statements share "
            + shown(budget.size())
            + ", half of the heap, of which "
            + shown(budget.used())
            + " are in use; "
            + what.remedy()
            + ", or give the JVM a larger heap (-Xmx)");
  }

  /** Returns a size as people read it. */
  static String shown(long bytes) {
    return bytes < MB ? Math.max(1, bytes >> 10) + " KiB" : (bytes + MB / 2) / MB + " MiB";
  }

  @Override
  public void close() {
    closed = true;
    budget.give(balance.getAndSet(0));
    Runnable last = unwatch.getAndSet(null);
    if (last != null) {
      last.run();
    }
  }
}
