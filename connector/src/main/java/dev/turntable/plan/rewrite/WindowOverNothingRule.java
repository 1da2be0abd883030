package dev.turntable.plan.rewrite;

import dev.turntable.plan.scan.RuleConfig;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.tools.RelBuilder;

/**
 * Gives rows of no columns one, below a window that needs none, as in {@code COUNT(*) OVER ()}: Calcite's
 * rule for windows fails without.
 */
final class WindowOverNothingRule extends RelRule<RuleConfig> {
  static final WindowOverNothingRule INSTANCE =
      new WindowOverNothingRule(
          new RuleConfig(
              "WindowOverNothing",
              b ->
                  b.operand(LogicalProject.class)
                      .predicate(WindowOverNothingRule::applies)
                      .anyInputs(),
              config -> new WindowOverNothingRule((RuleConfig) config)));

  private WindowOverNothingRule(RuleConfig config) {
    super(config);
  }

  private static boolean applies(Project project) {
    return project.containsOver() && project.getInput().getRowType().getFieldCount() == 0;
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Project project = call.rel(0);
    RelBuilder builder = call.builder().push(project.getInput());
    builder.project(builder.alias(builder.literal(0), "nothing"));
    call.transformTo(project.copy(project.getTraitSet(), List.of(builder.build())));
  }
}
