package dev.turntable.plan.syntax;

import dev.turntable.plan.error.ValidationErrors;
import dev.turntable.plan.token.Spellings;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** GROUP BY ALL groups by every column of the result that aggregates nothing. */
final class GroupByAll extends SqlShuttle {
  private GroupByAll() {}

  static SqlNode spelledOut(SqlNode parsed, SqlStatement statement) {
    boolean found =
        statement.tokens().stream()
            .anyMatch(token -> token.isName() && token.value().equals(Spellings.GROUP_BY_ALL));
    return found ? SqlNodes.rewritten(parsed, new GroupByAll()) : parsed;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (visited instanceof SqlSelect select && isMarked(select.getGroup())) {
      select.setGroupBy(new SqlNodeList(keys(select), select.getParserPosition()));
      if (select.getGroup() != null && select.getGroup().isEmpty()) {
        select.setGroupBy(null);
      }
      return select;
    }
    return visited;
  }

  private static boolean isMarked(@Nullable SqlNodeList group) {
    return group != null
        && group.size() == 1
        && group.get(0) instanceof SqlIdentifier id
        && id.isSimple()
        && id.getSimple().equals(Spellings.GROUP_BY_ALL);
  }

  private static List<SqlNode> keys(SqlSelect select) {
    List<SqlNode> keys = new ArrayList<>();
    for (SqlNode item : select.getSelectList()) {
      SqlNode expression = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
      if (expression instanceof SqlIdentifier id && id.isStar()) {
        throw new TurntableException(
            ErrorKind.UNSUPPORTED,
            ValidationErrors.place(id.getParserPosition())
                + "GROUP BY ALL needs the names of the columns, not *");
      }
      if (!(expression instanceof SqlLiteral) && !aggregates(expression)) {
        keys.add(expression);
      }
    }
    return keys;
  }

  /** Returns whether there is an aggregate function in it, outside sub-queries and windows. */
  private static boolean aggregates(SqlNode node) {
    try {
      node.accept(new Finder());
      return false;
    } catch (Util.FoundOne e) {
      return true;
    }
  }

  private static final class Finder extends SqlBasicVisitor<Void> {
    @Override
    public Void visit(SqlCall call) {
      boolean other = call.getKind() == SqlKind.OVER || call.isA(SqlKind.QUERY);
      if (!other && isAggregate(call)) {
        throw Util.FoundOne.NULL;
      }
      return other ? null : super.visit(call);
    }
  }

  private static boolean isAggregate(SqlCall call) {
    SqlOperator operator = call.getOperator();
    if (!(call instanceof SqlBasicCall) || !(operator instanceof SqlFunction function)) {
      return operator.isAggregator();
    }
    SqlIdentifier name = function.getSqlIdentifier();
    List<SqlOperator> found = new ArrayList<>();
    Operators.INSTANCE.lookupOperatorOverloads(
        name == null ? new SqlIdentifier(function.getName(), call.getParserPosition()) : name,
        SqlFunctionCategory.USER_DEFINED_FUNCTION,
        SqlSyntax.FUNCTION,
        found,
        SqlNameMatchers.withCaseSensitive(false));
    return operator.isAggregator() || found.stream().anyMatch(SqlOperator::isAggregator);
  }
}
