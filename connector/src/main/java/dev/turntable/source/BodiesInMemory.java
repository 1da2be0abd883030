package dev.turntable.source;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The bodies of answers that a statement has in memory: those on their way, and those whose rows were
 * read ahead and are not yet used up. Safe for use by several threads.
 */
public final class BodiesInMemory {
  private static final Duration POLL = Duration.ofMillis(20);

  /** What does not fit is to fail soon. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final StatementScope scope;
  private final MemoryAccount memory;
  private final Map<Thread, PageMemory> readings = new ConcurrentHashMap<>();
  private final Semaphore oneByOne = new Semaphore(1);
  private final AtomicLong passing = new AtomicLong();

  BodiesInMemory(StatementScope scope, MemoryAccount memory) {
    this.scope = scope;
    this.memory = memory;
  }

  /**
   * Waits a moment for memory, as long as this statement has bodies on their way or rows read ahead,
   * which make room when they are taken. To be called with no slot held.
   *
   * @return whether there seems to be as much now
   */
  public boolean await(long bytes) {
    return await(bytes, () -> passing.get() > 0);
  }

  /** As {@link #await(long)}, as long as something else may make room. */
  public boolean await(long bytes, BooleanSupplier mayCome) {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (mayCome.getAsBoolean() && System.nanoTime() - end < 0) {
      if (MemoryBudget.shared().hasRoom(bytes)) {
        return true;
      }
      scope.pause(POLL);
    }
    return false;
  }

  /** Counts what bodies on their way, and rows read ahead, have of the statement's memory. */
  public void count(long bytes) {
    passing.addAndGet(bytes);
  }

  /** Returns the one permit for what found no memory beside the others: such are read one by one. */
  public Semaphore oneByOne() {
    return oneByOne;
  }

  /** Opens an account of what one step reads, until its rows are no longer wanted. */
  public PageMemory newPage() {
    return new PageMemory(this, memory);
  }

  /** Runs a step; what it reads, in this thread, is kept until {@code rows} is closed. */
  public <V> V reading(PageMemory rows, Supplier<V> step) {
    Thread thread = Thread.currentThread();
    PageMemory outer = readings.put(thread, rows);
    try {
      return step.get();
    } finally {
      if (outer == null) {
        readings.remove(thread);
      } else {
        readings.put(thread, outer);
      }
    }
  }

  /**
   * Tells that a body was read whose memory is taken: it stays so as long as the rows of the step are
   * wanted that this thread runs.
   */
  public void keep(long bytes) {
    PageMemory rows = readings.get(Thread.currentThread());
    if (rows == null) {
      memory.give(bytes);
      count(-bytes);
    } else {
      rows.add(bytes);
    }
  }
}
