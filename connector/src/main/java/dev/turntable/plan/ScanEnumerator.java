package dev.turntable.plan;

import dev.turntable.run.Operator;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.runtime.FlatLists;
import org.jspecify.annotations.Nullable;

/** The rows of a scan in the form that generated code pulls. */
final class ScanEnumerator implements Enumerator<Object> {
  private final Operator operator;
  private final JavaRowFormat form;
  private final Runnable onClose;
  private @Nullable Object current;

  /**
   * @param form what generated code takes a row for; depends on the number of columns
   * @param onClose runs when the rows are closed
   */
  ScanEnumerator(Operator operator, JavaRowFormat form, Runnable onClose) {
    this.operator = operator;
    this.form = form;
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
    current =
        switch (form) {
          case SCALAR -> row[0];
          case LIST -> FlatLists.of(row);
          default -> row;
        };
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
