package dev.turntable.run;

import dev.turntable.source.MemoryUse;
import dev.turntable.source.TurntableException;
import dev.turntable.source.ValueSize;
import org.jspecify.annotations.Nullable;

/**
 * What one operator keeps; counts its bytes, and looks with each whether to go on. Used by one
 * thread.
 */
public final class MemoryTracker {
  /** The entry of a value in a list or a map. */
  public static final int VALUE = 32;

  /** Sizes are summed up here as far as this, so that a row costs an addition. */
  private static final int SUMMED_UP = 4 << 10;

  private final Execution execution;
  private final MemoryUse use;
  private long counted;
  private long pending;

  /**
   * @param step what keeps rows, for messages: {@code ORDER BY}, {@code a join}
   */
  public MemoryTracker(Execution execution, String step) {
    this.execution = execution;
    this.use = use(step);
  }

  private static MemoryUse use(String step) {
    return new MemoryUse("what " + step + " keeps of its rows", "filter or limit them");
  }

  /**
   * Counts one more row that is kept.
   *
   * @throws TurntableException if there is no memory for it, or the statement was cancelled or ran out
   *     of time
   */
  public void add(@Nullable Object[] row) {
    add(ValueSize.ofRow(row));
  }

  /** As {@link #add(Object[])}, for a value. */
  public void addValue(@Nullable Object value) {
    add(VALUE + ValueSize.of(value));
  }

  /** As {@link #add(Object[])}, for so many bytes. */
  public void add(long bytes) {
    pending += bytes;
    if (Math.abs(pending) >= SUMMED_UP) {
      settle();
    }
    tick();
  }

  private void settle() {
    if (pending > 0) {
      execution.scope().memory().take(pending, use);
    } else {
      execution.scope().memory().give(-pending);
    }
    counted += pending;
    pending = 0;
  }

  /** Counts a value that is kept instead of another one; numbers are as good as nothing. */
  public void replace(@Nullable Object old, @Nullable Object value) {
    if (value instanceof Number) {
      return;
    }
    add(ValueSize.of(value) - ValueSize.of(old));
  }

  /** One of what was added is no longer kept. */
  void remove(@Nullable Object[] row) {
    add(-ValueSize.ofRow(row));
  }

  /**
   * Counts one step of a long loop.
   *
   * @throws TurntableException if the statement was cancelled or ran out of time
   */
  public void tick() {
    execution.check();
  }

  /** Nothing is kept any more. */
  public void releaseAll() {
    execution.scope().memory().give(Math.max(0, counted));
    counted = 0;
    pending = 0;
  }
}
