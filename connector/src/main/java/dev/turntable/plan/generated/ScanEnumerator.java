package dev.turntable.plan.generated;

import dev.turntable.run.Operator;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.runtime.FlatLists;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a scan in the form that generated code pulls: a row of no columns is an empty list to it.
 */
final class ScanEnumerator implements Enumerator<Object> {
  private final Operator operator;
  private final boolean single;
  private final Runnable onClose;
  private @Nullable Object current;

  /**
   * @param single whether a row of one column is its value
   * @param onClose runs when the rows are closed
   */
  ScanEnumerator(Operator operator, boolean single, Runnable onClose) {
    this.operator = operator;
    this.single = single;
    this.onClose = onClose;
  }

  @Override
  @SuppressWarnings("NullAway") // a row of one column may be the null itself
  public Object current() {
    return current;
  }

  @Override
  public boolean moveNext() {
    @Nullable Object[] row = operator.next();
    if (row == null) {
      return false;
    }
    current = row.length == 0 ? FlatLists.of() : single ? row[0] : row;
    return true;
  }

  @Override
  public void reset() {
    throw new UnsupportedOperationException("a scan is read once");
  }

  @Override
  public void close() {
    operator.close();
    onClose.run();
  }
}
