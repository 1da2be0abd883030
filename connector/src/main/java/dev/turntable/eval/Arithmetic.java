package dev.turntable.eval;

import dev.turntable.run.Scalar;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Compiles + - * / % on numbers and intervals. Integers and decimals never overflow silently, and a
 * division by zero is an error for every type, as the SQL standard has it.
 */
final class Arithmetic {
  private enum Op {
    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    DIVIDE("/"),
    MOD("MOD");

    private final String sign;

    Op(String sign) {
      this.sign = sign;
    }
  }

  private Arithmetic() {}

  /**
   * Returns the operation, or null if the types are not known here.
   *
   * @param call has two operands
   */
  static @Nullable Scalar compile(RexCall call, Scalar left, Scalar right, RoundingMode rounding) {
    Op op = op(call.getKind());
    StrictCalls.Binary operation =
        operation(
            op,
            call.getOperands().get(0).getType(),
            call.getOperands().get(1).getType(),
            call.getType(),
            rounding);
    return operation == null ? null : StrictCalls.binary(op.sign, left, right, operation);
  }

  private static Op op(SqlKind kind) {
    return switch (kind) {
      case PLUS, CHECKED_PLUS -> Op.PLUS;
      case MINUS, CHECKED_MINUS -> Op.MINUS;
      case TIMES, CHECKED_TIMES -> Op.TIMES;
      case DIVIDE, CHECKED_DIVIDE -> Op.DIVIDE;
      default -> Op.MOD;
    };
  }

  private static StrictCalls.@Nullable Binary operation(
      Op op, RelDataType left, RelDataType right, RelDataType type, RoundingMode rounding) {
    if (!known(left) || !known(right) || !known(type)) {
      return null;
    }
    if (SqlTypes.isApproximate(left) || SqlTypes.isApproximate(right)) {
      return (a, b) ->
          Numbers.fit(
              doubles(op, ((Number) a).doubleValue(), ((Number) b).doubleValue(), type),
              type,
              rounding);
    }
    if (op == Op.DIVIDE && SqlTypes.isApproximate(type)) {
      return (a, b) -> Numbers.fit(quotient(Numbers.exact(a), Numbers.exact(b)), type, rounding);
    }
    if (SqlTypes.isDecimal(left) || SqlTypes.isDecimal(right) || SqlTypes.isDecimal(type)) {
      int scale = Math.max(0, SqlTypes.isDecimal(type) ? type.getScale() : 0);
      return (a, b) ->
          Numbers.fit(
              decimals(op, Numbers.exact(a), Numbers.exact(b), scale, rounding), type, rounding);
    }
    if (SqlTypes.isApproximate(type)) {
      return (a, b) -> doubles(op, ((Number) a).doubleValue(), ((Number) b).doubleValue(), type);
    }
    return (a, b) -> {
      try {
        return Numbers.whole(longs(op, ((Number) a).longValue(), ((Number) b).longValue()), type);
      } catch (ArithmeticException e) {
        throw ValueErrors.outOfRange(a + " " + op.sign + " " + b, Numbers.name(type));
      }
    };
  }

  private static boolean known(RelDataType type) {
    return SqlTypes.isNumeric(type) || SqlTypes.isInterval(type);
  }

  private static long longs(Op op, long a, long b) {
    return switch (op) {
      case PLUS -> Math.addExact(a, b);
      case MINUS -> Math.subtractExact(a, b);
      case TIMES -> Math.multiplyExact(a, b);
      default -> divide(op, a, b);
    };
  }

  private static long divide(Op op, long a, long b) {
    if (b == 0) {
      throw ValueErrors.divisionByZero(op.sign, a);
    }
    if (b == -1) {
      return op == Op.DIVIDE ? Math.negateExact(a) : 0;
    }
    return op == Op.DIVIDE ? a / b : a % b;
  }

  private static BigDecimal decimals(
      Op op, BigDecimal a, BigDecimal b, int scale, RoundingMode rounding) {
    return switch (op) {
      case PLUS -> a.add(b);
      case MINUS -> a.subtract(b);
      case TIMES -> a.multiply(b);
      default -> {
        if (b.signum() == 0) {
          throw ValueErrors.divisionByZero(op.sign, a);
        }
        yield op == Op.DIVIDE ? a.divide(b, scale, rounding) : a.remainder(b);
      }
    };
  }

  /** Divides exactly enough that the nearest double is what the exact quotient's would be. */
  private static BigDecimal quotient(BigDecimal a, BigDecimal b) {
    if (b.signum() == 0) {
      throw ValueErrors.divisionByZero(Op.DIVIDE.sign, a);
    }
    return a.divide(b, MathContext.DECIMAL128);
  }

  private static Double doubles(Op op, double a, double b, RelDataType type) {
    double result =
        switch (op) {
          case PLUS -> a + b;
          case MINUS -> a - b;
          case TIMES -> a * b;
          default -> {
            if (b == 0) {
              throw ValueErrors.divisionByZero(op.sign, a);
            }
            yield op == Op.DIVIDE ? a / b : a % b;
          }
        };
    if (Double.isInfinite(result) && !Double.isInfinite(a) && !Double.isInfinite(b)) {
      throw ValueErrors.outOfRange(a + " " + op.sign + " " + b, Numbers.name(type));
    }
    return result;
  }

  /** Returns the value with its sign changed, or null if the type is not known here. */
  static @Nullable Scalar negate(Scalar operand, RelDataType type, RoundingMode rounding) {
    if (SqlTypes.isApproximate(type)) {
      return StrictCalls.unary(
          "-", operand, a -> Numbers.fit(-((Number) a).doubleValue(), type, rounding));
    }
    if (SqlTypes.isDecimal(type)) {
      return StrictCalls.unary("-", operand, a -> Numbers.exact(a).negate());
    }
    return known(type) ? StrictCalls.unary("-", operand, a -> negate(a, type)) : null;
  }

  private static Object negate(Object a, RelDataType type) {
    long value = ((Number) a).longValue();
    if (value == Long.MIN_VALUE) {
      throw ValueErrors.outOfRange("-(" + value + ")", Numbers.name(type));
    }
    return Numbers.whole(-value, type);
  }
}
