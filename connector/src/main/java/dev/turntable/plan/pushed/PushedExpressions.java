package dev.turntable.plan.pushed;

import com.google.common.collect.Range;
import dev.turntable.eval.SqlTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Sarg;

/**
 * Prints expressions over the columns of a row. Each is of the type, in the other database, that its own
 * type has there.
 */
final class PushedExpressions {
  /** A guard repeats what it guards, so that guards in guards make a text of any length. */
  private static final int LONGEST = 50_000;

  private final RexBuilder builder;
  private final LateValues late;
  private final TextOrder texts;
  private final Map<String, List<String>> outer;
  private final IntFunction<String> columns;

  /**
   * @param outer by the name of a variable of correlation, what its fields are
   * @param columns what the columns of the row are
   */
  PushedExpressions(
      RexBuilder builder,
      LateValues late,
      TextOrder texts,
      Map<String, List<String>> outer,
      IntFunction<String> columns) {
    this.builder = builder;
    this.late = late;
    this.texts = texts;
    this.outer = outer;
    this.columns = columns;
  }

  String print(RexNode node) {
    if (node instanceof RexInputRef ref) {
      return columns.apply(ref.getIndex());
    }
    if (node instanceof RexFieldAccess access
        && access.getReferenceExpr() instanceof RexCorrelVariable variable) {
      List<String> fields = outer.get(variable.id.getName());
      if (fields == null) {
        throw new UnprintableException("the outer row " + variable);
      }
      return fields.get(access.getField().getIndex());
    }
    if (node instanceof RexLiteral literal && literal.isNull()) {
      return LateValue.literal(null, node.getType());
    }
    if (node instanceof RexLiteral || node instanceof RexDynamicParam) {
      PushedTypes.name(node.getType());
      return late.add(node, false);
    }
    if (!(node instanceof RexCall call) || node instanceof RexOver || node instanceof RexSubQuery) {
      throw new UnprintableException("the expression " + node.getKind());
    }
    if (isFixed(call)) {
      PushedTypes.name(node.getType());
      return late.add(call, false);
    }
    String printed = call(call);
    if (printed.length() > LONGEST) {
      throw new UnprintableException("so long an expression");
    }
    return printed;
  }

