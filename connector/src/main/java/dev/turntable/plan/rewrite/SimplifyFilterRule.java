package dev.turntable.plan.rewrite;

import dev.turntable.plan.scan.RuleConfig;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSimplify;
import org.apache.calcite.tools.RelBuilder;

/** Simplifies the condition of a filter; one that can never be true leaves no rows to fetch. */
public final class SimplifyFilterRule extends RelRule<RuleConfig> {
  static final SimplifyFilterRule INSTANCE =
      new SimplifyFilterRule(
          new RuleConfig(
              "SimplifyFilter",
              b -> b.operand(LogicalFilter.class).anyInputs(),
              config -> new SimplifyFilterRule((RuleConfig) config)));

  private SimplifyFilterRule(RuleConfig config) {
    super(config);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Filter filter = call.rel(0);
    RexNode simple = simple(filter.getCondition(), filter.getCluster().getRexBuilder());
    RelBuilder builder = call.builder();
    if (simple.isAlwaysFalse()) { // also where the text said so: then nothing was simplified
      call.transformTo(builder.push(filter).empty().build());
    } else if (!simple.equals(filter.getCondition())) {
      call.transformTo(builder.push(filter.getInput()).filter(simple).build());
    }
  }

  /** Returns a condition that is TRUE for the same rows; a list of equalities becomes one SEARCH. */
  public static RexNode simple(RexNode condition, RexBuilder builder) {
    return new RexSimplify(builder, RelOptPredicateList.EMPTY, ConstantReducer.INSTANCE)
        .simplifyUnknownAsFalse(InLists.in(condition, builder));
  }
}
