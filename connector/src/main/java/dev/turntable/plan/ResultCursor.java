package dev.turntable.plan;

import dev.turntable.engine.RowCursor;
import dev.turntable.run.Operator;
import dev.turntable.source.TurntableException;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** The rows of a result, in the types that a driver expects. */
final class ResultCursor implements RowCursor {
  private final Operator operator;
  private final List<RelDataType> types;
  private final long maxRows;
  private long returned;
  private @Nullable Object @Nullable [] row;
  private @Nullable TurntableException failure;
  private boolean ended;

  ResultCursor(Operator operator, List<RelDataType> types, long maxRows) {
    this.operator = operator;
    this.types = types;
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
      row = operator.next();
    } catch (RuntimeException | Error e) {
      failure = Mishaps.running(e);
      row = null;
      throw e;
    }
    ended = row == null;
    returned++;
    return !ended;
  }

  @Override
  public @Nullable Object value(int column) {
    if (row == null) {
      throw new IllegalStateException("no current row");
    }
    return Values.external(row[column], types.get(column));
  }

  @Override
  public void close() {
    ended = true;
    row = null;
    operator.close();
  }
}
