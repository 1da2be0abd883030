package dev.turntable.plan.rewrite;

import com.google.common.collect.Iterables;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Builds relational trees as Calcite does, and keeps an OFFSET apart from the LIMIT of its input: rows
 * are skipped among those that the limit leaves. Calcite makes one node of the two, in which the limit
 * counts the rows after those skipped. The other way round, a LIMIT over an OFFSET, one node is right.
 */
final class LimitKeepingBuilder extends RelBuilder {
  LimitKeepingBuilder(RelOptCluster cluster) {
    // An aggregate that becomes a projection gives GROUPING another type.
    super(Contexts.of(Config.DEFAULT.withAggregateUnique(true)), cluster, null);
  }

  @Override
  public RelBuilder sortLimit(
      @Nullable RexNode offset, @Nullable RexNode fetch, Iterable<? extends RexNode> nodes) {
    boolean overLimit = peek() instanceof Sort inner && inner.fetch != null;
    return offset != null && overLimit && Iterables.isEmpty(nodes)
        ? sortLimit(offset, fetch, RelCollations.EMPTY)
        : super.sortLimit(offset, fetch, nodes);
  }
}
