package dev.turntable.eval;

import dev.turntable.run.Scalar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Compiles functions of numbers. A result that is no number is an error, not NaN. */
final class NumberCalls {
  private NumberCalls() {}

  /** Returns the call, or null if it is not known here. */
  static @Nullable Scalar compile(
      String name, RexCall call, List<Scalar> operands, RoundingMode rounding) {
    List<RexNode> nodes = call.getOperands();
    boolean numbers = nodes.stream().allMatch(n -> SqlTypes.isNumeric(n.getType()));
    if (!numbers || !SqlTypes.isNumeric(call.getType())) {
      return null;
    }
    RelDataType type = call.getType();
    return switch (nodes.size()) {
      case 0 -> name.equals("PI") ? new Constant(Math.PI) : null;
      case 1 -> one(name, operands.get(0), type, rounding);
      case 2 -> two(name, operands, nodes, type, rounding);
      default -> null;
    };
  }

  private static @Nullable Scalar one(
      String name, Scalar x, RelDataType type, RoundingMode rounding) {
    if (isRound(name)) {
      return rounded(name, x, new Constant(0L), type, rounding);
    }
    StrictCalls.@Nullable Unary function =
        switch (name) {
          case "ABS" -> NumberCalls::abs;
          case "SIGN" -> a -> (long) signum(a);
          case "FLOOR" -> a -> round(a, 0, RoundingMode.FLOOR);
          case "CEIL", "CEILING" -> a -> round(a, 0, RoundingMode.CEILING);
          default -> {
            DoubleFunction real = doubleFunction(name);
            yield real == null ? null : a -> real(name, real, a);
          }
        };
    return function == null
        ? null
        : StrictCalls.unary(
            name,
            x,
            a -> Numbers.fit(java.util.Objects.requireNonNull(function.apply(a)), type, rounding));
  }

  private static @Nullable Scalar two(
      String name,
      List<Scalar> operands,
      List<RexNode> nodes,
      RelDataType type,
      RoundingMode rounding) {
    Scalar x = operands.get(0);
    Scalar y = operands.get(1);
    if (isRound(name)) {
      return SqlTypes.isInteger(nodes.get(1).getType())
          ? rounded(name, x, y, type, rounding)
          : null;
    }
    if (name.equals("POWER") || name.equals("POW")) {
      return StrictCalls.binary(
          name, x, y, (a, b) -> Numbers.fit(power(name, a, b), type, rounding));
    }
    return name.equals("ATAN2")
        ? StrictCalls.binary(name, x, y, (a, b) -> Math.atan2(real(a), real(b)))
        : null;
  }

  private static boolean isRound(String name) {
    return name.equals("ROUND") || name.equals("TRUNCATE") || name.equals("TRUNC");
  }

  private static Scalar rounded(
      String name, Scalar x, Scalar digits, RelDataType type, RoundingMode rounding) {
    RoundingMode mode = name.equals("ROUND") ? RoundingMode.HALF_UP : RoundingMode.DOWN;
    // A DECIMAL that rounds up to one digit more is no error.
    return SqlTypes.isDecimal(type)
        ? StrictCalls.binary(
            name,
            x,
            digits,
            (a, b) ->
                Numbers.exact(round(a, b, mode)).setScale(Math.max(0, type.getScale()), rounding))
        : StrictCalls.binary(
            name, x, digits, (a, b) -> Numbers.fit(round(a, b, mode), type, rounding));
  }

  /** A function of one approximate number. */
  @FunctionalInterface
  private interface DoubleFunction {
    double of(double x);
  }

  private static @Nullable DoubleFunction doubleFunction(String name) {
    return switch (name) {
      case "SQRT" -> Math::sqrt;
      case "CBRT" -> Math::cbrt;
      case "EXP" -> Math::exp;
      case "LN" -> Math::log;
      case "LOG10" -> Math::log10;
      case "SIN" -> Math::sin;
      case "COS" -> Math::cos;
      case "TAN" -> Math::tan;
      case "ASIN" -> Math::asin;
      case "ACOS" -> Math::acos;
      case "ATAN" -> Math::atan;
      case "DEGREES" -> Math::toDegrees;
      case "RADIANS" -> Math::toRadians;
      default -> null;
    };
  }

  private static double real(Object number) {
    return ((Number) number).doubleValue();
  }

  private static Double real(String name, DoubleFunction function, Object number) {
    double x = real(number);
    return checked(name, function.of(x), ValueErrors.show(number), Double.isFinite(x));
  }

  private static Double power(String name, Object base, Object exponent) {
    double x = real(base);
    double y = real(exponent);
    boolean finite = Double.isFinite(x) && Double.isFinite(y);
    return checked(name, Math.pow(x, y), base + ", " + exponent, finite);
  }

  private static Double checked(String name, double result, String arguments, boolean finite) {
    boolean logarithmOfZero = result == Double.NEGATIVE_INFINITY && name.startsWith("L");
    if (finite && (Double.isNaN(result) || logarithmOfZero)) {
      throw ValueErrors.badArgument(name, "no result for " + arguments);
    }
    if (finite && Double.isInfinite(result)) {
      throw ValueErrors.outOfRange(name + "(" + arguments + ")", "DOUBLE");
    }
    return result;
  }

  private static Object abs(Object number) {
    if (number instanceof BigDecimal decimal) {
      return decimal.abs();
    }
    if (number instanceof Double || number instanceof Float) {
      return Math.abs(real(number));
    }
    return Math.absExact(((Number) number).longValue());
  }

  private static int signum(Object number) {
    if (number instanceof BigDecimal decimal) {
      return decimal.signum();
    }
    if (number instanceof Double || number instanceof Float) {
      return (int) Math.signum(real(number));
    }
    return Long.signum(((Number) number).longValue());
  }

  private static Object round(Object number, Object digits, RoundingMode mode) {
    int scale = (int) Math.max(-400, Math.min(400, ((Number) digits).longValue()));
    boolean approximate = number instanceof Double || number instanceof Float;
    if (approximate && !Double.isFinite(real(number))) {
      return number;
    }
    BigDecimal exact = Numbers.exact(number);
    if (scale >= exact.scale()) {
      return number;
    }
    BigDecimal rounded = exact.setScale(scale, mode);
    return approximate ? (Object) rounded.doubleValue() : (Object) rounded;
  }
}
