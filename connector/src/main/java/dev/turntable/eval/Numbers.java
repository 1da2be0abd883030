package dev.turntable.eval;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;

/** Brings numbers into the form and range of a SQL type. */
final class Numbers {
  /** Exact numbers with more digits than this before the point fit no SQL type. */
  private static final int MAX_DIGITS = 400;

  private Numbers() {}

  static BigDecimal exact(Object number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof Double || number instanceof Float) {
      double value = ((Number) number).doubleValue();
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        throw ValueErrors.outOfRange(number, "an exact number");
      }
      return new BigDecimal(number.toString());
    }
    return BigDecimal.valueOf(((Number) number).longValue());
  }

  /** Returns the number as a value of the type: its class, its scale, within its range. */
  static Object fit(Object number, RelDataType type, RoundingMode rounding) {
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> whole(whole(number, type, rounding), type);
      case DECIMAL -> decimal(exact(number), type, rounding);
      case REAL -> (float) finite(((Number) number).doubleValue(), number, type, Float.MAX_VALUE);
      case FLOAT, DOUBLE -> approximate(number, type);
      default -> whole(whole(number, type, rounding), type);
    };
  }

  private static Object approximate(Object number, RelDataType type) {
    return number instanceof Double
        ? number
        : (Object) finite(((Number) number).doubleValue(), number, type, Double.MAX_VALUE);
  }

  private static double finite(double value, Object number, RelDataType type, double max) {
    boolean given = number instanceof Double || number instanceof Float;
    if (Math.abs(value) > max && !(given && Double.isInfinite(((Number) number).doubleValue()))) {
      throw ValueErrors.outOfRange(number, name(type));
    }
    return value;
  }

  private static long whole(Object number, RelDataType type, RoundingMode rounding) {
    if (number instanceof BigDecimal || number instanceof Double || number instanceof Float) {
      BigDecimal rounded = scale(exact(number), 0, rounding, type);
      if (rounded.precision() > 19) {
        throw ValueErrors.outOfRange(number, name(type));
      }
      try {
        return rounded.longValueExact();
      } catch (ArithmeticException e) {
        throw ValueErrors.outOfRange(number, name(type));
      }
    }
    return ((Number) number).longValue();
  }

  /** Returns the whole number in the class of the type. */
  static Object whole(long value, RelDataType type) {
    Object result =
        switch (type.getSqlTypeName()) {
          case TINYINT -> (byte) value;
          case SMALLINT -> (short) value;
          case INTEGER, DATE, TIME, INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH ->
              (int) value;
          default -> value;
        };
    if (((Number) result).longValue() != value) {
      throw ValueErrors.outOfRange(value, name(type));
    }
    return result;
  }

  static BigDecimal decimal(BigDecimal value, RelDataType type, RoundingMode rounding) {
    int scale = Math.max(0, type.getScale());
    BigDecimal scaled = scale(value, scale, rounding, type);
    int precision = type.getPrecision();
    if (precision > 0 && scaled.precision() > precision && scaled.signum() != 0) {
      throw ValueErrors.outOfRange(value, name(type));
    }
    return scaled;
  }

  private static BigDecimal scale(
      BigDecimal value, int scale, RoundingMode rounding, RelDataType type) {
    if (value.scale() == scale) {
      return value;
    }
    // Guards against 1E999999999, whose digits would fill the memory.
    long digits = (long) value.precision() - value.scale();
    if (digits > MAX_DIGITS && value.signum() != 0) {
      throw ValueErrors.outOfRange(value, name(type));
    }
    if (digits < -MAX_DIGITS || value.signum() == 0) {
      return BigDecimal.ZERO.setScale(scale);
    }
    return value.setScale(scale, rounding);
  }

  static String name(RelDataType type) {
    return type.toString();
  }
}
