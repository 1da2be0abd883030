package dev.turntable.eval;

import dev.turntable.source.TimeText;
import dev.turntable.source.TurntableException;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import org.apache.calcite.rel.type.RelDataType;

/** From the text of dates, times and timestamps to values in internal form: UTC, floored. */
final class DatetimeText {
  private static final int MAX_FRACTION = 3;

  private DatetimeText() {}

  /** Returns how many digits of a second's fraction the type keeps: 0 to 3. */
  static int fraction(RelDataType type) {
    int precision = type.getPrecision();
    return Math.min(MAX_FRACTION, Math.max(0, precision));
  }

  /** Returns the milliseconds between two neighbouring values of the type. */
  static long step(RelDataType type) {
    return switch (fraction(type)) {
      case 0 -> 1000;
      case 1 -> 100;
      case 2 -> 10;
      default -> 1;
    };
  }

  static Object parse(String text, RelDataType type) {
    try {
      if (SqlTypes.isDate(type)) {
        return Math.toIntExact(TimeText.date(text).toEpochDay());
      }
      if (SqlTypes.isTime(type)) {
        return (int) floor(TimeText.time(text).toNanoOfDay() / 1_000_000, type);
      }
      return floor(TimeText.timestamp(text).toInstant(ZoneOffset.UTC).toEpochMilli(), type);
    } catch (DateTimeException | ArithmeticException e) {
      TurntableException failure = ValueErrors.badValue(text, Numbers.name(type));
      failure.addSuppressed(e);
      throw failure;
    }
  }

  private static long floor(long millis, RelDataType type) {
    long step = step(type);
    return Math.floorDiv(millis, step) * step;
  }
}
