package dev.turntable.jdbc.value;

import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.source.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What clients bind, in the few types that the engine takes: the same as it gives back. The engine
 * converts them to the type of the parameter.
 */
public final class ParameterValues {
  private ParameterValues() {}

  /** A value as the engine takes it; its class decides. */
  public static @Nullable Object of(@Nullable Object value) throws SQLException {
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof LocalDateTime
        || value instanceof LocalDate
        || value instanceof LocalTime
        || value instanceof byte[]) {
      return value;
    }
    if (value instanceof Number number) {
      return number(number);
    }
    Object temporal = temporal(value);
    return temporal != null ? temporal : other(value);
  }

  private static Object number(Number value) throws SQLException {
    if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
      return value.intValue();
    }
    if (value instanceof Long || value instanceof Double || value instanceof BigDecimal) {
      return value;
    }
    if (value instanceof Float) {
      // By its digits: 0.1f is meant as 0.1, not as 0.10000000149011612.
      return Double.valueOf(value.toString());
    }
    return value instanceof BigInteger integer
        ? new BigDecimal(integer)
        : Conversions.decimal(value.toString());
  }

  private static @Nullable Object temporal(Object value) {
    if (value instanceof Timestamp timestamp) {
      return timestamp.toLocalDateTime();
    }
    if (value instanceof Date date) {
      return date.toLocalDate();
    }
    if (value instanceof Time time) {
      return time(time);
    }
    if (value instanceof java.util.Date date) {
      return Timestamp.from(date.toInstant()).toLocalDateTime();
    }
    if (value instanceof Calendar calendar) {
      return Temporals.utc(calendar.toInstant());
    }
    if (value instanceof Instant instant) {
      return Temporals.utc(instant);
    }
    if (value instanceof OffsetDateTime dateTime) {
      return Temporals.utc(dateTime.toInstant());
    }
    if (value instanceof ZonedDateTime dateTime) {
      return Temporals.utc(dateTime.toInstant());
    }
    if (value instanceof OffsetTime time) {
      return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalTime();
    }
    return null;
  }

  private static LocalTime time(Time time) {
    return new Timestamp(time.getTime()).toLocalDateTime().toLocalTime();
  }

  private static Object other(Object value) throws SQLException {
    if (value instanceof Clob clob) {
      return clob.getSubString(1, (int) Math.min(clob.length(), Integer.MAX_VALUE));
    }
    if (value instanceof Blob blob) {
      return BytesBlob.bytes(blob);
    }
    if (value instanceof Reader reader) {
      return text(reader, Long.MAX_VALUE);
    }
    if (value instanceof InputStream stream) {
      return bytes(stream, Long.MAX_VALUE);
    }
    if (value instanceof Array array) {
      return List.of((Object[]) array.getArray());
    }
    if (value instanceof char[] chars) {
      return new String(chars);
    }
    if (value instanceof CharSequence
        || value instanceof Character
        || value instanceof java.util.UUID
        || value instanceof java.net.URL
        || value instanceof java.net.URI
        || value instanceof Enum) {
      return value.toString();
    }
    throw SqlErrors.badValue("a value of " + value.getClass().getName() + " cannot be bound");
  }

  /** Converts a value to a JDBC type first, as {@code setObject} with a type asks. */
  public static @Nullable Object of(@Nullable Object value, int type, int scale)
      throws SQLException {
    Object plain = of(value);
    if (plain == null) {
      return null;
    }
    return switch (type) {
      case Types.BIT, Types.BOOLEAN -> Conversions.bool(plain);
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER ->
          (int) Conversions.whole(plain, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
      case Types.BIGINT -> Conversions.whole(plain, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> Conversions.dbl(plain);
      case Types.DECIMAL, Types.NUMERIC -> scaled(Conversions.decimal(plain), scale);
      case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB -> text(plain);
      case Types.NCHAR, Types.NVARCHAR, Types.LONGNVARCHAR, Types.NCLOB -> text(plain);
      case Types.DATE -> Temporals.date(plain);
      case Types.TIME, Types.TIME_WITH_TIMEZONE -> Temporals.time(plain);
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> Temporals.dateTime(plain);
      default -> plain;
    };
  }

  private static @Nullable Object text(Object plain) {
    return plain instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : Conversions.text(plain);
  }

  private static BigDecimal scaled(BigDecimal value, int scale) {
    return scale < 0 ? value : value.setScale(scale, RoundingMode.HALF_UP);
  }

  /** Reads at most so many characters. */
  public static String text(Reader reader, long length) throws SQLException {
    checkLength(length);
    try {
      StringWriter text = new StringWriter();
      char[] buffer = new char[8192];
      for (long left = length; left > 0; ) {
        int read = reader.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          break;
        }
        text.write(buffer, 0, read);
        left -= read;
      }
      return text.toString();
    } catch (IOException e) {
      throw SqlErrors.of(ErrorKind.BAD_VALUE, "the stream cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads at most so many bytes. */
  public static byte[] bytes(InputStream stream, long length) throws SQLException {
    checkLength(length);
    try {
      return stream.readNBytes((int) Math.min(length, Integer.MAX_VALUE));
    } catch (IOException e) {
      throw SqlErrors.of(ErrorKind.BAD_VALUE, "the stream cannot be read: " + e.getMessage(), e);
    }
  }

  private static void checkLength(long length) throws SQLException {
    if (length < 0) {
      throw SqlErrors.badValue("the length of a stream must not be negative");
    }
  }

  /** A timestamp, as the calendar's zone shows it. */
  public static @Nullable Object timestamp(@Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    return value == null || calendar == null ? of(value) : Temporals.utc(value.toInstant());
  }

  /** A date, as the calendar's zone shows it. */
  public static @Nullable Object date(@Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    return value == null || calendar == null
        ? of(value)
        : Instant.ofEpochMilli(value.getTime()).atZone(Temporals.zone(calendar)).toLocalDate();
  }

  /** A time, as the calendar's zone shows it. */
  public static @Nullable Object time(@Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    return value == null || calendar == null
        ? of(value)
        : Instant.ofEpochMilli(value.getTime()).atZone(Temporals.zone(calendar)).toLocalTime();
  }
}
