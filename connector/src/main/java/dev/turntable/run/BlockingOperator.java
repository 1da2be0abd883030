package dev.turntable.run;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** An operator that reads its whole input before its first row. */
abstract class BlockingOperator extends InputOperator {
  final MemoryTracker held;
  private @Nullable Iterator<@Nullable Object[]> rows;

  /**
   * @param step what it is, for messages
   */
  BlockingOperator(Operator input, String step, Execution execution) {
    super(input);
    this.held = new MemoryTracker(execution, step);
  }

  /** Reads the input and returns all rows; called once. */
  abstract Iterator<@Nullable Object[]> compute();

  @Override
  public final @Nullable Object @Nullable [] next() {
    Iterator<@Nullable Object[]> current = rows;
    if (current == null) {
      current = compute();
      rows = current;
      input.close();
    }
    return current.hasNext() ? current.next() : null;
  }

  @Override
  public final void close() {
    super.close();
    rows = null;
    held.releaseAll();
  }
}
