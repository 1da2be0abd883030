package dev.turntable.plan.pushed;

import dev.turntable.eval.GroupCounts;
import dev.turntable.eval.SqlTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;

/** Prints window functions, each behind the columns of its input. */
final class PushedWindows {
  private final Window window;
  private final TextOrder texts;
  private final LateValues late;
  private final int width;

  PushedWindows(Window window, TextOrder texts, LateValues late) {
    this.window = window;
    this.texts = texts;
    this.late = late;
    this.width = window.getInput().getRowType().getFieldCount();
  }

  String print(PushedRows from) {
    List<String> values = new ArrayList<>(from.all());
    for (Window.Group group : window.groups) {
      String over = over(group, from);
      for (Window.RexWinAggCall call : group.aggCalls) {
        values.add(call(call, over, from));
      }
    }
    return from.select(values);
  }

  private String over(Window.Group group, PushedRows from) {
    List<String> parts = new ArrayList<>();
    if (!group.keys.isEmpty()) {
      parts.add(
          "PARTITION BY "
              + group.keys.asList().stream().map(from::column).collect(Collectors.joining(", ")));
    }
    if (!group.orderKeys.getFieldCollations().isEmpty()) {
      parts.add("ORDER BY " + from.order(group.orderKeys, texts));
    }
    parts.add(frame(group, from));
    return " OVER (" + String.join(" ", parts) + ")";
  }

  private String frame(Window.Group group, PushedRows from) {
    boolean groups = GroupCounts.in(window, group);
    boolean distance =
        !group.isRows
            && (group.lowerBound.getOffset() != null || group.upperBound.getOffset() != null);
    if (distance && !canBeFar(group, from)) {
      throw new UnprintableException("a frame of distances that are no whole numbers");
    }
    String exclusion =
        group.exclude == RexWindowExclusion.EXCLUDE_NO_OTHER
            ? ""
            : " " + group.exclude.name().replace('_', ' ');
    return (groups ? "GROUPS" : group.isRows ? "ROWS" : "RANGE")
        + " BETWEEN "
        + bound(group.lowerBound, distance)
        + " AND "
        + bound(group.upperBound, distance)
        + exclusion;
  }

  private boolean canBeFar(Window.Group group, PushedRows from) {
    List<RelFieldCollation> order = group.orderKeys.getFieldCollations();
    return order.size() == 1
        && isWhole(from.type(order.get(0).getFieldIndex()))
        && isWhole(group.lowerBound)
        && isWhole(group.upperBound);
  }

  private boolean isWhole(RexWindowBound bound) {
    return bound.getOffset() == null || isWhole(constantOr(bound.getOffset()).getType());
  }

  private static boolean isWhole(RelDataType type) {
    return SqlTypes.isInteger(type) || SqlTypes.isTimestamp(type) || SqlTypes.isMillis(type);
  }

  private String bound(RexWindowBound bound, boolean distance) {
    String side = bound.isPreceding() ? " PRECEDING" : " FOLLOWING";
    if (bound.isCurrentRow()) {
      return "CURRENT ROW";
    }
    RexNode offset = bound.getOffset();
    if (offset == null) {
      return "UNBOUNDED" + side;
    }
    RexNode constant = constantOr(offset);
    if (distance && constant instanceof RexLiteral) {
      return late.add(constant, false) + side;
    }
    return (GroupCounts.isMarked(constant)
            ? String.valueOf(GroupCounts.count(constant))
            : count(offset))
        + side;
  }

  private RexNode constantOr(RexNode operand) {
    return operand instanceof RexInputRef ref && ref.getIndex() >= width
        ? window.constants.get(ref.getIndex() - width)
        : operand;
  }

  private String count(@org.jspecify.annotations.Nullable RexNode node) {
    RexNode constant = node == null ? null : constantOr(node);
    if (!(constant instanceof RexLiteral literal)
        || literal.isNull()
        || !SqlTypes.isInteger(literal.getType())) {
      throw new UnprintableException("a window's number that is none of the statement");
    }
    return late.add(literal, true);
  }

  private String argument(RexNode operand, RelDataType type, PushedRows from) {
    RexNode node = constantOr(operand);
    String value =
        node instanceof RexInputRef ref
            ? from.column(ref.getIndex())
            : node instanceof RexLiteral literal && literal.isNull()
                ? LateValue.literal(null, type)
                : late.add(node, false);
    return PushedCasts.cast(value, node.getType(), type);
  }

  private String call(Window.RexWinAggCall call, String over, PushedRows from) {
    List<RexNode> operands = call.getOperands();
    RelDataType type = call.getType();
    if (call.ignoreNulls) {
      throw new UnprintableException("IGNORE NULLS");
    }
    String name = PushedTypes.name(type);
    return switch (call.getKind()) {
      case ROW_NUMBER, RANK, DENSE_RANK ->
          "CAST(" + call.getKind().name() + "()" + over + " AS " + name + ")";
      case NTILE -> "CAST(NTILE(" + count(operands.get(0)) + ")" + over + " AS " + name + ")";
      case LAG, LEAD -> neighbour(call, over, from);
      case FIRST_VALUE, LAST_VALUE ->
          call.getKind().name() + "(" + argument(operands.get(0), type, from) + ")" + over;
      case NTH_VALUE ->
          "NTH_VALUE("
              + argument(operands.get(0), type, from)
              + ", "
              + count(operands.get(1))
              + ")"
              + over;
      default -> aggregate(call, over, from);
    };
  }

  private String neighbour(Window.RexWinAggCall call, String over, PushedRows from) {
    List<RexNode> operands = call.getOperands();
    String sql = call.getKind().name() + "(" + argument(operands.get(0), call.getType(), from);
    sql += ", " + (operands.size() > 1 ? count(operands.get(1)) : "1");
    if (operands.size() > 2) {
      sql += ", " + argument(operands.get(2), call.getType(), from);
    }
    return sql + ")" + over;
  }

  private String aggregate(Window.RexWinAggCall call, String over, PushedRows from) {
    List<RexNode> operands = call.getOperands();
    RelDataType argument = operands.isEmpty() ? null : operands.get(0).getType();
    List<String> values =
        operands.stream().map(each -> argument(each, each.getType(), from)).toList();
    return PushedAggregates.print(
        call.getOperator().getKind(),
        new PushedAggregates.Arguments(values, argument, call.distinct, over),
        call.getType(),
        texts);
  }
}
