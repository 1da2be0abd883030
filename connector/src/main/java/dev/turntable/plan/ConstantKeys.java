package dev.turntable.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Groups by constants alone, as in {@code SELECT DISTINCT 5} or an EXISTS: one group, if there is any
 * row. To be said that way before Calcite's decorrelation, which drops such keys and so makes a grand
 * total, a row even of no rows. Where the input is correlated it finds other keys, and all is well.
 */
final class ConstantKeys extends RelHomogeneousShuttle {
  private final RelBuilder builder;

  private ConstantKeys(RelBuilder builder) {
    this.builder = builder;
  }

  static RelNode expand(RelNode rel, RelBuilder builder) {
    return rel.accept(new ConstantKeys(builder));
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited instanceof LogicalAggregate aggregate
            && aggregate.getInput() instanceof Project input
            && isConstant(aggregate, input)
            && !isCorrelated(input)
        ? expand(aggregate, input)
        : visited;
  }

  private static boolean isConstant(Aggregate aggregate, Project input) {
    return Aggregate.isSimple(aggregate)
        && aggregate.getGroupCount() > 0
        && aggregate.getGroupSet().asList().stream()
            .allMatch(key -> input.getProjects().get(key) instanceof RexLiteral);
  }

  /** Returns whether a tree uses a variable that it does not set. */
  private static boolean isCorrelated(RelNode rel) {
    Set<CorrelationId> free = new HashSet<>(RelOptUtil.getVariablesUsed(rel));
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        if (node instanceof Correlate correlate) {
          free.remove(correlate.getCorrelationId());
        }
        super.visit(node, ordinal, parent);
      }
    }.go(rel);
    return !free.isEmpty();
  }

  private RelNode expand(Aggregate aggregate, Project input) {
    builder.push(input);
    int calls = aggregate.getAggCallList().size();
    List<RelBuilder.AggCall> aggregates = new ArrayList<>();
    aggregate.getAggCallList().forEach(call -> aggregates.add(builder.aggregateCall(call)));
    aggregates.add(builder.countStar("rows"));
    builder.aggregate(builder.groupKey(), aggregates);
    builder.filter(builder.greaterThan(builder.field(calls), builder.literal(0)));
    List<RexNode> fields = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      fields.add(input.getProjects().get(key));
    }
    fields.addAll(builder.fields().subList(0, calls));
    builder.project(fields, aggregate.getRowType().getFieldNames(), true);
    return builder.convert(aggregate.getRowType(), false).build();
  }
}
