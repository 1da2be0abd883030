package dev.turntable.eval;

import dev.turntable.source.TurntableException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import org.apache.calcite.rel.type.RelDataType;

/**
 * Reads dates, times and timestamps. Besides the standard's form, ISO 8601 with {@code T}, {@code Z}
 * or an offset is understood, since JSON holds such text; the value is the wall clock in UTC.
 */
final class DatetimeText {
  private static final int MAX_FRACTION = 3;

  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4, 4, SignStyle.NOT_NEGATIVE)
          .appendLiteral('-')
          .appendValue(ChronoField.MONTH_OF_YEAR, 1, 2, SignStyle.NOT_NEGATIVE)
          .appendLiteral('-')
          .appendValue(ChronoField.DAY_OF_MONTH, 1, 2, SignStyle.NOT_NEGATIVE)
          .toFormatter(java.util.Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.HOUR_OF_DAY, 1, 2, SignStyle.NOT_NEGATIVE)
          .appendLiteral(':')
          .appendValue(ChronoField.MINUTE_OF_HOUR, 1, 2, SignStyle.NOT_NEGATIVE)
          .optionalStart()
          .appendLiteral(':')
          .appendValue(ChronoField.SECOND_OF_MINUTE, 1, 2, SignStyle.NOT_NEGATIVE)
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .optionalEnd()
          .toFormatter(java.util.Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DATE)
          .optionalStart()
          .appendPattern("[ ]['T']")
          .append(TIME)
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH:mm", "Z")
          .optionalEnd()
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
          .toFormatter(java.util.Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

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
      if (Types.isDate(type)) {
        return Math.toIntExact(date(text.strip()).toEpochDay());
      }
      if (Types.isTime(type)) {
        LocalTime time = TIME.parse(text.strip(), LocalTime::from);
        return (int) floor(time.toNanoOfDay() / 1_000_000, type);
      }
      return floor(timestamp(text.strip()), type);
    } catch (DateTimeException | ArithmeticException e) {
      TurntableException failure = Failures.badValue(text, Numbers.name(type));
      failure.addSuppressed(e);
      throw failure;
    }
  }

  private static LocalDate date(String text) {
    // A timestamp's text names a date too.
    return text.length() > 10
        ? LocalDateTime.ofEpochSecond(Math.floorDiv(timestamp(text), 1000L), 0, ZoneOffset.UTC)
            .toLocalDate()
        : DATE.parse(text, LocalDate::from);
  }

  private static long timestamp(String text) {
    Object value = TIMESTAMP.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    return value instanceof OffsetDateTime zoned
        ? zoned.toInstant().toEpochMilli()
        : ((LocalDateTime) value).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static long floor(long millis, RelDataType type) {
    long step = step(type);
    return Math.floorDiv(millis, step) * step;
  }
}
