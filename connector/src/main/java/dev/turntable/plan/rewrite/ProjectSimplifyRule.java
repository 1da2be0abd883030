package dev.turntable.plan.rewrite;

import dev.turntable.plan.scan.RuleConfig;
import java.util.function.Predicate;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.util.Litmus;

/**
 * Simplifies the expressions of a projection until there is nothing more to simplify.
 * Calcite's rules for windows and
 * for generated code simplify them once, part by part from within, which may leave parts that
 * nothing uses any more; with assertions on they then fail with "Program is not normalized".
 */
final class ProjectSimplifyRule extends RelRule<RuleConfig> {
  /** For projections that have windows. */
  static final ProjectSimplifyRule OF_WINDOWS = of("SettleWindows", Project::containsOver);

  /** For all projections. */
  static final ProjectSimplifyRule OF_ALL = of("Settle", project -> true);

  /** What simplifying takes turns on for ever would be an error of Calcite's; this ends it. */
  private static final int TURNS = 10;

  private ProjectSimplifyRule(RuleConfig config) {
    super(config);
  }

  private static ProjectSimplifyRule of(String name, Predicate<Project> which) {
    return new ProjectSimplifyRule(
        new RuleConfig(
            name,
            b ->
                b.operand(LogicalProject.class)
                    .predicate(
                        project -> which.test(project) && !isSettled(program(project), project))
                    .anyInputs(),
            config -> new ProjectSimplifyRule((RuleConfig) config)));
  }

  private static RexProgram program(Project project) {
    return RexProgram.create(
        project.getInput().getRowType(),
        project.getProjects(),
        null,
        project.getRowType(),
        project.getCluster().getRexBuilder());
  }

  private static boolean isSettled(RexProgram program, Project project) {
    return program.isNormalized(Litmus.IGNORE, project.getCluster().getRexBuilder());
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Project project = call.rel(0);
    RexBuilder builder = project.getCluster().getRexBuilder();
    RexProgram program = program(project);
    for (int turn = 0; turn < TURNS && !isSettled(program, project); turn++) {
      program = program.normalize(builder, null);
    }
    RexProgram settled = program;
    call.transformTo(
        project.copy(
            project.getTraitSet(),
            project.getInput(),
            settled.getProjectList().stream().map(settled::expandLocalRef).toList(),
            project.getRowType()));
  }
}
