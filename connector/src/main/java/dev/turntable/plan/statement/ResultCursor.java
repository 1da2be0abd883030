package dev.turntable.plan.statement;

import dev.turntable.engine.RowCursor;
import dev.turntable.plan.error.CalciteErrors;
import dev.turntable.run.Operator;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The rows of a result, in the types that a driver expects. */
public final class ResultCursor implements RowCursor {
  private final Operator operator;
  private final StatementScope scope;
  private final List<? extends UnaryOperator<@Nullable Object>> forms;
  private final long maxRows;
  private long returned;
  private @Nullable Object @Nullable [] row;
  private @Nullable TurntableException failure;
  private boolean ended;

  /**
   * @param operator gives the rows in internal form
   * @param scope the statement, which each row looks at
   * @param forms turns the value of each column into what a driver expects
   * @param maxRows at most so many rows; 0 means all
   */
  public ResultCursor(
      Operator operator,
      StatementScope scope,
      List<? extends UnaryOperator<@Nullable Object>> forms,
      long maxRows) {
    this.operator = operator;
    this.scope = scope;
    this.forms = forms;
    this.maxRows = maxRows;
  }

  @Override
  public boolean next() {
    if (ended || (maxRows > 0 && returned == maxRows)) {
      ended = true;
      row = null;
      return false;
    }
    if (failure != null) {
      // Whatever the operators would say now, the result is not complete.
      throw new TurntableException(failure.kind(), String.valueOf(failure.getMessage()), failure);
    }
    try {
      scope.check();
      row = operator.next();
    } catch (RuntimeException | Error e) {
      failure = CalciteErrors.running(e);
      row = null;
      throw e;
    }
    ended = row == null;
    returned++;
    return !ended;
  }

  @Override
  public @Nullable Object value(int column) {
    @Nullable Object[] current = row;
    if (current == null) {
      scope.ensureOpen(); // closed by another thread, while this one reads the row
      throw new IllegalStateException("no current row");
    }
    return forms.get(column).apply(current[column]);
  }

  @Override
  public void close() {
    ended = true;
    row = null;
    operator.close();
  }
}
