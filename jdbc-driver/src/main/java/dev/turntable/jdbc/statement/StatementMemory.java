package dev.turntable.jdbc.statement;

import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.source.MemoryAccount;
import dev.turntable.source.MemoryBudget;
import dev.turntable.source.MemoryUse;
import dev.turntable.source.ValueSize;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory of what a statement keeps from one execution to the next: its plan, its batch. Returned
 * when the statement is closed or dropped.
 */
final class StatementMemory implements AutoCloseable {
  private static final int SET = 64;

  private static final MemoryUse PLAN =
      new MemoryUse("one more statement that is kept open", "close those no longer needed");

  private static final MemoryUse BATCH = new MemoryUse("the batch", "execute it in several parts");

  private final MemoryAccount account = MemoryBudget.shared().open();
  private long batch;

  /** Counts a plan that is kept as long as the statement is open. */
  void addPlan(long bytes) throws SQLException {
    SqlErrors.run(() -> account.take(bytes, PLAN));
  }

  /**
   * Counts a set of values of a batch.
   *
   * @param last the set before; a value that is the very same takes nothing again
   */
  void addSet(List<? extends @Nullable Object> values, List<? extends @Nullable Object> last)
      throws SQLException {
    long size = SET;
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      size += i < last.size() && last.get(i) == value ? 0 : ValueSize.of(value);
    }
    long bytes = size;
    SqlErrors.run(() -> account.take(bytes, BATCH));
    batch += bytes;
  }

  /** The batch is empty. */
  void clearBatch() {
    account.give(batch);
    batch = 0;
  }

  @Override
  public void close() {
    account.close();
  }
}
