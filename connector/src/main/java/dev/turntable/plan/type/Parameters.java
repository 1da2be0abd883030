package dev.turntable.plan.type;

import dev.turntable.eval.IntervalValues;
import dev.turntable.run.Execution;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.NumberText;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TimeText;
import dev.turntable.source.TurntableException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values given for parameters to the type that validation gave them, whichever setter a
 * client happened to use.
 */
public final class Parameters {
  private Parameters() {}

  /**
   * Starts an execution.
   *
   * @throws TurntableException if a parameter is missing or cannot be converted
   */
  public static Execution execution(
      List<Parameter> parameters,
      List<? extends @Nullable Object> values,
      long maxRows,
      StatementScope scope) {
    if (values.size() < parameters.size()) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE,
          "the statement has " + parameters.size() + " parameters, " + values.size() + " are set");
    }
    List<@Nullable Object> converted = new ArrayList<>();
    for (Parameter parameter : parameters) {
      converted.add(convert(values.get(parameter.index()), parameter));
    }
    return new Execution(scope, converted, Instant.now(), maxRows);
  }

  private static @Nullable Object convert(@Nullable Object value, Parameter parameter) {
    if (value == null) {
      return null;
    }
    try {
      return internal(value, parameter);
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE,
          "parameter "
              + (parameter.index() + 1)
              + ": "
              + value.getClass().getSimpleName()
              + " "
              + shorten(value)
              + " cannot be used as "
              + name(parameter.type())
              + (e instanceof ArithmeticException
                  ? "; if it may be, write CAST(? AS its type)"
                  : ""),
          e);
    }
  }

  private static String shorten(Object value) {
    String text = value.toString();
    return "'" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "'";
  }

  private static String name(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL
        ? type.toString()
        : type.getSqlTypeName().toString();
  }

  private static Object internal(Object given, Parameter parameter) {
    SqlTypeName name = parameter.type().getSqlTypeName();
    boolean text = given instanceof byte[] && !SqlTypeName.BINARY_TYPES.contains(name);
    Object value = text ? new String((byte[]) given, StandardCharsets.UTF_8) : given;
    if (SqlTypeName.INTERVAL_TYPES.contains(name)) {
      return IntervalValues.parse(text(value), parameter.type());
    }
    return switch (name) {
      case BOOLEAN -> bool(value);
      case TINYINT, SMALLINT, INTEGER -> whole(value, parameter).intValueExact();
      case BIGINT -> whole(value, parameter).longValueExact();
      case DECIMAL -> scaled(decimal(value), parameter);
      case FLOAT, REAL, DOUBLE -> real(value);
      case DATE -> (int) dateTime(value).toLocalDate().toEpochDay();
      case TIME -> (int) TimeUnit.NANOSECONDS.toMillis(time(value).toNanoOfDay());
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          dateTime(value).toInstant(ZoneOffset.UTC).toEpochMilli();
      case BINARY, VARBINARY -> value instanceof byte[] bytes ? new ByteString(bytes) : value;
      default -> text(value);
    };
  }

  private static Boolean bool(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (value instanceof Number number) {
      return decimal(number).signum() != 0;
    }
    return switch (value.toString().strip().toLowerCase(java.util.Locale.ROOT)) {
      case "true", "t", "1", "yes", "y", "on" -> true;
      case "false", "f", "0", "no", "n", "off" -> false;
      default -> throw new IllegalArgumentException("not a boolean");
    };
  }

  /** A fraction is refused: cut off, it would make {@code credits < 41.5} lose the 41. */
  private static BigDecimal whole(Object value, Parameter parameter) {
    boolean cast = parameter.fraction() == Parameter.Fraction.ROUNDED;
    return decimal(value).setScale(0, cast ? RoundingMode.HALF_UP : RoundingMode.UNNECESSARY);
  }

  private static BigDecimal scaled(BigDecimal number, Parameter parameter) {
    int scale = parameter.type().getScale();
    if (scale < 0) {
      return number;
    }
    return switch (parameter.fraction()) {
      case KEPT -> number.scale() <= scale ? number.setScale(scale) : number;
      case ROUNDED -> number.setScale(scale, RoundingMode.HALF_UP);
      case REFUSED -> number.setScale(scale, RoundingMode.UNNECESSARY);
    };
  }

  private static BigDecimal decimal(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    if (value instanceof BigDecimal number) {
      return number;
    }
    return NumberText.decimal(value.toString());
  }

  private static double real(Object value) {
    if (value instanceof Double || value instanceof Float || value instanceof CharSequence) {
      return NumberText.real(value.toString());
    }
    return decimal(value).doubleValue();
  }

  @SuppressWarnings("JavaUtilDate") // JDBC clients bind java.util.Date
  private static LocalDateTime dateTime(Object value) {
    if (value instanceof LocalDateTime local) {
      return local;
    }
    if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    }
    if (value instanceof Instant instant) {
      return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
    if (value instanceof OffsetDateTime offset) {
      return offset.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }
    if (value instanceof ZonedDateTime zoned) {
      return zoned.withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }
    if (value instanceof java.sql.Timestamp timestamp) {
      return timestamp.toLocalDateTime();
    }
    if (value instanceof java.sql.Date date) {
      return date.toLocalDate().atStartOfDay();
    }
    if (value instanceof java.util.Date date) {
      return new java.sql.Timestamp(date.getTime()).toLocalDateTime();
    }
    if (value instanceof java.util.Calendar calendar) {
      return LocalDateTime.ofInstant(calendar.toInstant(), ZoneOffset.UTC);
    }
    return TimeText.timestamp(value.toString());
  }

  private static LocalTime time(Object value) {
    if (value instanceof LocalTime local) {
      return local;
    }
    if (value instanceof java.sql.Time time) {
      return time.toLocalTime();
    }
    if (value instanceof CharSequence text) {
      return TimeText.time(text.toString());
    }
    return dateTime(value).toLocalTime();
  }

  /** Java leaves out seconds that are zero; SQL does not. */
  private static String text(LocalTime time) {
    return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
  }

  /** Text as SQL writes it, so that a client may bind a number or a date to a text column. */
  private static String text(Object value) {
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof Instant
        || value instanceof LocalDateTime
        || value instanceof java.sql.Timestamp
        || value instanceof OffsetDateTime
        || value instanceof ZonedDateTime) {
      LocalDateTime wall = dateTime(value);
      return wall.toLocalDate() + " " + text(wall.toLocalTime());
    }
    return value instanceof LocalTime time ? text(time) : value.toString();
  }
}
