package dev.turntable.plan.pushed;

import dev.turntable.eval.SqlTypes;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/**
 * Prints arithmetic and functions. Where the other database would give something else, or nothing, for a
 * value, the SQL makes an error of that value: then the operators run the statement.
 */
final class PushedCalls {
  private static final int MOST_DIGITS = 38;

  private final PushedExpressions expressions;

  PushedCalls(PushedExpressions expressions) {
    this.expressions = expressions;
  }

  private String print(RexCall call, int operand) {
    return expressions.print(call.getOperands().get(operand));
  }

  private static RelDataType type(RexCall call, int operand) {
    return call.getOperands().get(operand).getType();
  }

  String print(RexCall call) {
    return switch (call.getKind()) {
      case PLUS, CHECKED_PLUS -> plus(call, "+");
      case MINUS, CHECKED_MINUS -> plus(call, "-");
      case TIMES, CHECKED_TIMES -> arithmetic(call, "*");
      case DIVIDE, CHECKED_DIVIDE ->
          quotient(call, PushedTypes.isReal(call.getType()) ? "/" : "//");
      case MOD -> quotient(call, "%");
      case MINUS_PREFIX, CHECKED_MINUS_PREFIX -> same(call, "(-(", "))");
      case PLUS_PREFIX -> print(call, 0);
      case REINTERPRET -> reinterpret(call);
      case LIKE, TRIM -> new PushedTexts(expressions).print(call);
      case FLOOR -> floor(call);
      case CEIL -> rounded(call, "ceil");
      case EXTRACT -> extract(call);
      default -> named(call);
    };
  }

  static UnprintableException refused(RexCall call) {
    return new UnprintableException(
        call.getOperator().getName()
            + " of "
            + call.getOperands().stream().map(RexNode::getType).toList());
  }

  /** Of one operand, whose type is that of the result. */
  private String same(RexCall call, String before, String after) {
    if (!PushedTypes.name(call.getType()).equals(PushedTypes.name(type(call, 0)))
        || SqlTypes.isDatetime(call.getType())
        || SqlTypes.isText(call.getType())) {
      throw refused(call);
    }
    return before + print(call, 0) + after;
  }

  private String plus(RexCall call, String sign) {
    RelDataType left = type(call, 0);
    RelDataType right = type(call, 1);
    if (SqlTypes.isTimestamp(left) && SqlTypes.isTimestamp(call.getType())) {
      if (SqlTypes.isMillis(right)) {
        return "(" + print(call, 0) + " " + sign + " " + print(call, 1) + ")";
      }
      if (SqlTypes.isMonths(right)) {
        return "epoch_ms(epoch_ms("
            + print(call, 0)
            + ") "
            + sign
            + " to_months(CAST("
            + print(call, 1)
            + " AS INTEGER)))";
      }
      throw refused(call);
    }
    if (SqlTypes.isDate(left) && SqlTypes.isDate(call.getType())) {
      return date(call, sign, right);
    }
    if (SqlTypes.isTimestamp(left)
        && SqlTypes.isTimestamp(right)
        && SqlTypes.isMillis(call.getType())
        && sign.equals("-")) {
      return "(" + print(call, 0) + " - " + print(call, 1) + ")";
    }
    return arithmetic(call, sign);
  }

  private String date(RexCall call, String sign, RelDataType interval) {
    if (SqlTypes.isMillis(interval)) {
      return "(%s %s CAST(%s // 86400000 AS INTEGER))"
          .formatted(print(call, 0), sign, print(call, 1));
    }
    if (SqlTypes.isMonths(interval)) {
      return days(
          "%s + %s %s to_months(CAST(%s AS INTEGER))"
              .formatted(PushedCasts.DAY_0, print(call, 0), sign, print(call, 1)));
    }
    throw refused(call);
  }

  /** Returns a date of the other database as its number of days. */
  private static String days(String date) {
    return "CAST(CAST(" + date + " AS DATE) - " + PushedCasts.DAY_0 + " AS INTEGER)";
  }

  private String arithmetic(RexCall call, String sign) {
    RelDataType type = call.getType();
    RelDataType left = type(call, 0);
    RelDataType right = type(call, 1);
    if (SqlTypes.isInteger(type) && SqlTypes.isInteger(left) && SqlTypes.isInteger(right)) {
      return binary(call, sign, type);
    }
    if (PushedTypes.isReal(type) && isRealOrInteger(left) && isRealOrInteger(right)) {
      return binary(call, sign, type);
    }
    boolean exact =
        SqlTypes.isDecimal(type)
            && (SqlTypes.isDecimal(left) || SqlTypes.isInteger(left))
            && (SqlTypes.isDecimal(right) || SqlTypes.isInteger(right));
    if (exact && !sign.equals("*")) {
      return binary(call, sign, type);
    }
    if (exact
        && digits(left) + digits(right) <= MOST_DIGITS
        && scale(left) + scale(right) <= type.getScale()) {
      return "CAST(("
          + decimal(call, 0)
          + " * "
          + decimal(call, 1)
          + ") AS "
          + PushedTypes.name(type)
          + ")";
    }
    throw refused(call);
  }

  private static boolean isRealOrInteger(RelDataType type) {
    return PushedTypes.isReal(type) || SqlTypes.isInteger(type);
  }

  private static int digits(RelDataType type) {
    return SqlTypes.isDecimal(type) ? type.getPrecision() : 19;
  }

  private static int scale(RelDataType type) {
    return SqlTypes.isDecimal(type) ? type.getScale() : 0;
  }

  private String decimal(RexCall call, int operand) {
    return SqlTypes.isDecimal(type(call, operand))
        ? print(call, operand)
        : "CAST(" + print(call, operand) + " AS DECIMAL(19, 0))";
  }

