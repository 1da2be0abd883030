package dev.turntable.eval;

import dev.turntable.run.Scalar;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.IntervalText;
import dev.turntable.source.NumberText;
import dev.turntable.source.TurntableException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.util.Locale;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Compiles CAST, and TRY_CAST, which gives NULL where CAST fails. */
final class Casts {
  private Casts() {}

  /** Returns the cast, or null if the types are not known here. */
  static @Nullable Scalar compile(
      Scalar operand, RelDataType from, RelDataType to, boolean safe, RoundingMode rounding) {
    if (from.getSqlTypeName() == SqlTypeName.NULL) {
      return operand;
    }
    if (SqlTypes.isTime(from) && SqlTypes.isTimestamp(to)) {
      return timeToTimestamp(operand);
    }
    StrictCalls.Unary function = function(from, to, rounding);
    if (function == null) {
      return null;
    }
    Scalar cast = StrictCalls.unary("CAST", operand, function);
    return safe ? orNull(cast) : cast;
  }

  private static Scalar orNull(Scalar cast) {
    return (row, execution) -> {
      try {
        return cast.eval(row, execution);
      } catch (TurntableException e) {
        if (e.kind() == ErrorKind.BAD_VALUE || e.kind() == ErrorKind.OUT_OF_RANGE) {
          return null;
        }
        throw e;
      }
    };
  }

  /** The standard completes a TIME with the current date. */
  private static Scalar timeToTimestamp(Scalar operand) {
    return (row, execution) -> {
      Object time = operand.eval(row, execution);
      if (time == null) {
        return null;
      }
      long today = Math.floorDiv(execution.nowMillis(), DateTimeUtils.MILLIS_PER_DAY);
      return today * DateTimeUtils.MILLIS_PER_DAY + ((Number) time).longValue();
    };
  }

  /** Returns the conversion of values that are not null, or null if the types are not known here. */
  static StrictCalls.@Nullable Unary function(
      RelDataType from, RelDataType to, RoundingMode rounding) {
    if (SqlTypes.isText(to)) {
      return toText(from, to);
    }
    if (SqlTypes.isNumeric(to)) {
      return toNumber(from, to, rounding);
    }
    if (SqlTypes.isBoolean(to)) {
      return toBoolean(from);
    }
    if (SqlTypes.isDatetime(to)) {
      return toDatetime(from, to);
    }
    boolean sameInterval =
        (SqlTypes.isMonths(from) && SqlTypes.isMonths(to))
            || (SqlTypes.isMillis(from) && SqlTypes.isMillis(to));
    if (sameInterval) {
      return a -> a;
    }
    if (SqlTypes.isInterval(to) && SqlTypes.isText(from)) {
      return a -> interval((String) a, to, rounding);
    }
    if (SqlTypes.isInterval(to) && SqlTypes.isNumeric(from)) {
      BigDecimal unit = to.getSqlTypeName().getEndUnit().multiplier;
      return a -> Numbers.fit(Numbers.exact(a).multiply(unit), to, rounding);
    }
    return to.getSqlTypeName() == SqlTypeName.ANY ? a -> a : null;
  }

  /** A bare number counts the type's unit. */
  private static Object interval(String text, RelDataType to, RoundingMode rounding) {
    try {
      if (text.strip().matches("[+-]?[0-9.]+")) {
        BigDecimal unit = to.getSqlTypeName().getEndUnit().multiplier;
        return Numbers.fit(NumberText.decimal(text).multiply(unit), to, rounding);
      }
      IntervalText.Interval interval = IntervalText.read(text);
      boolean months = SqlTypes.isMonths(to);
      if ((months ? interval.millis() : interval.months()) != 0) {
        throw ValueErrors.badValue(text, Numbers.name(to));
      }
      return Numbers.whole(months ? interval.months() : interval.millis(), to);
    } catch (DateTimeException | NumberFormatException e) {
      TurntableException failure = ValueErrors.badValue(text, Numbers.name(to));
      failure.addSuppressed(e);
      throw failure;
    }
  }

