package dev.turntable.plan.validate;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Copies a sub-query that stands in an expression twice, as in what Calcite makes of COALESCE, NULLIF
 * and CASE with an operand. Its validator keeps one scope for each query, and would take columns of the
 * queries around the one for columns of those around the other.
 */
final class SubQueryCopies extends SqlShuttle {
  private final Set<SqlNode> seen = identities();

  private SubQueryCopies() {}

  static SqlNode in(SqlNode node) {
    SqlNode copied = node.accept(new SubQueryCopies());
    return copied == null ? node : copied;
  }

  @Override
  public SqlNode visit(SqlCall call) {
    if (call.isA(SqlKind.QUERY)) {
      Set<SqlNode> parts = parts(call);
      if (Collections.disjoint(parts, seen)) {
        seen.addAll(parts);
        return call;
      }
      return new Copy().visit(call);
    }
    SqlNode visited = super.visit(call);
    return visited == null ? call : visited;
  }

  /** Calcite copies the outermost node of an operand, whose parts the copies share. */
  private static Set<SqlNode> parts(SqlNode node) {
    Set<SqlNode> parts = identities();
    node.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            parts.add(call);
            return super.visit(call);
          }

          @Override
          public Void visit(SqlIdentifier id) {
            parts.add(id);
            return null;
          }
        });
    return parts;
  }

  private static Set<SqlNode> identities() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private static final class Copy extends SqlShuttle {
    @Override
    public SqlNode visit(SqlCall call) {
      CallCopyingArgHandler arguments = new CallCopyingArgHandler(call, true);
      call.getOperator().acceptCall(this, call, false, arguments);
      SqlNode copy = arguments.result();
      return copy == null ? call : copy;
    }

    @Override
    public SqlNode visit(SqlIdentifier id) {
      return id.clone(id.getParserPosition());
    }
  }
}
