package dev.turntable.eval.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Calculates in a path, exactly; a quotient has 20 digits. */
final class PathNumbers {
  /** What is farther from 1 than so many digits is refused, before it fills the memory. */
  private static final int MAX_DIGITS = 1000;

  private static final MathContext QUOTIENT = new MathContext(20, RoundingMode.HALF_UP);

  private final PathWalk walk;

  PathNumbers(PathWalk walk) {
    this.walk = walk;
  }

  static Json json(long value) {
    return new Json.Numeral(Long.toString(value));
  }

  boolean walk(PathNode path, PathWalk.Scope scope, PathWalk.Sink sink) {
    if (path instanceof PathNode.Signed signed) {
      return walk.each(
          items(signed.operand(), scope),
          item -> {
            BigDecimal value = number(item, signed.negative() ? "-" : "+");
            return sink.accept(Json.of(signed.negative() ? value.negate() : value));
          });
    }
    PathNode.Calculation calculation = (PathNode.Calculation) path;
    char operator = calculation.operator();
    BigDecimal left = single(calculation.left(), scope, operator);
    BigDecimal right = single(calculation.right(), scope, operator);
    return sink.accept(Json.of(calculated(operator, left, right)));
  }

  private static BigDecimal calculated(char operator, BigDecimal left, BigDecimal right) {
    return switch (operator) {
      case '+' -> left.add(right);
      case '-' -> left.subtract(right);
      case '*' -> left.multiply(right);
      default -> {
        if (right.signum() == 0) {
          throw new PathFailure("division by zero");
        }
        yield operator == '/' ? quotient(left, right) : left.remainder(right);
      }
    };
  }

  private static BigDecimal quotient(BigDecimal left, BigDecimal right) {
    BigDecimal quotient = left.divide(right, QUOTIENT).stripTrailingZeros();
    return quotient.scale() < 0 ? quotient.setScale(0) : quotient;
  }

  private BigDecimal single(PathNode operand, PathWalk.Scope scope, char operator) {
    List<Json> items = items(operand, scope);
    if (items.size() != 1) {
      throw new PathFailure("an operand of " + operator + " is not a single number");
    }
    return number(items.get(0), String.valueOf(operator));
  }

  private static BigDecimal number(Json item, String operator) {
    if (!(item instanceof Json.Numeral number)) {
      throw new PathFailure("an operand of " + operator + " is no number but " + item.type());
    }
    return bounded(number.value());
  }

  static BigDecimal bounded(BigDecimal value) {
    if (Math.abs((long) value.precision() - value.scale()) > MAX_DIGITS
        || value.scale() > MAX_DIGITS) {
      throw new PathFailure("number " + value + " is out of range");
    }
    return value;
  }

  private List<Json> items(PathNode operand, PathWalk.Scope scope) {
    return walk.items(operand, scope);
  }

  /** Returns a subscript, its fraction cut off. */
  long index(PathNode subscript, PathWalk.Scope scope) {
    List<Json> items = new ArrayList<>();
    walk.walk(subscript, scope, items::add);
    if (items.size() != 1 || !(items.get(0) instanceof Json.Numeral number)) {
      throw new PathFailure("a subscript is not a single number");
    }
    BigDecimal whole = bounded(number.value()).setScale(0, RoundingMode.DOWN);
    if (whole.precision() > 10) {
      throw new PathFailure("subscript " + whole + " is out of range");
    }
    return whole.longValueExact();
  }
}
