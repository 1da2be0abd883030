package dev.turntable.plan.rewrite;

import dev.turntable.plan.scan.RuleConfig;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Groups of no rows are no rows, unless there is a grand total, which is a row all the same. Calcite's
 * rule overlooks the grand total of ROLLUP, CUBE and GROUPING SETS.
 */
public final class EmptyAggregateRule extends RelRule<RuleConfig> {
  public static final EmptyAggregateRule INSTANCE =
      new EmptyAggregateRule(
          new RuleConfig(
              "EmptyAggregate",
              b ->
                  b.operand(LogicalAggregate.class)
                      .predicate(EmptyAggregateRule::hasNoTotal)
                      .oneInput(
                          i ->
                              i.operand(LogicalValues.class).predicate(Values::isEmpty).noInputs()),
              config -> new EmptyAggregateRule((RuleConfig) config)));

  private EmptyAggregateRule(RuleConfig config) {
    super(config);
  }

  /** Returns whether it gives nothing where there are no rows. */
  static boolean hasNoTotal(Aggregate aggregate) {
    return aggregate.getGroupSets().stream().noneMatch(ImmutableBitSet::isEmpty);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    call.transformTo(call.builder().push(call.rel(0)).empty().build());
  }
}
