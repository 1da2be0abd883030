package dev.turntable.plan;

import java.math.BigDecimal;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/**
 * Limits an EXISTS to one row, so that its reading ends there. Only where it is the same for every row:
 * else it becomes a join that reads by keys, which a limit would forbid.
 */
final class ExistsLimit extends RelHomogeneousShuttle {
  private final RexShuttle expressions =
      new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
          if (!RelOptUtil.getVariablesUsed(subQuery.rel).isEmpty()) {
            return subQuery;
          }
          RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
          RelNode rel = visited.rel.accept(new ExistsLimit());
          return visited.clone(visited.getKind() == SqlKind.EXISTS ? oneRow(rel) : rel);
        }
      };

  /** Calcite's shuttles remember where they are: one per tree. */
  private ExistsLimit() {}

  static RelNode add(RelNode rel) {
    return rel.accept(new ExistsLimit());
  }

  @Override
  public RelNode visit(RelNode other) {
    return other instanceof Correlate ? other : super.visit(other).accept(expressions);
  }

  private static RelNode oneRow(RelNode rel) {
    if (rel instanceof Sort sort && sort.fetch != null) {
      return rel;
    }
    RexNode one = rel.getCluster().getRexBuilder().makeExactLiteral(BigDecimal.ONE);
    return LogicalSort.create(rel, RelCollations.EMPTY, null, one);
  }
}
