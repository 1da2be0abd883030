package dev.turntable.eval;

import dev.turntable.run.Scalar;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/** Chooses by kind, then by name, how a call is computed. */
final class CallCompiler {
  private final RoundingMode rounding;
  private final JsonCalls json;

  CallCompiler(RoundingMode rounding) {
    this.rounding = rounding;
    this.json = new JsonCalls(rounding);
  }

  /** Returns the call over compiled operands, or null if it is not known here. */
  @Nullable Scalar compile(RexCall call, List<Scalar> operands) {
    return switch (call.getKind()) {
      case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          comparison(call.getKind(), call, operands);
      case AND -> Logic.and(operands);
      case OR -> Logic.or(operands);
      case NOT -> Logic.not(operands.get(0));
      case IS_NULL, IS_UNKNOWN -> Logic.isNull(operands.get(0));
      case IS_NOT_NULL -> Logic.isNotNull(operands.get(0));
      case IS_TRUE -> Logic.is(operands.get(0), true);
      case IS_FALSE -> Logic.is(operands.get(0), false);
      case IS_NOT_TRUE -> Logic.isNot(operands.get(0), true);
      case IS_NOT_FALSE -> Logic.isNot(operands.get(0), false);
      case IS_DISTINCT_FROM -> distinct(call, operands, true);
      case IS_NOT_DISTINCT_FROM -> distinct(call, operands, false);
      case CASE -> Logic.choose(operands);
      case COALESCE -> Logic.coalesce(operands);
      case NULLIF -> nullIf(call, operands);
      case SEARCH -> search(call, operands);
      case LIKE, SIMILAR -> Patterns.compile(call, operands);
      case CAST, SAFE_CAST -> cast(call, operands);
      case REINTERPRET -> reinterpret(call, operands);
      case PLUS, CHECKED_PLUS -> plus(call, operands);
      case MINUS, CHECKED_MINUS -> minus(call, operands);
      case TIMES, CHECKED_TIMES, DIVIDE, CHECKED_DIVIDE, MOD -> arithmetic(call, operands);
      case MINUS_PREFIX, CHECKED_MINUS_PREFIX ->
          Arithmetic.negate(operands.get(0), call.getType(), rounding);
      case PLUS_PREFIX -> operands.get(0);
      case EXTRACT -> Extracts.compile(call, operands.get(1));
      case FLOOR, CEIL, DATE_TRUNC -> floor(call, operands);
      case TRIM -> TrimFunction.compile(call, operands);
      case ROW -> Structures.row(operands);
      case ARRAY_VALUE_CONSTRUCTOR -> Structures.array(call, operands, rounding);
      case MAP_VALUE_CONSTRUCTOR -> Structures.map(call, operands, rounding);
      case ITEM -> Structures.item(call, operands);
      default -> named(call, operands);
    };
  }

  private static @Nullable Scalar comparison(SqlKind kind, RexCall call, List<Scalar> operands) {
    return Comparisons.compile(
        kind, operands.get(0), operands.get(1), type(call, 0), type(call, 1));
  }

  private static RelDataType type(RexCall call, int operand) {
    return call.getOperands().get(operand).getType();
  }

  private static @Nullable Scalar distinct(RexCall call, List<Scalar> operands, boolean wanted) {
    Scalar equal = comparison(SqlKind.EQUALS, call, operands);
    return equal == null ? null : Logic.distinct(operands.get(0), operands.get(1), equal, wanted);
  }

  private static @Nullable Scalar nullIf(RexCall call, List<Scalar> operands) {
    Scalar equal = comparison(SqlKind.EQUALS, call, operands);
    return equal == null ? null : Logic.nullIf(operands.get(0), equal);
  }

  private static @Nullable Scalar search(RexCall call, List<Scalar> operands) {
    return call.getOperands().get(1) instanceof RexLiteral literal
            && literal.getValue() instanceof Sarg<?> sarg
        ? SargCompiler.compile(operands.get(0), sarg, type(call, 0), literal.getType())
        : null;
  }

  private @Nullable Scalar cast(RexCall call, List<Scalar> operands) {
    if (operands.size() != 1) {
      return null;
    }
    boolean safe = call.getKind() == SqlKind.SAFE_CAST;
    return Casts.compile(operands.get(0), type(call, 0), call.getType(), safe, rounding);
  }

  /** The same whole number as another type, for example an interval as BIGINT. */
  private static @Nullable Scalar reinterpret(RexCall call, List<Scalar> operands) {
    RelDataType to = call.getType();
    return SqlTypes.isWhole(type(call, 0)) && SqlTypes.isWhole(to)
        ? StrictCalls.unary(
            "REINTERPRET", operands.get(0), a -> Numbers.whole(((Number) a).longValue(), to))
        : null;
  }

  private @Nullable Scalar plus(RexCall call, List<Scalar> operands) {
    return SqlTypes.isDatetime(call.getType())
        ? Datetimes.plus(call, operands, 1)
        : arithmetic(call, operands);
  }

  private @Nullable Scalar minus(RexCall call, List<Scalar> operands) {
    if (SqlTypes.isDatetime(call.getType())) {
      return Datetimes.plus(call, operands, -1);
    }
    return SqlTypes.isDatetime(type(call, 0))
        ? Datetimes.minus(call, operands)
        : arithmetic(call, operands);
  }

  private @Nullable Scalar arithmetic(RexCall call, List<Scalar> operands) {
    return operands.size() != 2
        ? null
        : Arithmetic.compile(call, operands.get(0), operands.get(1), rounding);
  }

  private @Nullable Scalar floor(RexCall call, List<Scalar> operands) {
    boolean up = call.getKind() == SqlKind.CEIL;
    return operands.size() == 2
        ? Datetimes.round(call, operands, up)
        : NumberCalls.compile(up ? "CEIL" : "FLOOR", call, operands, rounding);
  }

  private @Nullable Scalar named(RexCall call, List<Scalar> operands) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (operands.isEmpty() && SqlTypes.isDatetime(call.getType())) {
      return Datetimes.now(name);
    }
    if (name.equals("MOD")) {
      return arithmetic(call, operands);
    }
    if (name.contains("JSON")) {
      return json.compile(name, call, operands);
    }
    if (name.endsWith("_TRUNC")) {
      return floor(call, operands);
    }
    if (name.equals("CARDINALITY")) {
      return Structures.size(call, operands);
    }
    Scalar zoned = Zones.compile(name, call, operands);
    if (zoned != null) {
      return zoned;
    }
    if (name.contains("REG") || name.contains("RLIKE")) {
      return RegexCalls.compile(name, call, operands);
    }
    Scalar text = TextCalls.compile(name, call, operands);
    return text != null ? text : NumberCalls.compile(name, call, operands, rounding);
  }
}
