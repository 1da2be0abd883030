package dev.turntable.jdbc.value;

import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.NumberText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values of the engine, as listed at {@link dev.turntable.engine.RowCursor}, in other types. */
public final class Conversions {
  private static final int SHOWN = 40;

  private Conversions() {}

  /** A value as text. */
  public static @Nullable String text(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof LocalDateTime dateTime) {
      return Temporals.text(dateTime);
    }
    if (value instanceof LocalTime time) {
      return Temporals.text(time);
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof List || value instanceof Map) {
      return nested(value);
    }
    return value.toString();
  }

  private static String nested(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Conversions::nested).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> nested(entry.getKey()) + "=" + nested(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return String.valueOf(text(value));
  }

  /** A value as a boolean. */
  public static boolean bool(Object value) throws SQLException {
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    if (value instanceof String text) {
      switch (text.strip().toLowerCase(Locale.ROOT)) {
        case "true", "t", "yes", "y", "on", "1" -> {
          return true;
        }
        case "false", "f", "no", "n", "off", "0" -> {
          return false;
        }
        default -> throw cannot(value, "a boolean");
      }
    }
    throw cannot(value, "a boolean");
  }

  /** Returns a whole number within bounds; a fraction is cut off. */
  public static long whole(Object value, long min, long max, String type) throws SQLException {
    if ((value instanceof Long || value instanceof Integer)
        && ((Number) value).longValue() >= min
        && ((Number) value).longValue() <= max) {
      return ((Number) value).longValue();
    }
    BigInteger whole = decimal(value).setScale(0, RoundingMode.DOWN).toBigInteger();
    if (whole.compareTo(BigInteger.valueOf(min)) < 0
        || whole.compareTo(BigInteger.valueOf(max)) > 0) {
      throw SqlErrors.of(ErrorKind.OUT_OF_RANGE, shown(value) + " is out of range for " + type);
    }
    return whole.longValue();
  }

  /** A value as a double. */
  public static double dbl(Object value) throws SQLException {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value instanceof String text) {
      try {
        return NumberText.real(text);
      } catch (NumberFormatException e) {
        throw cannot(value, "a number");
      }
    }
    throw cannot(value, "a number");
  }

  /** A double as a float. */
  public static float flt(double value) throws SQLException {
    float narrow = (float) value;
    if (Float.isInfinite(narrow) && !Double.isInfinite(value)) {
      throw SqlErrors.of(ErrorKind.OUT_OF_RANGE, shown(value) + " is out of range for REAL");
    }
    return narrow;
  }

  /** A value as a decimal. */
  public static BigDecimal decimal(Object value) throws SQLException {
    try {
      if (value instanceof BigDecimal decimal) {
        return decimal;
      }
      if (value instanceof Long || value instanceof Integer) {
        return BigDecimal.valueOf(((Number) value).longValue());
      }
      if (value instanceof Number || value instanceof String) {
        return NumberText.decimal(value.toString());
      }
      if (value instanceof Boolean flag) {
        return flag ? BigDecimal.ONE : BigDecimal.ZERO;
      }
    } catch (NumberFormatException e) {
      throw cannot(value, "a number");
    }
    throw cannot(value, "a number");
  }

  /** A value as bytes; text in UTF-8. */
  public static byte[] bytes(Object value) {
    return value instanceof byte[] bytes
        ? bytes.clone()
        : String.valueOf(text(value)).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns a value that is no list as {@code getObject} without a class gives it. */
  public static @Nullable Object standard(@Nullable Object value) throws SQLException {
    if (value instanceof LocalDateTime
        || value instanceof LocalDate
        || value instanceof LocalTime) {
      return value instanceof LocalDateTime
          ? Temporals.timestamp(value, null)
          : value instanceof LocalDate
              ? Temporals.sqlDate(value, null)
              : Temporals.sqlTime(value, null);
    }
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    }
    return value;
  }

  /** A value that cannot be read as what is wanted. */
  public static SQLException cannot(Object value, String wanted) {
    return SqlErrors.badValue(shown(value) + " cannot be read as " + wanted);
  }

  private static String shown(Object value) {
    String text = String.valueOf(text(value));
    String cut =
        text.codePointCount(0, text.length()) <= SHOWN
            ? text
            : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
    return value.getClass().getSimpleName() + " '" + cut + "'";
  }
}
