package dev.turntable.plan.subquery;

import dev.turntable.plan.scan.Apply;
import dev.turntable.plan.scan.RuleConfig;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** A condition on outer columns alone spares the sub-query for the rows that it drops. */
public final class FilterApplyRule extends RelRule<RuleConfig> {
  public static final FilterApplyRule INSTANCE =
      new FilterApplyRule(
          new RuleConfig(
              "FilterApply",
              b0 ->
                  b0.operand(LogicalFilter.class)
                      .oneInput(b1 -> b1.operand(Apply.class).anyInputs()),
              config -> new FilterApplyRule((RuleConfig) config)));

  private FilterApplyRule(RuleConfig config) {
    super(config);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Filter filter = call.rel(0);
    Apply apply = call.rel(1);
    int width = apply.getLeft().getRowType().getFieldCount();
    List<RexNode> below = new ArrayList<>();
    List<RexNode> above = new ArrayList<>();
    for (RexNode term : RelOptUtil.conjunctions(filter.getCondition())) {
      boolean ofLeft = RelOptUtil.InputFinder.bits(term).length() <= width;
      (ofLeft && RexUtil.isDeterministic(term) ? below : above).add(term);
    }
    if (below.isEmpty()) {
      return;
    }
    RexBuilder builder = filter.getCluster().getRexBuilder();
    LogicalFilter left =
        LogicalFilter.create(apply.getLeft(), RexUtil.composeConjunction(builder, below));
    Apply spared = apply.copy(left, apply.getRight(), apply.arguments(), apply.probes());
    call.transformTo(
        above.isEmpty()
            ? spared
            : LogicalFilter.create(spared, RexUtil.composeConjunction(builder, above)));
  }
}
