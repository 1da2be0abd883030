package dev.turntable.run;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import org.jspecify.annotations.Nullable;

/** Reads OFFSET and FETCH, which may be parameters. */
final class Bounds {
  private Bounds() {}

  /** Returns the value, or the default if there is no bound. */
  static long value(@Nullable Scalar bound, long ifNone, String name, Execution execution) {
    return value(bound, ifNone, name, execution, new Object[0]);
  }

  static long value(
      @Nullable Scalar bound,
      long ifNone,
      String name,
      Execution execution,
      @Nullable Object[] row) {
    if (bound == null) {
      return ifNone;
    }
    Object value = bound.eval(row, execution);
    if (!(value instanceof Number number) || number.longValue() < 0) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE, name + " must be a number of at least 0, not " + value);
    }
    return number.longValue();
  }
}
