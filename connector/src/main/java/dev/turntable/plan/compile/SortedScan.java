package dev.turntable.plan.compile;

import dev.turntable.eval.RexCompiler;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.run.ProjectNode;
import dev.turntable.source.Column;
import dev.turntable.source.Ordering;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexInputRef;
import org.jspecify.annotations.Nullable;

/**
 * A sort right above a scan that no limit bounds yet, perhaps with a projection between them.
 *
 * @param project the projection, or null
 */
record SortedScan(Sort sort, @Nullable Project project, SourceScan scan) {
  /** Returns what a sort is of, or null if that is something else. */
  static @Nullable SortedScan of(Sort sort, Binding binding) {
    RelNode input = sort.getInput();
    Project project = input instanceof Project above ? above : null;
    return binding.slots().isEmpty()
            && (project == null ? input : project.getInput()) instanceof SourceScan scan
            && scan.fetch() == null
        ? new SortedScan(sort, project, scan)
        : null;
  }

  /**
   * Returns the order in columns of the scan, or null if a key is none, or one that does not fit.
   *
   * @param fits whether a column can be ordered as a key of the sort says
   */
  @Nullable List<Ordering> order(BiPredicate<Column<?>, RelFieldCollation> fits) {
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
      if (!fits.test(column, key)) {
        return null;
      }
      order.add(new Ordering(column.name(), key.getDirection().isDescending()));
    }
    return order;
  }

  /** Returns the plan of the sort's input, given that of the scan. */
  Plan above(Plan plan) {
    return project == null
        ? plan
        : Plan.of(
            new ProjectNode(plan.node(), RexCompiler.of(project).compileAll(project.getProjects())),
            project,
            plan);
  }
}
