package dev.turntable.eval;

import dev.turntable.run.Accumulator;
import dev.turntable.run.Execution;
import dev.turntable.run.MemoryTracker;
import dev.turntable.source.ValueSize;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.jspecify.annotations.Nullable;

/** What JSON_ARRAYAGG and JSON_OBJECTAGG share: items between brackets, and NULL for no rows. */
abstract class JsonList implements Accumulator {
  /** Text grows by doubling, and is copied at its end. */
  private static final long PER_BYTE = 3;

  final Arguments arguments;
  final Execution execution;
  private final MemoryTracker held;
  private final boolean absent;
  private final StringBuilder text = new StringBuilder();
  private final char close;
  private boolean any;

  JsonList(
      Arguments arguments,
      Execution execution,
      MemoryTracker held,
      SqlJsonConstructorNullClause nulls,
      char open,
      char close) {
    this.arguments = arguments;
    this.execution = execution;
    this.held = held;
    this.absent = nulls == SqlJsonConstructorNullClause.ABSENT_ON_NULL;
    this.text.append(open);
    this.close = close;
  }

  /** Adds an item, unless its value is NULL and such are absent. */
  final void add(@Nullable Object value, Supplier<String> item) {
    any = true;
    if (value != null || !absent) {
      String one = item.get();
      held.add(PER_BYTE * ValueSize.of(one));
      text.append(text.length() > 1 ? "," : "").append(one);
    }
  }

  @Override
  public final @Nullable Object result() {
    return any ? text.toString() + close : null;
  }
}
