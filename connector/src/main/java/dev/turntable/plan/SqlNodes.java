package dev.turntable.plan;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;

/** What the rewritings of syntax trees share. */
final class SqlNodes {
  private SqlNodes() {}

  /** Returns the tree as a shuttle leaves it, or as it was if the shuttle leaves nothing. */
  static SqlNode rewritten(SqlNode node, SqlShuttle shuttle) {
    SqlNode result = node.accept(shuttle);
    return result == null ? node : result;
  }
}
