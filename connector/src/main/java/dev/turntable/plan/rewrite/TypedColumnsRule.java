package dev.turntable.plan.rewrite;

import dev.turntable.plan.scan.RuleConfig;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * Gives the columns in a projection the types that they have in its input. Where Calcite makes a union
 * of a grouping set that is there twice, it gives the totals of one part the types of the other, null
 * or not; with assertions on, its rules for windows then fail with "type mismatch".
 */
final class TypedColumnsRule extends RelRule<RuleConfig> {
  static final TypedColumnsRule INSTANCE =
      new TypedColumnsRule(
          new RuleConfig(
              "TypedColumns",
              b -> b.operand(LogicalProject.class).predicate(TypedColumnsRule::applies).anyInputs(),
              config -> new TypedColumnsRule((RuleConfig) config)));

  private TypedColumnsRule(RuleConfig config) {
    super(config);
  }

  private static boolean applies(Project project) {
    return project.getProjects().stream()
        .anyMatch(node -> node instanceof RexInputRef ref && !isTyped(ref, project.getInput()));
  }

  private static boolean isTyped(RexInputRef ref, RelNode input) {
    return ref.getType().equals(input.getRowType().getFieldList().get(ref.getIndex()).getType());
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Project project = call.rel(0);
    RexBuilder builder = project.getCluster().getRexBuilder();
    List<RexNode> columns = new ArrayList<>();
    for (RexNode node : project.getProjects()) {
      columns.add(
          node instanceof RexInputRef ref && !isTyped(ref, project.getInput())
              ? builder.makeAbstractCast(
                  ref.getType(), builder.makeInputRef(project.getInput(), ref.getIndex()), false)
              : node);
    }
    call.transformTo(
        project.copy(project.getTraitSet(), project.getInput(), columns, project.getRowType()));
  }
}
