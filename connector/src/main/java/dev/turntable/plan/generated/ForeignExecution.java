package dev.turntable.plan.generated;

import dev.turntable.run.Execution;
import dev.turntable.run.Operator;
import dev.turntable.source.StatementScope;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.DataContext;
import org.jspecify.annotations.Nullable;

/** The execution of a scan in somebody else's Calcite: parameters, time and cancel come from there. */
final class ForeignExecution implements AutoCloseable {
  private final StatementScope scope;
  private final Execution execution;
  private final @Nullable AtomicBoolean cancelled;

  ForeignExecution(DataContext context, StatementScope scope) {
    this.scope = scope;
    Object now = context.get(DataContext.Variable.CURRENT_TIMESTAMP.camelName);
    this.execution =
        new Execution(
            scope,
            parameters(context),
            now instanceof Long millis ? Instant.ofEpochMilli(millis) : Instant.now());
    execution.expectLimit(); // whatever stands above the scan is not known here
    this.cancelled =
        context.get(DataContext.Variable.CANCEL_FLAG.camelName) instanceof AtomicBoolean flag
            ? flag
            : null;
  }

  private static List<@Nullable Object> parameters(DataContext context) {
    return new AbstractList<>() {
      @Override
      public @Nullable Object get(int index) {
        return context.get("?" + index);
      }

      @Override
      public int size() {
        int size = 0;
        while (context.get("?" + size) != null) {
          size++;
        }
        return size;
      }
    };
  }

  Execution execution() {
    return execution;
  }

  /** Looks at the other Calcite's cancel flag before every row. */
  Operator watched(Operator rows) {
    return new Operator() {
      @Override
      public @Nullable Object @Nullable [] next() {
        if (cancelled != null && cancelled.get()) {
          scope.cancel();
          scope.ensureOpen();
        }
        return rows.next();
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }

  @Override
  public void close() {
    scope.close();
  }
}
