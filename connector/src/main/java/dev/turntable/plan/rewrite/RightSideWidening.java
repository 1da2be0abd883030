package dev.turntable.plan.rewrite;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.tools.RelBuilder;

/**
 * Gives the right side of RIGHT and FULL joins a second column: generated code takes equal rows of one
 * column for one row, where it remembers which have met none.
 */
public final class RightSideWidening extends RelHomogeneousShuttle {
  private RightSideWidening() {}

  public static RelNode in(RelNode rel) {
    return rel.accept(new RightSideWidening());
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited instanceof Join join
            && join.getJoinType().generatesNullsOnLeft()
            && join.getRight().getRowType().getFieldCount() == 1
        ? widened(join)
        : visited;
  }

  private static RelNode widened(Join join) {
    RelBuilder builder = new LimitKeepingBuilder(join.getCluster());
    builder.push(join.getRight());
    RelNode right =
        builder.project(List.of(builder.field(0), builder.literal(0)), List.of(), true).build();
    int width = join.getRowType().getFieldCount();
    return builder
        .push(
            join.copy(
                join.getTraitSet(),
                join.getCondition(),
                join.getLeft(),
                right,
                join.getJoinType(),
                join.isSemiJoinDone()))
        .project(
            IntStream.range(0, width).mapToObj(builder::field).toList(),
            join.getRowType().getFieldNames())
        .build();
  }
}
