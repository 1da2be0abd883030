package dev.turntable.plan.subquery;

import java.math.BigDecimal;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Collect;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/** What a tree's shape alone says of how many rows it has. */
final class RowCounts {
  private RowCounts() {}

  /** Returns whether there is exactly one row. */
  static boolean isOne(RelNode rel) {
    if (rel instanceof Project project) {
      return isOne(project.getInput());
    }
    if (rel instanceof Aggregate aggregate) {
      return aggregate.getGroupCount() == 0 && Aggregate.isSimple(aggregate);
    }
    return rel instanceof Collect
        || (rel instanceof Values values && values.getTuples().size() == 1);
  }

  /** Returns whether there is one row or none. */
  static boolean isOneAtMost(RelNode rel) {
    if (rel instanceof Project || rel instanceof Filter) {
      return isOneAtMost(rel.getInput(0));
    }
    if (rel instanceof Sort sort) {
      return isOneAtMost(sort.getInput())
          || (sort.fetch instanceof RexLiteral fetch
              && RexLiteral.bigDecimalValue(fetch).compareTo(BigDecimal.ONE) <= 0);
    }
    return isOne(rel) || (rel instanceof Values values && values.getTuples().isEmpty());
  }

  /** Limits what is asked for its existence only, so that its reading ends at the first row. */
  static RelNode limitedToOne(RelNode inner) {
    if (isOneAtMost(inner)) {
      return inner;
    }
    RexNode one = inner.getCluster().getRexBuilder().makeExactLiteral(BigDecimal.ONE);
    return inner instanceof Sort sort && sort.fetch instanceof RexLiteral
        ? sort.copy(sort.getTraitSet(), sort.getInput(), sort.getCollation(), sort.offset, one)
        : LogicalSort.create(inner, RelCollations.EMPTY, null, one);
  }
}