  private String binary(RexCall call, String sign, RelDataType type) {
    String result =
        "("
            + expressions.as(call.getOperands().get(0), type)
            + " "
            + sign
            + " "
            + expressions.as(call.getOperands().get(1), type)
            + ")";
    return PushedTypes.isReal(type)
        ? result
        : "CAST(" + result + " AS " + PushedTypes.name(type) + ")";
  }

  /** Whatever the other database makes of a division by zero, it is an error here. */
  private String quotient(RexCall call, String sign) {
    RelDataType type = call.getType();
    boolean reals =
        PushedTypes.isReal(type)
            && isRealOrInteger(type(call, 0))
            && isRealOrInteger(type(call, 1))
            && (PushedTypes.isReal(type(call, 0)) || PushedTypes.isReal(type(call, 1)))
            && !sign.equals("%");
    boolean whole =
        (SqlTypes.isInteger(type) || SqlTypes.isInterval(type))
            && (SqlTypes.isInteger(type(call, 0)) || SqlTypes.isInterval(type(call, 0)))
            && SqlTypes.isInteger(type(call, 1));
    if (!reals && !whole) {
      throw refused(call);
    }
    String by = reals ? expressions.as(call.getOperands().get(1), type) : print(call, 1);
    String of = reals ? expressions.as(call.getOperands().get(0), type) : print(call, 0);
    String value = "(" + of + " " + sign + " " + by + ")";
    String guarded =
        isNotZero(call.getOperands().get(1)) ? value : PushedGuard.of(by + " <> 0", value, by);
    return reals ? guarded : "CAST(" + guarded + " AS " + PushedTypes.name(type) + ")";
  }

  private static boolean isNotZero(RexNode node) {
    return node instanceof RexLiteral literal
        && literal.getValue() instanceof Number number
        && number.doubleValue() != 0;
  }

  private String reinterpret(RexCall call) {
    boolean whole =
        (SqlTypes.isInterval(type(call, 0)) || SqlTypes.isInteger(type(call, 0)))
            && (SqlTypes.isInterval(call.getType()) || SqlTypes.isInteger(call.getType()));
    if (!whole) {
      throw refused(call);
    }
    return "CAST(" + print(call, 0) + " AS " + PushedTypes.name(call.getType()) + ")";
  }

  private String floor(RexCall call) {
    if (call.getOperands().size() == 1) {
      return rounded(call, "floor");
    }
    boolean date = SqlTypes.isDate(type(call, 0)) && SqlTypes.isDate(call.getType());
    if (!date && (!SqlTypes.isTimestamp(type(call, 0)) || !SqlTypes.isTimestamp(call.getType()))) {
      throw refused(call);
    }
    String unit =
        switch (unit(call, 1)) {
          case YEAR -> "year";
          case QUARTER -> "quarter";
          case MONTH -> "month";
          case DAY -> "day";
          case HOUR -> "hour";
          case MINUTE -> "minute";
          case SECOND -> "second";
          default -> throw refused(call);
        };
    if (date) {
      return days("date_trunc('" + unit + "', " + PushedCasts.DAY_0 + " + " + print(call, 0) + ")");
    }
    return "epoch_ms(CAST(date_trunc('"
        + unit
        + "', epoch_ms("
        + print(call, 0)
        + ")) AS TIMESTAMP))";
  }

  private static TimeUnitRange unit(RexCall call, int operand) {
    if (call.getOperands().get(operand) instanceof RexLiteral literal
        && literal.getValue() instanceof TimeUnitRange unit) {
      return unit;
    }
    throw refused(call);
  }

  private String rounded(RexCall call, String function) {
    if (call.getOperands().size() != 1) {
      throw refused(call);
    }
    if (SqlTypes.isInteger(type(call, 0)) && SqlTypes.isInteger(call.getType())) {
      return expressions.as(call.getOperands().get(0), call.getType());
    }
    if (!PushedTypes.isReal(call.getType())) {
      throw refused(call);
    }
    return same(call, function + "(", ")");
  }

  private String extract(RexCall call) {
    boolean date = SqlTypes.isDate(type(call, 1));
    if ((!date && !SqlTypes.isTimestamp(type(call, 1))) || !SqlTypes.isInteger(call.getType())) {
      throw refused(call);
    }
    String of =
        date ? PushedCasts.DAY_0 + " + " + print(call, 1) : "epoch_ms(" + print(call, 1) + ")";
    String part =
        switch (unit(call, 0)) {
          case YEAR -> "year";
          case QUARTER -> "quarter";
          case MONTH -> "month";
          case DAY -> "day";
          case DOY -> "dayofyear";
          case HOUR, MINUTE, SECOND -> clock(call, date);
          default -> throw refused(call);
        };
    return "CAST(" + part + "(" + of + ") AS " + PushedTypes.name(call.getType()) + ")";
  }

  private static String clock(RexCall call, boolean date) {
    if (date) {
      throw refused(call);
    }
    return unit(call, 0).name().toLowerCase(Locale.ROOT);
  }

  private String named(RexCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    int operands = call.getOperands().size();
    if (operands == 1 && name.equals("ABS")) {
      return same(call, "abs(", ")");
    }
    if (operands == 1 && name.equals("SQRT") && PushedTypes.isReal(type(call, 0))) {
      return PushedGuard.of(
          print(call, 0) + " >= 0", "sqrt(" + print(call, 0) + ")", print(call, 0));
    }
    if (operands == 0 || !SqlTypes.isText(type(call, 0))) {
      throw refused(call);
    }
    return new PushedTexts(expressions).print(call);
  }
}
