package dev.turntable.plan.compile;

import dev.turntable.eval.RexCompiler;
import dev.turntable.plan.scan.ScanNodeFactory;
import dev.turntable.plan.scan.ScanRules;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.run.ProjectNode;
import dev.turntable.run.RowsWanted;
import dev.turntable.run.ScanNode;
import dev.turntable.source.Column;
import dev.turntable.source.Ordering;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexInputRef;
import org.jspecify.annotations.Nullable;

/**
 * Tells a scan below {@code ORDER BY … LIMIT} which of its rows will be kept, for where they are at hand:
 * those that come first. All of what it gives is sorted again.
 */
final class FirstRows {
  private FirstRows() {}

  /** Returns the plan of the sort's input, or null if that is more than columns of a scan. */
  static @Nullable Plan plan(Sort sort, Binding binding) {
    RelNode input = sort.getInput();
    Project project = input instanceof Project above ? above : null;
    if (sort.fetch == null
        || !binding.slots().isEmpty()
        || !((project == null ? input : project.getInput()) instanceof SourceScan scan)
        || scan.fetch() != null) {
      return null;
    }
    List<Ordering> order = order(sort, project, scan);
    if (order == null) {
      return null;
    }
    ScanNode<?> node = ScanNodeFactory.of(scan, Map.of(), false, List.of());
    RexCompiler compiler = new RexCompiler(scan.getCluster().getRexBuilder());
    RowsWanted.First first =
        new RowsWanted.First(order, compiler.compile(ScanRules.rowsWanted(sort)));
    Plan plan = ScanCompiler.plan(scan, node.withFirst(first));
    return project == null
        ? plan
        : Plan.of(
            new ProjectNode(plan.node(), RexCompiler.of(project).compileAll(project.getProjects())),
            project,
            plan);
  }

  private static @Nullable List<Ordering> order(
      Sort sort, @Nullable Project project, SourceScan scan) {
    List<Ordering> order = new ArrayList<>();
    for (RelFieldCollation key : sort.getCollation().getFieldCollations()) {
      int index = key.getFieldIndex();
      if (project != null) {
        if (!(project.getProjects().get(index) instanceof RexInputRef ref)) {
          return null;
        }
        index = ref.getIndex();
      }
      Column<?> column = scan.definition().columns().get(scan.columns().get(index));
      boolean descending = key.getDirection().isDescending();
      NullDirection asLargest = descending ? NullDirection.FIRST : NullDirection.LAST;
      if (column.nullable() && key.nullDirection != asLargest) {
        return null;
      }
      order.add(new Ordering(column.name(), descending));
    }
    return order;
  }
}
