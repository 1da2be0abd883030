package dev.turntable.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

/**
 * Groups by constants alone, as in {@code SELECT DISTINCT 5}: one group, if there is any row. Said that
 * way because Calcite's decorrelation drops such keys and so makes a grand total, which is a row even
 * of no rows.
 */
final class ConstantKeysRule extends RelRule<RuleConfig> {
  static final ConstantKeysRule INSTANCE =
      new ConstantKeysRule(
          new RuleConfig(
              "ConstantKeys",
              b ->
                  b.operand(LogicalAggregate.class)
                      .predicate(a -> Aggregate.isSimple(a) && a.getGroupCount() > 0)
                      .oneInput(i -> i.operand(LogicalProject.class).anyInputs()),
              config -> new ConstantKeysRule((RuleConfig) config)));

  private ConstantKeysRule(RuleConfig config) {
    super(config);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Aggregate aggregate = call.rel(0);
    Project input = call.rel(1);
    boolean constant =
        aggregate.getGroupSet().asList().stream()
            .allMatch(key -> input.getProjects().get(key) instanceof RexLiteral);
    if (!constant) {
      return;
    }
    RelBuilder builder = call.builder().push(input);
    int calls = aggregate.getAggCallList().size();
    List<RelBuilder.AggCall> aggregates = new ArrayList<>();
    aggregate.getAggCallList().forEach(one -> aggregates.add(builder.aggregateCall(one)));
    aggregates.add(builder.countStar("rows"));
    builder.aggregate(builder.groupKey(), aggregates);
    builder.filter(builder.greaterThan(builder.field(calls), builder.literal(0)));
    List<RexNode> fields = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      fields.add(input.getProjects().get(key));
    }
    fields.addAll(builder.fields().subList(0, calls));
    builder.project(fields, aggregate.getRowType().getFieldNames(), true);
    call.transformTo(builder.convert(aggregate.getRowType(), false).build());
  }
}
