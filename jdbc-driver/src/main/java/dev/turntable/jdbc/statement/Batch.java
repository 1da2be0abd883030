package dev.turntable.jdbc.statement;

import dev.turntable.jdbc.error.SqlErrors;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a batch executes, whose memory is counted: texts, or sets of parameters.
 *
 * @param <T> one of them
 */
final class Batch<T> {
  private final StatementMemory memory;
  private final Function<T, List<? extends @Nullable Object>> values;
  private final List<T> items = new ArrayList<>();

  /**
   * @param memory counts what is kept
   * @param values what an item consists of
   */
  Batch(StatementMemory memory, Function<T, List<? extends @Nullable Object>> values) {
    this.memory = memory;
    this.values = values;
  }

  void add(@Nullable T item) throws SQLException {
    if (item == null) {
      throw SqlErrors.badValue("a batch takes no null");
    }
    int last = items.size() - 1;
    memory.addSet(values.apply(item), last < 0 ? List.of() : values.apply(items.get(last)));
    items.add(item);
  }

  /** Empties the batch and returns what was in it; its memory is counted until {@link #settle}. */
  List<T> take() {
    List<T> taken = List.copyOf(items);
    items.clear();
    return taken;
  }

  /** What was taken is needed no more. */
  void settle() {
    memory.clearBatch();
  }
}
