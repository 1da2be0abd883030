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
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes constants out of the keys of groups, as in {@code SELECT DISTINCT 5} or an EXISTS, before
 * Calcite's decorrelation does. That makes a grand total of constants alone, which is a row even of no
 * rows, and loses its way among several.
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
    if (!(visited instanceof LogicalAggregate aggregate)
        || !(aggregate.getInput() instanceof Project input)
        || !Aggregate.isSimple(aggregate)) {
      return visited;
    }
    ImmutableBitSet variable = variable(aggregate, input);
    if (variable.equals(aggregate.getGroupSet())) {
      return visited;
    }
    // Where the input is correlated, decorrelation finds further keys, and all is well.
    return variable.isEmpty() && isCorrelated(input) ? visited : expand(aggregate, input, variable);
  }

  private static ImmutableBitSet variable(Aggregate aggregate, Project input) {
    return ImmutableBitSet.of(
        aggregate.getGroupSet().asList().stream()
            .filter(key -> !(input.getProjects().get(key) instanceof RexLiteral))
            .toList());
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

  /** Groups by the variable keys alone; without any, there is a group only if there is a row. */
  private RelNode expand(Aggregate aggregate, Project input, ImmutableBitSet variable) {
    builder.push(input);
    int calls = aggregate.getAggCallList().size();
    int keys = variable.cardinality();
    List<RelBuilder.AggCall> aggregates = new ArrayList<>();
    aggregate.getAggCallList().forEach(call -> aggregates.add(builder.aggregateCall(call)));
    if (variable.isEmpty()) {
      aggregates.add(builder.countStar("rows"));
    }
    builder.aggregate(builder.groupKey(variable), aggregates);
    if (variable.isEmpty()) {
      builder.filter(builder.greaterThan(builder.field(calls), builder.literal(0)));
    }
    List<RexNode> fields = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      fields.add(
          variable.get(key) ? builder.field(variable.indexOf(key)) : input.getProjects().get(key));
    }
    fields.addAll(builder.fields().subList(keys, keys + calls));
    builder.project(fields, aggregate.getRowType().getFieldNames(), true);
    return builder.convert(aggregate.getRowType(), false).build();
  }
}
