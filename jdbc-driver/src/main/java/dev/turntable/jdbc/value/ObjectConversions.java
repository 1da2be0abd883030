package dev.turntable.jdbc.value;

import dev.turntable.jdbc.error.SqlErrors;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code getObject(column, class)}: one entry per class. */
public final class ObjectConversions {
  @FunctionalInterface
  private interface Conversion {
    @Nullable Object apply(Object value) throws SQLException;
  }

  private static final Map<Class<?>, Conversion> BY_CLASS = new LinkedHashMap<>();

  static {
    BY_CLASS.put(String.class, Conversions::text);
    BY_CLASS.put(CharSequence.class, Conversions::text);
    BY_CLASS.put(Boolean.class, Conversions::bool);
    BY_CLASS.put(Byte.class, v -> (byte) whole(v, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT"));
    BY_CLASS.put(Short.class, v -> (short) whole(v, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT"));
    BY_CLASS.put(
        Integer.class, v -> (int) whole(v, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER"));
    BY_CLASS.put(Long.class, v -> whole(v, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT"));
    BY_CLASS.put(Float.class, v -> Conversions.flt(Conversions.dbl(v)));
    BY_CLASS.put(Double.class, Conversions::dbl);
    BY_CLASS.put(BigDecimal.class, Conversions::decimal);
    BY_CLASS.put(Number.class, v -> v instanceof Number ? v : Conversions.decimal(v));
    BY_CLASS.put(BigInteger.class, v -> Conversions.decimal(v).toBigInteger());
    BY_CLASS.put(Character.class, ObjectConversions::character);
    BY_CLASS.put(UUID.class, ObjectConversions::uuid);
    BY_CLASS.put(byte[].class, Conversions::bytes);
    BY_CLASS.put(LocalDate.class, Temporals::date);
    BY_CLASS.put(LocalTime.class, Temporals::time);
    BY_CLASS.put(LocalDateTime.class, Temporals::dateTime);
    BY_CLASS.put(Instant.class, Temporals::instant);
    BY_CLASS.put(OffsetDateTime.class, v -> Temporals.instant(v).atOffset(ZoneOffset.UTC));
    BY_CLASS.put(ZonedDateTime.class, v -> Temporals.instant(v).atZone(ZoneOffset.UTC));
    BY_CLASS.put(OffsetTime.class, v -> Temporals.time(v).atOffset(ZoneOffset.UTC));
    BY_CLASS.put(
        Year.class,
        v -> v instanceof Number n ? Year.of(n.intValue()) : Year.from(Temporals.date(v)));
    BY_CLASS.put(Date.class, v -> Temporals.sqlDate(v, null));
    BY_CLASS.put(Time.class, v -> Temporals.sqlTime(v, null));
    BY_CLASS.put(Timestamp.class, v -> Temporals.timestamp(v, null));
    BY_CLASS.put(java.util.Date.class, v -> Temporals.timestamp(v, null));
    BY_CLASS.put(Calendar.class, ObjectConversions::calendar);
    BY_CLASS.put(GregorianCalendar.class, ObjectConversions::calendar);
    BY_CLASS.put(Clob.class, v -> new TextClob(String.valueOf(Conversions.text(v))));
    BY_CLASS.put(NClob.class, v -> new TextClob(String.valueOf(Conversions.text(v))));
    BY_CLASS.put(Reader.class, v -> new java.io.StringReader(String.valueOf(Conversions.text(v))));
    BY_CLASS.put(InputStream.class, v -> new java.io.ByteArrayInputStream(Conversions.bytes(v)));
    BY_CLASS.put(Array.class, v -> v);
    BY_CLASS.put(List.class, v -> v);
    BY_CLASS.put(Map.class, v -> v);
  }

  private ObjectConversions() {}

  /** A value as an object of a class; null stays null. */
  public static <T> @Nullable T convert(@Nullable Object value, Class<T> type) throws SQLException {
    Conversion conversion = type == Object.class ? Conversions::standard : BY_CLASS.get(wrap(type));
    if (conversion == null) {
      throw SqlErrors.unsupported("reading a value as " + type.getName());
    }
    if (value == null) {
      return null;
    }
    Object converted = SqlErrors.guardNullable(() -> conversion.apply(value));
    @SuppressWarnings("unchecked") // a primitive's class cannot cast to its own box
    T result = type.isPrimitive() ? (T) converted : cast(type, value, converted);
    return result;
  }

  private static <T> @Nullable T cast(Class<T> type, Object value, @Nullable Object converted)
      throws SQLException {
    if (converted != null && !type.isInstance(converted)) {
      throw Conversions.cannot(value, type.getSimpleName());
    }
    return type.cast(converted);
  }

  private static Class<?> wrap(Class<?> type) {
    return type.isPrimitive()
        ? java.lang.invoke.MethodType.methodType(type).wrap().returnType()
        : type;
  }

  private static long whole(Object value, long min, long max, String type) throws SQLException {
    return Conversions.whole(value, min, max, type);
  }

  private static Object character(Object value) throws SQLException {
    String text = String.valueOf(Conversions.text(value));
    if (text.length() != 1) {
      throw Conversions.cannot(value, "one character");
    }
    return text.charAt(0);
  }

  private static Object uuid(Object value) throws SQLException {
    try {
      return UUID.fromString(String.valueOf(Conversions.text(value)));
    } catch (IllegalArgumentException e) {
      throw Conversions.cannot(value, "a UUID");
    }
  }

  private static Object calendar(Object value) throws SQLException {
    Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), java.util.Locale.ROOT);
    calendar.setTimeInMillis(Temporals.instant(value).toEpochMilli());
    return calendar;
  }
}
