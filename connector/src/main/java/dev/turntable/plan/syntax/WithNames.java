package dev.turntable.plan.syntax;

import dev.turntable.text.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Names of WITH are found in any case, as all names are: Calcite compares them by their letters. */
final class WithNames extends SqlShuttle {
  private final List<String> names = new ArrayList<>();

  private WithNames() {}

  static SqlNode spelled(SqlNode parsed, SqlStatement statement) {
    return statement.hasWord("WITH") ? SqlNodes.rewritten(parsed, new WithNames()) : parsed;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call instanceof SqlWith with) {
      int outside = names.size();
      for (SqlNode node : with.withList) {
        SqlWithItem item = (SqlWithItem) node;
        if (item.recursive.booleanValue()) {
          names.add(item.name.getSimple());
        }
        SqlNode query = item.query.accept(this);
        item.query = query == null ? item.query : query;
        names.add(item.name.getSimple());
      }
      SqlNode body = with.body.accept(this);
      with.body = body == null ? with.body : body;
      names.subList(outside, names.size()).clear();
      return with;
    }
    SqlNode visited = super.visit(call);
    if (visited instanceof SqlSelect select && select.getFrom() != null) {
      select.setFrom(from(select.getFrom()));
    }
    return visited;
  }

  private SqlNode from(SqlNode from) {
    if (from instanceof SqlIdentifier id && id.isSimple()) {
      return spelled(id);
    }
    if (from instanceof SqlJoin join) {
      join.setLeft(from(join.getLeft()));
      join.setRight(from(join.getRight()));
    } else if (from.getKind() == SqlKind.AS) {
      SqlCall as = (SqlCall) from;
      as.setOperand(0, from(as.operand(0)));
    }
    return from;
  }

  /** The innermost name counts; one that is spelled alike before one that is not. */
  private SqlIdentifier spelled(SqlIdentifier id) {
    String name = id.getSimple();
    if (names.contains(name)) {
      return id;
    }
    for (int i = names.size() - 1; i >= 0; i--) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return id.setName(0, names.get(i));
      }
    }
    return id;
  }
}
