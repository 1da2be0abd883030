package dev.turntable.plan.syntax;

import dev.turntable.text.SqlStatement;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Oracle's table of one row, where no WITH gives its name to another. */
final class Dual extends SqlShuttle {
  private static final String NAME = "DUAL";

  /** How many WITH around here have a table of that name. */
  private int others;

  private Dual() {}

  static SqlNode replaced(SqlNode parsed, SqlStatement statement) {
    return statement.hasWord(NAME) ? SqlNodes.rewritten(parsed, new Dual()) : parsed;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call instanceof SqlWith with) {
      return with(with);
    }
    SqlNode visited = super.visit(call);
    if (others == 0 && visited instanceof SqlSelect select && select.getFrom() != null) {
      select.setFrom(from(select.getFrom()));
    }
    return visited;
  }

  /** A table of WITH is known to those behind it and to the query, and to itself if it is recursive. */
  private SqlNode with(SqlWith with) {
    int outside = others;
    SqlNodeList items = new SqlNodeList(with.withList.getParserPosition());
    for (SqlNode node : with.withList) {
      SqlWithItem item = (SqlWithItem) node;
      boolean same = item.name.getSimple().equalsIgnoreCase(NAME);
      boolean recursive = same && item.recursive.booleanValue();
      others += recursive ? 1 : 0;
      SqlNode query = item.query.accept(this);
      item.query = query == null ? item.query : query;
      items.add(item);
      others += same && !recursive ? 1 : 0;
    }
    SqlNode body = with.body.accept(this);
    others = outside;
    return new SqlWith(with.getParserPosition(), items, body == null ? with.body : body);
  }

  private static SqlNode from(SqlNode from) {
    if (isDual(from)) {
      return SqlStdOperatorTable.AS.createCall(
          from.getParserPosition(), row(from), name(NAME, from), name("DUMMY", from));
    }
    if (from instanceof SqlJoin join) {
      join.setLeft(from(join.getLeft()));
      join.setRight(from(join.getRight()));
    } else if (from.getKind() == SqlKind.AS && isDual(((SqlCall) from).operand(0))) {
      SqlCall as = (SqlCall) from;
      return as.operandCount() > 2
          ? SqlStdOperatorTable.AS.createCall(
              from.getParserPosition(), row(from), as.operand(1), as.operand(2))
          : SqlStdOperatorTable.AS.createCall(
              from.getParserPosition(), row(from), as.operand(1), name("DUMMY", from));
    }
    return from;
  }

  private static boolean isDual(SqlNode from) {
    return from instanceof SqlIdentifier id
        && id.isSimple()
        && id.getSimple().equalsIgnoreCase(NAME)
        && !id.isComponentQuoted(0);
  }

  private static SqlIdentifier name(String name, SqlNode place) {
    return new SqlIdentifier(name, place.getParserPosition());
  }

  private static SqlNode row(SqlNode place) {
    SqlParserPos here = place.getParserPosition();
    SqlNode row = SqlStdOperatorTable.ROW.createCall(here, SqlLiteral.createCharString("X", here));
    return SqlStdOperatorTable.VALUES.createCall(new SqlNodeList(List.of(row), here));
  }
}
