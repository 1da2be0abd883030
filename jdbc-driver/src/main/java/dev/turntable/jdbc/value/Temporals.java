package dev.turntable.jdbc.value;

import dev.turntable.source.TimeText;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times. A TIMESTAMP is a wall clock that means UTC: the plain JDBC getters show that wall
 * clock in every zone of the JVM; with a Calendar, or as an instant, it is the true instant.
 */
public final class Temporals {
  private static final DateTimeFormatter WHOLE_TIME_TEXT =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private static final DateTimeFormatter TIME_TEXT =
      new DateTimeFormatterBuilder()
          .append(WHOLE_TIME_TEXT)
          .appendFraction(ChronoField.NANO_OF_SECOND, 3, 9, true)
          .toFormatter(Locale.ROOT);

  private Temporals() {}

  static String text(LocalDateTime value) {
    return value.toLocalDate() + " " + text(value.toLocalTime());
  }

  static String text(LocalTime value) {
    boolean whole = value.equals(value.truncatedTo(ChronoUnit.SECONDS));
    return (whole ? WHOLE_TIME_TEXT : TIME_TEXT).format(value);
  }

  static LocalDateTime dateTime(Object value) throws SQLException {
    if (value instanceof LocalDateTime dateTime) {
      return dateTime;
    }
    if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    }
    if (value instanceof LocalTime time) {
      return time.atDate(LocalDate.EPOCH);
    }
    if (value instanceof String text) {
      return parse(text);
    }
    throw Conversions.cannot(value, "a timestamp");
  }

  static LocalDate date(Object value) throws SQLException {
    if (value instanceof LocalTime) {
      throw Conversions.cannot(value, "a date");
    }
    return value instanceof LocalDate date ? date : dateTime(value).toLocalDate();
  }

  static LocalTime time(Object value) throws SQLException {
    if (value instanceof LocalTime time) {
      return time;
    }
    if (value instanceof LocalDate) {
      throw Conversions.cannot(value, "a time");
    }
    if (value instanceof String text) {
      try {
        return TimeText.time(text);
      } catch (DateTimeException e) {
        throw Conversions.cannot(value, "a time");
      }
    }
    return dateTime(value).toLocalTime();
  }

  private static LocalDateTime parse(String text) throws SQLException {
    try {
      return TimeText.timestamp(text);
    } catch (DateTimeException e) {
      throw Conversions.cannot(text, "a timestamp");
    }
  }

  static Instant instant(Object value) throws SQLException {
    return dateTime(value).toInstant(ZoneOffset.UTC);
  }

  static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /** A value as a timestamp, in the zone of the calendar if there is one. */
  public static Timestamp timestamp(Object value, @Nullable Calendar calendar) throws SQLException {
    if (calendar == null) {
      return Timestamp.valueOf(dateTime(value));
    }
    return value instanceof LocalDate date
        ? Timestamp.from(date.atStartOfDay(zone(calendar)).toInstant())
        : Timestamp.from(instant(value));
  }

  /** A value as a date, in the zone of the calendar if there is one. */
  public static Date sqlDate(Object value, @Nullable Calendar calendar) throws SQLException {
    if (calendar == null) {
      return Date.valueOf(date(value));
    }
    ZoneId zone = zone(calendar);
    LocalDate date =
        value instanceof LocalDate day ? day : instant(value).atZone(zone).toLocalDate();
    return new Date(date.atStartOfDay(zone).toInstant().toEpochMilli());
  }

  /** A value as a time, in the zone of the calendar if there is one. */
  public static Time sqlTime(Object value, @Nullable Calendar calendar) throws SQLException {
    if (calendar == null) {
      LocalTime time = time(value);
      // Time.valueOf drops the milliseconds.
      return new Time(Time.valueOf(time).getTime() + time.get(ChronoField.MILLI_OF_SECOND));
    }
    ZoneId zone = zone(calendar);
    LocalTime time =
        value instanceof LocalDateTime dateTime
            ? dateTime.toInstant(ZoneOffset.UTC).atZone(zone).toLocalTime()
            : time(value);
    return new Time(time.atDate(LocalDate.EPOCH).atZone(zone).toInstant().toEpochMilli());
  }

  static ZoneId zone(Calendar calendar) {
    return calendar.getTimeZone().toZoneId();
  }
}
