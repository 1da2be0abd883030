package dev.turntable.plan.syntax;

import dev.turntable.plan.error.ValidationErrors;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * FILTER in front of OVER, which Calcite does not have: {@code SUM(CASE WHEN c THEN x END) OVER …} says
 * the same for every aggregate that takes no notice of nulls. And conditions within the aggregates that
 * a window is over, as far as Calcite does not have them there.
 */
final class FilteredWindows extends SqlShuttle {
  private static final Set<String> SKIPPING_NULLS =
      Set.of(
          ("APPROX_COUNT_DISTINCT AVG BIT_AND BIT_OR BIT_XOR BOOL_AND BOOL_OR CORR COUNT COVAR_POP"
                  + " COVAR_SAMP EVERY GROUP_CONCAT LISTAGG LOGICAL_AND LOGICAL_OR MAX MIN REGR_COUNT"
                  + " REGR_SXX REGR_SXY REGR_SYY SOME STDDEV STDDEV_POP STDDEV_SAMP STRING_AGG SUM"
                  + " VARIANCE VAR_POP VAR_SAMP")
              .split(" ", -1));

  private static final Set<SqlKind> LISTS = Set.of(SqlKind.IN, SqlKind.NOT_IN);

  private FilteredWindows() {}

  static SqlNode rewritten(SqlNode parsed, SqlStatement statement) {
    return statement.hasWord("OVER") && (statement.hasWord("FILTER") || statement.hasWord("IN"))
        ? SqlNodes.rewritten(parsed, new FilteredWindows())
        : parsed;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (!(visited instanceof SqlCall over) || over.getKind() != SqlKind.OVER) {
      return visited;
    }
    SqlNode function = over.operand(0);
    SqlNode window = over.operand(1);
    return over.getOperator()
        .createCall(
            over.getParserPosition(),
            isFilter(function) ? conditional((SqlCall) function) : asked(function),
            asked(window));
  }

  private static boolean isFilter(@Nullable SqlNode node) {
    return node != null && node.getKind() == SqlKind.FILTER;
  }

  /**
   * Returns a window function, or a window, with its aggregates rid of what Calcite looks for outside of
   * windows only: lists, and sub-queries in the condition of a FILTER.
   */
  private static SqlNode asked(SqlNode node) {
    if (!(node instanceof SqlCall call)) {
      return node;
    }
    SqlShuttle aggregates = new Aggregates();
    List<@Nullable SqlNode> operands = new ArrayList<>();
    for (@Nullable SqlNode operand : call.getOperandList()) {
      operands.add(operand == null ? null : SqlNodes.rewritten(operand, aggregates));
    }
    if (operands.equals(call.getOperandList())) {
      return node;
    }
    return call.getOperator()
        .createCall(call.getFunctionQuantifier(), call.getParserPosition(), operands);
  }

  private static final class Aggregates extends SqlShuttle {
    private static final Set<String> NAMES =
        Operators.INSTANCE.getOperatorList().stream()
            .filter(SqlOperator::isAggregator)
            .map(operator -> operator.getName().toUpperCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    private boolean inside;

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      if (call.isA(SqlKind.QUERY)) {
        return call;
      }
      boolean before = inside;
      boolean within =
          before
              || isFilter(call)
              || NAMES.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
      inside = within;
      SqlNode visited = super.visit(call);
      inside = before;
      if (isFilter(visited) && asks(((SqlCall) visited).operand(1))) {
        return conditional((SqlCall) visited);
      }
      return within
              && visited != null
              && LISTS.contains(visited.getKind())
              && ((SqlCall) visited).operand(1) instanceof SqlNodeList list
          ? comparisons((SqlCall) visited, list)
          : visited;
    }
  }

  private static SqlNode comparisons(SqlCall in, SqlNodeList list) {
    boolean not = in.getKind() == SqlKind.NOT_IN;
    SqlOperator each = not ? SqlStdOperatorTable.NOT_EQUALS : SqlStdOperatorTable.EQUALS;
    SqlOperator all = not ? SqlStdOperatorTable.AND : SqlStdOperatorTable.OR;
    SqlParserPos here = in.getParserPosition();
    return list.stream()
        .map(value -> (SqlNode) each.createCall(here, in.<SqlNode>operand(0), value))
        .reduce((a, b) -> all.createCall(here, a, b))
        .orElse(in);
  }

  private static boolean asks(SqlNode condition) {
    return SqlNodes.contains(condition, node -> node.isA(SqlKind.QUERY));
  }

  private static SqlNode conditional(SqlCall filter) {
    SqlParserPos here = filter.getParserPosition();
    if (!(filter.operand(0) instanceof SqlBasicCall aggregate)
        || aggregate.operandCount() == 0
        || !SKIPPING_NULLS.contains(aggregate.getOperator().getName().toUpperCase(Locale.ROOT))) {
      SqlCall call = filter.operand(0);
      throw new TurntableException(
          ErrorKind.UNSUPPORTED,
          ValidationErrors.place(call.getParserPosition())
              + "FILTER with OVER is not supported for "
              + call.getOperator().getName()
              + "; filter in a derived table");
    }
    return SqlNodes.withFirst(
        aggregate,
        value ->
            SqlNodes.where(
                filter.operand(1),
                SqlNodes.isStar(value) ? SqlLiteral.createExactNumeric("1", here) : value,
                here));
  }
}
