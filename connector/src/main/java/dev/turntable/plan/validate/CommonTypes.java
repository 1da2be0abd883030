package dev.turntable.plan.validate;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;

/** Nodes that have one type, so that a parameter among them has that of the others. */
final class CommonTypes {
  private CommonTypes() {}

  /** Returns what a CASE, or a COALESCE, may come to. */
  static List<SqlNode> branches(SqlCase branches) {
    List<SqlNode> nodes = new ArrayList<>();
    branches.getThenOperands().forEach(branch -> nodes.add(bare(branch)));
    SqlNode last = branches.getElseOperand();
    if (last != null) {
      nodes.add(bare(last));
    }
    return nodes;
  }

  /** What COALESCE has become: its operands are marked as not null where they are used. */
  private static SqlNode bare(SqlNode branch) {
    return branch.getKind() == SqlKind.CAST_NOT_NULL ? ((SqlCall) branch).operand(0) : branch;
  }

  /** Returns what an IN compares with each other; nothing if it compares with a query. */
  static List<SqlNode> sides(SqlCall in) {
    List<SqlNode> nodes = new ArrayList<>();
    if (in.operand(1) instanceof SqlNodeList list) {
      nodes.add(in.operand(0));
      nodes.addAll(list.getList());
    }
    return nodes;
  }

  /** Returns a column of VALUES. */
  static List<SqlNode> column(List<SqlNode> rows, int index) {
    List<SqlNode> nodes = new ArrayList<>();
    for (SqlNode row : rows) {
      if (row instanceof SqlCall call && index < call.operandCount()) {
        nodes.add(call.operand(index));
      }
    }
    return nodes;
  }
}