  /** Returns the interval that a text is, in internal form; for values that clients bind. */
  static Object interval(String text, RelDataType to) {
    return interval(text, to, RoundingMode.HALF_UP);
  }

  private static StrictCalls.@Nullable Unary toNumber(
      RelDataType from, RelDataType to, RoundingMode rounding) {
    if (SqlTypes.isText(from)) {
      return a -> number((String) a, to, rounding);
    }
    if (SqlTypes.isNumeric(from)) {
      return a -> Numbers.fit(a, to, rounding);
    }
    if (SqlTypes.isBoolean(from)) {
      return a -> Numbers.fit((boolean) a ? 1L : 0L, to, rounding);
    }
    if (SqlTypes.isInterval(from)) {
      BigDecimal unit = from.getSqlTypeName().getEndUnit().multiplier;
      int scale = Math.max(0, to.getScale());
      return a -> Numbers.fit(Numbers.exact(a).divide(unit, scale, rounding), to, rounding);
    }
    return null;
  }

  /** Returns the number that a text is, as a value of the type. */
  static Object number(String text, RelDataType to, RoundingMode rounding) {
    try {
      BigDecimal exact = special(text, to) ? null : NumberText.decimal(text);
      Object number = exact == null ? (Object) NumberText.real(text) : exact;
      return Numbers.fit(number, to, rounding);
    } catch (NumberFormatException e) {
      throw ValueErrors.badValue(text, Numbers.name(to));
    }
  }

  /** Whether it names what only approximate numbers can be: no number, or infinite. */
  private static boolean special(String text, RelDataType to) {
    return SqlTypes.isApproximate(to) && text.chars().anyMatch(c -> c == 'n' || c == 'N');
  }

  private static StrictCalls.@Nullable Unary toBoolean(RelDataType from) {
    if (SqlTypes.isBoolean(from)) {
      return a -> a;
    }
    if (SqlTypes.isNumeric(from)) {
      return a -> Numbers.exact(a).signum() != 0;
    }
    return SqlTypes.isText(from) ? a -> parseBoolean((String) a) : null;
  }

  static Boolean parseBoolean(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> true;
      case "false", "f", "no", "n", "off", "0" -> false;
      default -> throw ValueErrors.badValue(text, "BOOLEAN");
    };
  }

  private static StrictCalls.@Nullable Unary toDatetime(RelDataType from, RelDataType to) {
    if (SqlTypes.isText(from)) {
      return a -> DatetimeText.parse((String) a, to);
    }
    if (SqlTypes.isTimestamp(to)) {
      if (SqlTypes.isDate(from)) {
        return a -> ((Number) a).longValue() * DateTimeUtils.MILLIS_PER_DAY;
      }
      return SqlTypes.isTimestamp(from) ? floorTo(to) : null;
    }
    if (from.getSqlTypeName() == to.getSqlTypeName()) {
      return a -> a;
    }
    if (!SqlTypes.isTimestamp(from)) {
      return null;
    }
    return SqlTypes.isDate(to)
        ? a -> (int) Math.floorDiv((long) a, DateTimeUtils.MILLIS_PER_DAY)
        : a -> (int) Math.floorMod((long) a, DateTimeUtils.MILLIS_PER_DAY);
  }

  private static StrictCalls.Unary floorTo(RelDataType to) {
    long step = DatetimeText.step(to);
    return step == 1 ? a -> a : a -> Math.floorDiv((long) a, step) * step;
  }

  private static StrictCalls.@Nullable Unary toText(RelDataType from, RelDataType to) {
    StrictCalls.Unary format = ValueText.formatter(from);
    int length = to.getPrecision();
    if (format == null || length < 0) {
      return format;
    }
    boolean pad = to.getSqlTypeName() == SqlTypeName.CHAR;
    return a -> fit((String) java.util.Objects.requireNonNull(format.apply(a)), length, pad);
  }

  private static String fit(String text, int length, boolean pad) {
    if (text.length() > length) {
      return text.substring(0, length);
    }
    return pad ? text + " ".repeat(length - text.length()) : text;
  }
}
