package dev.turntable.plan;

import java.math.BigDecimal;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Collect;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexLiteral;

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
}
