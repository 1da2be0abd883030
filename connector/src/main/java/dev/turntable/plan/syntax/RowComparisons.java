package dev.turntable.plan.syntax;

import dev.turntable.plan.error.ValidationErrors;
import dev.turntable.plan.token.Operands;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Rows compared with rows, which Calcite has for equality only: the first elements that differ decide,
 * and the result is unknown if a null comes before.
 */
final class RowComparisons extends SqlShuttle {
  private RowComparisons() {}

  static SqlNode spelledOut(SqlNode parsed, SqlStatement statement) {
    return mayCompare(statement.tokens())
        ? SqlNodes.rewritten(parsed, new RowComparisons())
        : parsed;
  }

  /** A parenthesis beside a comparison: cheap to see, and rare. */
  private static boolean mayCompare(List<SqlToken> tokens) {
    for (int i = 1; i + 1 < tokens.size(); i++) {
      SqlToken after = tokens.get(i + 1);
      if (tokens.get(i - 1).isSign(")")
          && (tokens.get(i).isWord("BETWEEN")
              || tokens.get(i).isWord("NOT")
              || tokens.get(i).isWord("IS")
              || (Operands.isComparison(tokens.get(i))
                  && (after.isSign("(") || after.isWord("ROW"))))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (!(visited instanceof SqlCall same) || same.operandCount() < 2 || !isRow(same.operand(0))) {
      return visited;
    }
    if (same.getOperator() instanceof SqlBetweenOperator between
        && isRow(same.operand(1))
        && isRow(same.operand(2))) {
      return between(between, same);
    }
    return isRow(same.operand(1)) ? compared(same) : visited;
  }

  private static boolean isRow(@Nullable SqlNode node) {
    return node != null && node.getKind() == SqlKind.ROW;
  }

  private static SqlNode between(SqlBetweenOperator operator, SqlCall call) {
    SqlParserPos here = call.getParserPosition();
    SqlNode inside = inside(call.operand(0), call.operand(1), call.operand(2), here);
    if (operator.flag == SqlBetweenOperator.Flag.SYMMETRIC) {
      inside =
          SqlStdOperatorTable.OR.createCall(
              here, inside, inside(call.operand(0), call.operand(2), call.operand(1), here));
    }
    return operator.isNegated() ? SqlStdOperatorTable.NOT.createCall(here, inside) : inside;
  }

  private static SqlNode inside(SqlNode row, SqlNode from, SqlNode to, SqlParserPos here) {
    return SqlStdOperatorTable.AND.createCall(
        here,
        less(from, row, SqlStdOperatorTable.LESS_THAN_OR_EQUAL, here),
        less(row, to, SqlStdOperatorTable.LESS_THAN_OR_EQUAL, here));
  }

  private static SqlNode compared(SqlCall call) {
    SqlParserPos here = call.getParserPosition();
    SqlNode left = call.operand(0);
    SqlNode right = call.operand(1);
    SqlOperator operator = call.getOperator();
    return switch (call.getKind()) {
      case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          less(left, right, operator, here);
      case EQUALS, IS_NOT_DISTINCT_FROM ->
          all(left, right, operator, SqlStdOperatorTable.AND, here);
      case NOT_EQUALS, IS_DISTINCT_FROM -> all(left, right, operator, SqlStdOperatorTable.OR, here);
      default -> call;
    };
  }

  /** Returns the comparison by which the last elements are compared, all before being equal. */
  private static SqlNode less(
      SqlNode left, SqlNode right, SqlOperator operator, SqlParserPos here) {
    List<SqlNode> ours = elements(left);
    List<SqlNode> theirs = elements(right);
    check(ours, theirs, here);
    boolean greater = operator.getKind().name().startsWith("GREATER");
    SqlOperator strict = greater ? SqlStdOperatorTable.GREATER_THAN : SqlStdOperatorTable.LESS_THAN;
    int last = ours.size() - 1;
    SqlNode result = operator.createCall(here, ours.get(last), theirs.get(last));
    for (int i = last - 1; i >= 0; i--) {
      SqlNode decided = strict.createCall(here, ours.get(i), theirs.get(i));
      SqlNode equal = SqlStdOperatorTable.EQUALS.createCall(here, ours.get(i), theirs.get(i));
      SqlNode later = SqlStdOperatorTable.AND.createCall(here, equal, result);
      result = SqlStdOperatorTable.OR.createCall(here, decided, later);
    }
    return result;
  }

  private static SqlNode all(
      SqlNode left, SqlNode right, SqlOperator operator, SqlOperator joined, SqlParserPos here) {
    List<SqlNode> ours = elements(left);
    List<SqlNode> theirs = elements(right);
    check(ours, theirs, here);
    SqlNode result = operator.createCall(here, ours.get(0), theirs.get(0));
    for (int i = 1; i < ours.size(); i++) {
      result =
          joined.createCall(here, result, operator.createCall(here, ours.get(i), theirs.get(i)));
    }
    return result;
  }

  private static List<SqlNode> elements(SqlNode row) {
    return ((SqlCall) row).getOperandList();
  }

  private static void check(List<SqlNode> ours, List<SqlNode> theirs, SqlParserPos here) {
    if (ours.size() != theirs.size()) {
      throw new TurntableException(
          ErrorKind.INVALID_STATEMENT,
          ValidationErrors.place(here)
              + "a row of "
              + ours.size()
              + " elements cannot be compared with one of "
              + theirs.size());
    }
  }
}
