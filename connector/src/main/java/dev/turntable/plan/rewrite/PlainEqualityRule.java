package dev.turntable.plan.rewrite;

import dev.turntable.plan.scan.RuleConfig;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Writes {@code IS NOT DISTINCT FROM} in a join as {@code =} where one of the two cannot be null: then
 * both join the same rows, and an equality can be read by keys. Correlated sub-queries, a COUNT for
 * one, become such joins.
 */
final class PlainEqualityRule extends RelRule<RuleConfig> {
  static final PlainEqualityRule INSTANCE =
      new PlainEqualityRule(
          new RuleConfig(
              "PlainEquality",
              b -> b.operand(LogicalJoin.class).anyInputs(),
              config -> new PlainEqualityRule((RuleConfig) config)));

  private PlainEqualityRule(RuleConfig config) {
    super(config);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Join join = call.rel(0);
    RexBuilder builder = join.getCluster().getRexBuilder();
    List<RexNode> terms = RelOptUtil.conjunctions(join.getCondition());
    List<RexNode> plain = terms.stream().map(term -> plain(term, builder)).toList();
    if (!plain.equals(terms)) {
      call.transformTo(
          join.copy(
              join.getTraitSet(),
              RexUtil.composeConjunction(builder, plain),
              join.getLeft(),
              join.getRight(),
              join.getJoinType(),
              join.isSemiJoinDone()));
    }
  }

  private static RexNode plain(RexNode term, RexBuilder builder) {
    if (!(term instanceof RexCall call)) {
      return term;
    }
    RexCall collapsed = RelOptUtil.collapseExpandedIsNotDistinctFromExpr(call, builder);
    boolean plain =
        collapsed.getKind() == SqlKind.IS_NOT_DISTINCT_FROM
            && collapsed.getOperands().stream().anyMatch(side -> !side.getType().isNullable());
    return plain ? builder.makeCall(SqlStdOperatorTable.EQUALS, collapsed.getOperands()) : term;
  }
}