  /** Returns whether an expression has one value for an execution. */
  private static boolean isFixed(RexNode node) {
    if (!RexUtil.isDeterministic(node)) {
      throw new UnprintableException("an expression that has another value each time");
    }
    boolean[] fixed = {true};
    node.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitInputRef(RexInputRef ref) {
            fixed[0] = false;
            return null;
          }

          @Override
          public Void visitCorrelVariable(RexCorrelVariable variable) {
            fixed[0] = false;
            return null;
          }

          @Override
          public Void visitOver(RexOver over) {
            fixed[0] = false;
            return null;
          }

          @Override
          public Void visitSubQuery(RexSubQuery subQuery) {
            fixed[0] = false;
            return null;
          }
        });
    return fixed[0];
  }

  private String call(RexCall call) {
    List<RexNode> operands = call.getOperands();
    return switch (call.getKind()) {
      case AND -> joined(operands, " AND ");
      case OR -> joined(operands, " OR ");
      case NOT -> "(NOT " + print(operands.get(0)) + ")";
      case IS_NULL, IS_UNKNOWN -> is(operands, "NULL");
      case IS_NOT_NULL -> is(operands, "NOT NULL");
      case IS_TRUE -> is(operands, "TRUE");
      case IS_FALSE -> is(operands, "FALSE");
      case IS_NOT_TRUE -> is(operands, "NOT TRUE");
      case IS_NOT_FALSE -> is(operands, "NOT FALSE");
      case EQUALS -> comparison(operands, "=", false);
      case NOT_EQUALS -> comparison(operands, "<>", false);
      case IS_DISTINCT_FROM -> comparison(operands, "IS DISTINCT FROM", false);
      case IS_NOT_DISTINCT_FROM -> comparison(operands, "IS NOT DISTINCT FROM", false);
      case LESS_THAN -> comparison(operands, "<", true);
      case LESS_THAN_OR_EQUAL -> comparison(operands, "<=", true);
      case GREATER_THAN -> comparison(operands, ">", true);
      case GREATER_THAN_OR_EQUAL -> comparison(operands, ">=", true);
      case SEARCH -> search(call);
      case CASE -> choice(call);
      case COALESCE -> "COALESCE(" + arguments(call, operands) + ")";
      case NULLIF ->
          "CASE WHEN "
              + comparison(operands, "=", false)
              + " THEN NULL ELSE "
              + print(operands.get(0))
              + " END";
      case CAST ->
          PushedCasts.cast(print(operands.get(0)), operands.get(0).getType(), call.getType());
      default -> new PushedCalls(this).print(call);
    };
  }

  private String joined(List<RexNode> operands, String with) {
    return "(" + String.join(with, operands.stream().map(this::print).toList()) + ")";
  }

  private String is(List<RexNode> operands, String what) {
    return "(" + print(operands.get(0)) + " IS " + what + ")";
  }

  /** Returns a value as another type. */
  String as(RexNode node, RelDataType type) {
    if (node instanceof RexLiteral || node instanceof RexDynamicParam) {
      boolean same = PushedTypes.name(node.getType()).equals(PushedTypes.name(type));
      if (same || node.getType().getSqlTypeName() == SqlTypeName.NULL) {
        return node instanceof RexLiteral literal && literal.isNull()
            ? LateValue.literal(null, type)
            : print(node);
      }
    }
    return PushedCasts.cast(print(node), node.getType(), type);
  }

  private String arguments(RexCall call, List<RexNode> operands) {
    return String.join(", ", operands.stream().map(each -> as(each, call.getType())).toList());
  }

  private String choice(RexCall call) {
    List<RexNode> operands = call.getOperands();
    StringBuilder sql = new StringBuilder("CASE");
    for (int i = 0; i + 1 < operands.size(); i += 2) {
      sql.append(" WHEN ").append(print(operands.get(i)));
      sql.append(" THEN ").append(as(operands.get(i + 1), call.getType()));
    }
    return sql.append(" ELSE ")
        .append(as(operands.get(operands.size() - 1), call.getType()))
        .append(" END")
        .toString();
  }

  /**
   * Compares as the operators do: numbers by their value, anything else with its own kind.
   *
   * @param ordered whether it matters which is less
   */
  private String comparison(List<RexNode> operands, String sign, boolean ordered) {
    RelDataType left = operands.get(0).getType();
    RelDataType right = operands.get(1).getType();
    boolean text = ordered && (SqlTypes.isText(left) || SqlTypes.isText(right));
    String one = comparand(operands.get(0), right);
    String other = comparand(operands.get(1), left);
    return text
        ? "(" + texts.key(one) + " " + sign + " " + texts.key(other) + ")"
        : "(" + one + " " + sign + " " + other + ")";
  }

  private String comparand(RexNode node, RelDataType other) {
    RelDataType type = node.getType();
    if (type.getSqlTypeName() == SqlTypeName.NULL) {
      return LateValue.literal(null, other);
    }
    if (PushedTypes.isReal(other) && SqlTypes.isInteger(type)) {
      return "CAST(" + print(node) + " AS DOUBLE)";
    }
    boolean numbers =
        (SqlTypes.isInteger(type) || SqlTypes.isDecimal(type))
            && (SqlTypes.isInteger(other) || SqlTypes.isDecimal(other));
    boolean alike =
        numbers
            || other.getSqlTypeName() == SqlTypeName.NULL
            || (PushedTypes.isReal(type)
                && (PushedTypes.isReal(other) || SqlTypes.isInteger(other)))
            || (SqlTypes.isText(type) && SqlTypes.isText(other))
            || (SqlTypes.isMillis(type) && SqlTypes.isMillis(other))
            || (SqlTypes.isMonths(type) && SqlTypes.isMonths(other))
            || type.getSqlTypeName() == other.getSqlTypeName();
    if (!alike) {
      throw new UnprintableException("a comparison of " + type + " with " + other);
    }
    return print(node);
  }

  private String search(RexCall call) {
    RexNode value = call.getOperands().get(0);
    RexLiteral literal = (RexLiteral) call.getOperands().get(1);
    Sarg<?> sarg = literal.getValueAs(Sarg.class);
    if (sarg == null) {
      throw new UnprintableException("a search");
    }
    boolean points = sarg.isPoints();
    if (points || sarg.isComplementedPoints()) {
      return points(value, literal, sarg, points);
    }
    return print(RexUtil.expandSearch(builder, null, call));
  }

  private <C extends Comparable<C>> String points(
      RexNode value, RexLiteral literal, Sarg<C> sarg, boolean in) {
    List<String> values = new ArrayList<>();
    for (Range<C> range : (in ? sarg : sarg.negate()).rangeSet.asRanges()) {
      C point = range.lowerEndpoint();
      RexNode each = builder.makeLiteral(point, literal.getType(), true, true);
      values.add(comparand(each, value.getType()));
    }
    String found =
        values.isEmpty()
            ? (in ? "FALSE" : "TRUE")
            : comparand(value, literal.getType())
                + (in ? " IN (" : " NOT IN (")
                + String.join(", ", values)
                + ")";
    String isNull = print(value) + " IS NULL";
    if (sarg.nullAs == RexUnknownAs.TRUE) {
      return "(" + isNull + " OR " + found + ")";
    }
    return sarg.nullAs == RexUnknownAs.FALSE
        ? "(NOT " + isNull + " AND " + found + ")"
        : "(" + found + ")";
  }
}
