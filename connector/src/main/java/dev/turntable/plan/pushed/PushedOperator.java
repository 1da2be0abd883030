package dev.turntable.plan.pushed;

import dev.turntable.run.Execution;
import dev.turntable.run.Operator;
import dev.turntable.source.KeptDatabase;
import org.jspecify.annotations.Nullable;

/** The rows of a query that another database runs. */
final class PushedOperator implements Operator {
  private final KeptDatabase.Rows rows;
  private final Execution execution;
  private final Runnable atItsEnd;
  private boolean ended;

  PushedOperator(KeptDatabase.Rows rows, Execution execution, Runnable atItsEnd) {
    this.rows = rows;
    this.execution = execution;
    this.atItsEnd = atItsEnd;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    execution.check();
    @Nullable Object[] row = rows.next();
    if (row == null && !ended) {
      ended = true;
      atItsEnd.run();
    }
    return row;
  }

  @Override
  public void close() {
    ended = true;
    rows.close();
  }
}
