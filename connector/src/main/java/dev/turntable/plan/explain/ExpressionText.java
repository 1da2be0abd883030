package dev.turntable.plan.explain;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/** Writes expressions for people, near to the SQL they came from. */
final class ExpressionText {
  private ExpressionText() {}

  /** Returns the text of an expression over columns of the given names. */
  static String describe(RexNode node, List<String> columns, RexBuilder builder) {
    return text(RexUtil.expandSearch(builder, null, node), columns);
  }

  private static String text(RexNode node, List<String> columns) {
    if (node instanceof RexInputRef ref) {
      return ref.getIndex() < columns.size() ? columns.get(ref.getIndex()) : ref.toString();
    }
    if (node instanceof RexDynamicParam) {
      return "?";
    }
    if (node instanceof RexLiteral literal) {
      return literal.getValue() instanceof NlsString string
          ? "'" + string.getValue().replace("'", "''") + "'"
          : plain(literal);
    }
    return node instanceof RexCall call ? call(call, columns) : node.toString();
  }

  private static String plain(RexLiteral literal) {
    if (literal.isNull()) {
      return "NULL";
    }
    return switch (literal.getTypeName()) {
      case DATE -> "DATE '" + literal.getValueAs(DateString.class) + "'";
      case TIME -> "TIME '" + literal.getValueAs(TimeString.class) + "'";
      case TIMESTAMP -> "TIMESTAMP '" + literal.getValueAs(TimestampString.class) + "'";
      default -> String.valueOf(literal.getValue());
    };
  }

  private static String call(RexCall call, List<String> columns) {
    List<String> operands = call.getOperands().stream().map(o -> nested(o, columns)).toList();
    if (call.getKind() == SqlKind.CAST) {
      return "CAST(" + operands.get(0) + " AS " + call.getType().getSqlTypeName() + ")";
    }
    SqlSyntax syntax = call.getOperator().getSyntax();
    String name = call.getOperator().getName();
    if (call.getKind() == SqlKind.CASE) {
      return branches(operands);
    }
    if (call.getKind() == SqlKind.LIKE) {
      return operands.get(0)
          + " LIKE "
          + operands.get(1)
          + (operands.size() > 2 ? " ESCAPE " + operands.get(2) : "");
    }
    if (syntax == SqlSyntax.BINARY) {
      return operands.stream().collect(Collectors.joining(" " + name + " "));
    }
    if (syntax == SqlSyntax.POSTFIX) {
      return operands.get(0) + " " + name;
    }
    if (syntax == SqlSyntax.PREFIX) {
      return name + " " + operands.get(0);
    }
    return name + "(" + String.join(", ", operands) + ")";
  }

  private static String branches(List<String> operands) {
    StringBuilder text = new StringBuilder("CASE");
    for (int i = 0; i + 1 < operands.size(); i += 2) {
      text.append(" WHEN ").append(operands.get(i)).append(" THEN ").append(operands.get(i + 1));
    }
    return text.append(" ELSE ")
        .append(operands.get(operands.size() - 1))
        .append(" END")
        .toString();
  }

  private static String nested(RexNode node, List<String> columns) {
    String text = text(node, columns);
    boolean grouped =
        node instanceof RexCall call
            && call.getOperator().getSyntax() == SqlSyntax.BINARY
            && (call.getKind() == SqlKind.AND || call.getKind() == SqlKind.OR);
    return grouped ? "(" + text + ")" : text;
  }
}
