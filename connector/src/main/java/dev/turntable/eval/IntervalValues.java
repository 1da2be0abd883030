package dev.turntable.eval;

import org.apache.calcite.rel.type.RelDataType;

/** Intervals that clients bind as text. */
public final class IntervalValues {
  private IntervalValues() {}

  /**
   * Returns the interval in internal form: months, or milliseconds.
   *
   * @throws dev.turntable.source.TurntableException if the text is not one of the type
   */
  public static Object parse(String text, RelDataType type) {
    return Casts.interval(text, type);
  }
}
