package dev.turntable.plan.syntax;

import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.jspecify.annotations.Nullable;

/**
 * OVERLAPS and CONTAINS as the standard has them: a period holds its start and not its end. Calcite's
 * hold both. A period whose start is its end is that one time.
 */
public final class Periods {
  /** A period, its start not after its end. */
  private record Period(RexNode start, RexNode end, boolean isTime) {}

  private Periods() {}

  /** Returns what converts the call, or null for all others. */
  public static @Nullable SqlRexConvertlet convertlet(SqlCall call) {
    if (call.getKind() == SqlKind.OVERLAPS) {
      return Periods::overlaps;
    }
    return call.getKind() == SqlKind.CONTAINS ? Periods::contains : null;
  }

  private static RexNode overlaps(SqlRexContext context, SqlCall call) {
    RexBuilder builder = context.getRexBuilder();
    Period a = period(context, call.operand(0));
    Period b = period(context, call.operand(1));
    RexNode within =
        both(
            builder,
            builder.makeCall(SqlStdOperatorTable.LESS_THAN, a.start(), b.end()),
            builder.makeCall(SqlStdOperatorTable.LESS_THAN, b.start(), a.end()));
    RexNode sameStart = builder.makeCall(SqlStdOperatorTable.EQUALS, a.start(), b.start());
    return builder.makeCall(SqlStdOperatorTable.OR, within, sameStart);
  }

  private static RexNode contains(SqlRexContext context, SqlCall call) {
    RexBuilder builder = context.getRexBuilder();
    Period a = period(context, call.operand(0));
    Period b = period(context, call.operand(1));
    SqlOperator end =
        b.isTime() ? SqlStdOperatorTable.GREATER_THAN : SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
    return both(
        builder,
        builder.makeCall(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, a.start(), b.start()),
        builder.makeCall(end, a.end(), b.end()));
  }

  private static RexNode both(RexBuilder builder, RexNode one, RexNode other) {
    return builder.makeCall(SqlStdOperatorTable.AND, one, other);
  }

  private static Period period(SqlRexContext context, SqlNode operand) {
    if (operand.getKind() != SqlKind.ROW) {
      RexNode time = context.convertExpression(operand);
      return new Period(time, time, true);
    }
    SqlNode first = ((SqlCall) operand).operand(0);
    SqlNode second = ((SqlCall) operand).operand(1);
    if (SqlTypeUtil.isInterval(context.getValidator().getValidatedNodeType(second))) {
      second = SqlStdOperatorTable.PLUS.createCall(SqlParserPos.ZERO, first, second);
    }
    RexNode start = context.convertExpression(first);
    RexNode end = context.convertExpression(second);
    RexBuilder builder = context.getRexBuilder();
    RexNode inOrder = builder.makeCall(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, start, end);
    return new Period(
        builder.makeCall(SqlStdOperatorTable.CASE, inOrder, start, end),
        builder.makeCall(SqlStdOperatorTable.CASE, inOrder, end, start),
        false);
  }
}
