package dev.turntable.plan.pushed;

import dev.turntable.eval.SqlTypes;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.jspecify.annotations.Nullable;

/** Prints functions of texts, as far as each database takes letters for the same. */
final class PushedTexts {
  private final PushedExpressions expressions;

  PushedTexts(PushedExpressions expressions) {
    this.expressions = expressions;
  }

  private String print(RexCall call, int operand) {
    return expressions.print(call.getOperands().get(operand));
  }

  /** Prints a call whose operands, or the first of them, are texts. */
  String print(RexCall call) {
    return switch (call.getKind()) {
      case LIKE -> like(call);
      case TRIM -> trim(call);
      default -> named(call);
    };
  }

  private String named(RexCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    return switch (name) {
      case "||" ->
          "(" + String.join(" || ", call.getOperands().stream().map(this::ofText).toList()) + ")";
      case "UPPER", "LOWER" -> ofAscii(name.toLowerCase(Locale.ROOT), print(call, 0));
      case "CHAR_LENGTH", "CHARACTER_LENGTH", "LENGTH" ->
          "CAST(length(" + print(call, 0) + ") AS " + PushedTypes.name(call.getType()) + ")";
      case "LEFT", "RIGHT" -> end(call, name.toLowerCase(Locale.ROOT));
      case "SUBSTRING" -> substring(call);
      case "POSITION" -> position(call);
      case "REPLACE" -> replace(call);
      default -> throw PushedCalls.refused(call);
    };
  }

  private String like(RexCall call) {
    boolean plain =
        call.getOperator() instanceof SqlLikeOperator like
            && like.isCaseSensitive()
            && !like.isNegated()
            && call.getOperands().stream().allMatch(each -> SqlTypes.isText(each.getType()));
    if (!plain) {
      throw PushedCalls.refused(call);
    }
    String escape = call.getOperands().size() > 2 ? " ESCAPE " + print(call, 2) : "";
    return "(" + print(call, 0) + " LIKE " + print(call, 1) + escape + ")";
  }

  private String trim(RexCall call) {
    List<RexNode> operands = call.getOperands();
    Object flag = operands.get(0) instanceof RexLiteral literal ? literal.getValue() : null;
    String seek = text(operands.get(1));
    if (!(flag instanceof SqlTrimFunction.Flag side)
        || seek == null
        || seek.length() != 1
        || seek.charAt(0) > '~') {
      throw PushedCalls.refused(call);
    }
    String function =
        switch (side) {
          case BOTH -> "trim";
          case LEADING -> "ltrim";
          case TRAILING -> "rtrim";
        };
    return function + "(" + print(call, 2) + ", " + print(call, 1) + ")";
  }

  /** Returns the text of a literal, or null if it is none. */
  private static @Nullable String text(RexNode node) {
    return node instanceof RexLiteral literal && SqlTypes.isText(node.getType())
        ? literal.getValueAs(String.class)
        : null;
  }

  private String ofText(RexNode node) {
    if (!SqlTypes.isText(node.getType())) {
      throw new UnprintableException("|| of " + node.getType());
    }
    return expressions.print(node);
  }

  /** Other letters have rules of their own, in each database. */
  private static String ofAscii(String function, String text) {
    return PushedGuard.of(
        "strlen(" + text + ") = length(" + text + ")", function + "(" + text + ")", text);
  }

  private String end(RexCall call, String function) {
    if (!isCount(call.getOperands().get(1), 0)) {
      throw PushedCalls.refused(call);
    }
    return function + "(" + print(call, 0) + ", " + print(call, 1) + ")";
  }

  private static boolean isCount(RexNode node, int least) {
    return node instanceof RexLiteral literal
        && SqlTypes.isInteger(node.getType())
        && !literal.isNull()
        && RexLiteral.intValue(literal) >= least;
  }

  private String substring(RexCall call) {
    for (RexNode each : call.getOperands().subList(1, call.getOperands().size())) {
      if (!isCount(each, 1)) {
        throw PushedCalls.refused(call);
      }
    }
    String length = call.getOperands().size() > 2 ? ", " + print(call, 2) : "";
    return "substring(" + print(call, 0) + ", " + print(call, 1) + length + ")";
  }

  private String position(RexCall call) {
    String sought = text(call.getOperands().get(0));
    if (call.getOperands().size() != 2 || sought == null || sought.isEmpty()) {
      throw PushedCalls.refused(call);
    }
    return "CAST(strpos("
        + print(call, 1)
        + ", "
        + print(call, 0)
        + ") AS "
        + PushedTypes.name(call.getType())
        + ")";
  }

  private String replace(RexCall call) {
    String sought = text(call.getOperands().get(1));
    if (call.getOperands().size() != 3 || sought == null || sought.isEmpty()) {
      throw PushedCalls.refused(call);
    }
    return "replace("
        + print(call, 0)
        + ", "
        + print(call, 1)
        + ", "
        + ofText(call.getOperands().get(2))
        + ")";
  }
}
