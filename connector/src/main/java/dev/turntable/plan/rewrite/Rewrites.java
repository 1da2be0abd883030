package dev.turntable.plan.rewrite;

import dev.turntable.plan.scan.ScanRules;
import dev.turntable.plan.scan.TreeContents;
import dev.turntable.plan.subquery.FilterApplyRule;
import java.util.List;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.rules.FilterAggregateTransposeRule;
import org.apache.calcite.rel.rules.FilterJoinRule;
import org.apache.calcite.rel.rules.FilterMergeRule;
import org.apache.calcite.rel.rules.FilterProjectTransposeRule;
import org.apache.calcite.rel.rules.FilterSetOpTransposeRule;
import org.apache.calcite.rel.rules.JoinPushExpressionsRule;
import org.apache.calcite.rel.rules.ProjectMergeRule;
import org.apache.calcite.rel.rules.ProjectRemoveRule;
import org.apache.calcite.rel.rules.ProjectToWindowRule;
import org.apache.calcite.rel.rules.PruneEmptyRules;

/**
 * The rewriting programs. The rules are made from their configurations, not taken from {@code
 * CoreRules}: initialising that class builds every rule there is and costs a new JVM 0.4 s.
 */
public final class Rewrites {
  /** Builds its filter anew, so that an OR within an OR becomes one. */
  private static final FilterProjectTransposeRule.Config FILTER_PROJECT =
      FilterProjectTransposeRule.Config.DEFAULT.withCopyFilter(false);

  /** A total has a row where nothing is left of its input: what is asked of that row stays above. */
  private static final FilterAggregateTransposeRule.Config FILTER_AGGREGATE =
      FilterAggregateTransposeRule.Config.DEFAULT
          .withOperandSupplier(
              b ->
                  b.operand(Filter.class)
                      .oneInput(
                          i ->
                              i.operand(Aggregate.class)
                                  .predicate(EmptyAggregateRule::hasNoTotal)
                                  .anyInputs()))
          .as(FilterAggregateTransposeRule.Config.class);

  /** For trees of one input each: a new JVM need not load what joins and groups need. */
  private static final class OfOneInput {
    static final HepProgram PUSH_DOWN =
        program(
            FILTER_PROJECT.toRule(),
            FilterMergeRule.Config.DEFAULT.toRule(),
            SimplifyFilterRule.INSTANCE,
            ProjectMergeRule.Config.DEFAULT.toRule(),
            ProjectRemoveRule.Config.DEFAULT.toRule(),
            PruneEmptyRules.RemoveEmptySingleRule.RemoveEmptySingleRuleConfig.PROJECT.toRule(),
            PruneEmptyRules.RemoveEmptySingleRule.RemoveEmptySingleRuleConfig.FILTER.toRule(),
            PruneEmptyRules.RemoveEmptySingleRule.RemoveEmptySingleRuleConfig.SORT.toRule(),
            PruneEmptyRules.SortFetchZeroRuleConfig.DEFAULT.toRule());
  }

  /** For all trees. */
  private static final class OfAny {
    static final HepProgram PUSH_DOWN =
        program(
            TypedColumnsRule.INSTANCE,
            FilterJoinRule.FilterIntoJoinRule.FilterIntoJoinRuleConfig.DEFAULT.toRule(),
            FilterJoinRule.JoinConditionPushRule.JoinConditionPushRuleConfig.DEFAULT.toRule(),
            JoinPushExpressionsRule.Config.DEFAULT.toRule(),
            PlainEqualityRule.INSTANCE,
            FILTER_PROJECT.toRule(),
            FILTER_AGGREGATE.toRule(),
            FilterSetOpTransposeRule.Config.DEFAULT.toRule(),
            FilterMergeRule.Config.DEFAULT.toRule(),
            FilterApplyRule.INSTANCE,
            SimplifyFilterRule.INSTANCE,
            ProjectMergeRule.Config.DEFAULT.toRule(),
            ProjectRemoveRule.Config.DEFAULT.toRule(),
            PruneEmptyRules.RemoveEmptySingleRule.RemoveEmptySingleRuleConfig.PROJECT.toRule(),
            PruneEmptyRules.RemoveEmptySingleRule.RemoveEmptySingleRuleConfig.FILTER.toRule(),
            PruneEmptyRules.RemoveEmptySingleRule.RemoveEmptySingleRuleConfig.SORT.toRule(),
            EmptyAggregateRule.INSTANCE,
            PruneEmptyRules.UnionEmptyPruneRuleConfig.DEFAULT.toRule(),
            PruneEmptyRules.JoinLeftEmptyRuleConfig.DEFAULT.toRule(),
            PruneEmptyRules.JoinRightEmptyRuleConfig.DEFAULT.toRule(),
            PruneEmptyRules.SortFetchZeroRuleConfig.DEFAULT.toRule());
  }

  /** Initialised by the first window. */
  private static final class OfWindows {
    static final HepProgram SPLIT =
        program(
            WindowOverNothingRule.INSTANCE,
            ProjectSimplifyRule.OF_WINDOWS,
            ConstantOrderRule.INSTANCE,
            ProjectToWindowRule.ProjectToLogicalProjectAndWindowRule
                .ProjectToLogicalProjectAndWindowRuleConfig.DEFAULT
                .toRule());
  }

  /** Before Calcite makes code of projections. */
  private static final class OfCode {
    static final HepProgram SETTLE = program(ProjectSimplifyRule.OF_ALL);
  }

  static final HepProgram INTO_SCANS =
      program(
          ProjectMergeRule.Config.DEFAULT.toRule(),
          ProjectRemoveRule.Config.DEFAULT.toRule(),
          FILTER_PROJECT.toRule(),
          FilterMergeRule.Config.DEFAULT.toRule(),
          SimplifyFilterRule.INSTANCE,
          ScanRules.FILTER,
          ScanRules.PROJECT,
          ScanRules.LIMIT_LIMIT,
          ScanRules.LIMIT,
          ScanRules.LIMIT_PROJECT);

  private Rewrites() {}

  private static HepProgram program(RelOptRule... rules) {
    HepProgramBuilder builder = HepProgram.builder().addMatchOrder(HepMatchOrder.DEPTH_FIRST);
    return builder.addRuleCollection(List.of(rules)).build();
  }

  static HepProgram windows() {
    return OfWindows.SPLIT;
  }

  public static HepProgram settling() {
    return OfCode.SETTLE;
  }

  static HepProgram pushDown(TreeContents contents) {
    return contents.isOfOneInput() ? OfOneInput.PUSH_DOWN : OfAny.PUSH_DOWN;
  }
}
