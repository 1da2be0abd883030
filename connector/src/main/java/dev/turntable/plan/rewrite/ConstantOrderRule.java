package dev.turntable.plan.rewrite;

import dev.turntable.plan.scan.RuleConfig;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.tools.RelBuilder;

/**
 * Makes a column of a constant that a window is ordered by, if its frame is a distance from there, as
 * in {@code ORDER BY 1 RANGE 2 PRECEDING}: Calcite's rule for windows leaves constants out of the
 * order, and then the distance is one from nothing.
 */
final class ConstantOrderRule extends RelRule<RuleConfig> {
  static final ConstantOrderRule INSTANCE =
      new ConstantOrderRule(
          new RuleConfig(
              "ConstantOrder",
              b ->
                  b.operand(LogicalProject.class).predicate(ConstantOrderRule::applies).anyInputs(),
              config -> new ConstantOrderRule((RuleConfig) config)));

  private ConstantOrderRule(RuleConfig config) {
    super(config);
  }

  private static boolean applies(Project project) {
    if (!project.containsOver()) {
      return false;
    }
    boolean[] found = {false};
    RexVisitorImpl<Void> finder =
        new RexVisitorImpl<>(true) {
          @Override
          public Void visitOver(RexOver over) {
            found[0] |= isDistanceFromConstant(over.getWindow());
            return super.visitOver(over);
          }
        };
    finder.visitEach(project.getProjects());
    return found[0];
  }

  private static boolean isDistanceFromConstant(RexWindow window) {
    boolean distance =
        window.getLowerBound().getOffset() != null || window.getUpperBound().getOffset() != null;
    return distance
        && !window.isRows()
        && window.orderKeys.stream().anyMatch(key -> isConstant(key.left));
  }

  private static boolean isConstant(RexNode key) {
    return RelOptUtil.InputFinder.bits(key).isEmpty();
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Project project = call.rel(0);
    RelBuilder builder = call.builder().push(project.getInput());
    List<RexNode> columns = new ArrayList<>(builder.fields());
    RexShuttle toColumns =
        new RexShuttle() {
          @Override
          public RexWindow visitWindow(RexWindow window) {
            return isDistanceFromConstant(window)
                ? project
                    .getCluster()
                    .getRexBuilder()
                    .makeWindow(
                        window.partitionKeys,
                        com.google.common.collect.ImmutableList.copyOf(
                            window.orderKeys.stream().map(key -> column(key, columns)).toList()),
                        window.getLowerBound(),
                        window.getUpperBound(),
                        false,
                        window.getExclude())
                : super.visitWindow(window);
          }
        };
    List<RexNode> projects = toColumns.visitList(project.getProjects());
    RelNode input = builder.project(columns, List.of(), true).build();
    call.transformTo(project.copy(project.getTraitSet(), input, projects, project.getRowType()));
  }

  private static RexFieldCollation column(RexFieldCollation key, List<RexNode> columns) {
    if (!isConstant(key.left)) {
      return key;
    }
    columns.add(key.left);
    return new RexFieldCollation(
        new RexInputRef(columns.size() - 1, key.left.getType()), key.right);
  }
}
