package dev.turntable.plan.subquery;

import dev.turntable.plan.scan.OuterReferences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * Makes columns of what windows and their neighbours read of outer queries: Calcite's splitting of a
 * projection into windows knows columns only.
 */
public final class WindowCorrelations extends RelHomogeneousShuttle {
  /** Calcite's shuttles remember where they are: one per tree. */
  private WindowCorrelations() {}

  public static RelNode in(RelNode rel) {
    return rel.accept(new WindowCorrelations());
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited instanceof Project project && project.containsOver()
        ? lowered(project)
        : visited;
  }

  private static RelNode lowered(Project project) {
    RexBuilder rex = project.getCluster().getRexBuilder();
    RelNode input = project.getInput();
    List<RexNode> columns = new ArrayList<>(rex.identityProjects(input.getRowType()));
    List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
    Map<RexNode, Integer> lowered = new LinkedHashMap<>();
    List<RexNode> nodes = new ArrayList<>();
    for (RexNode node : project.getProjects()) {
      nodes.add(
          OuterReferences.replace(
              node,
              access -> {
                int column =
                    lowered.computeIfAbsent(
                        access,
                        any -> {
                          columns.add(access);
                          names.add("$outer" + names.size());
                          return columns.size() - 1;
                        });
                return rex.makeInputRef(access.getType(), column);
              }));
    }
    if (lowered.isEmpty()) {
      return project;
    }
    return LogicalProject.create(
        LogicalProject.create(input, List.of(), columns, names, Set.of()),
        project.getHints(),
        nodes,
        project.getRowType(),
        Set.of());
  }
}
