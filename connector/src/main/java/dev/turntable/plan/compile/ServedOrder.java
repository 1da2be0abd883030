package dev.turntable.plan.compile;

import dev.turntable.eval.RexCompiler;
import dev.turntable.plan.scan.PlanningExecution;
import dev.turntable.plan.scan.ScanNodeFactory;
import dev.turntable.plan.scan.ScanRules;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.run.AccessChoice;
import dev.turntable.run.ProjectNode;
import dev.turntable.run.ScanNode;
import dev.turntable.source.Column;
import dev.turntable.source.Ordering;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexInputRef;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a sort out where the service documents that the rows come in that very order; then a limit
 * above it stops the fetching.
 */
final class ServedOrder {
  private ServedOrder() {}

  /**
   * Returns the plan of the sort's input in the order of the sort, or null if nothing serves it.
   *
   * @param readsForEach whether a scan that a limit bounds is read as far as the limit goes
   */
  static @Nullable Plan plan(
      Sort sort, Predicate<SourceScan> readsForEach, Binding binding, boolean feedsResult) {
    if (!binding.slots().isEmpty()) {
      return null;
    }
    RelNode input = sort.getInput();
    Project project = input instanceof Project above ? above : null;
    if (!((project == null ? input : project.getInput()) instanceof SourceScan scan)
        || scan.fetch() != null) {
      return null;
    }
    List<Ordering> order = order(sort, project, scan);
    if (order == null) {
      return null;
    }
    SourceScan limited = sort.fetch == null ? scan : scan.withFetch(ScanRules.rowsWanted(sort));
    if (!readsForEach.test(limited) || !isServed(limited, order)) {
      return null;
    }
    Plan plan =
        ScanCompiler.compile(limited, Binding.NONE, feedsResult && sort.offset == null, order);
    if (project == null) {
      return plan;
    }
    return Plan.of(
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
      if (column.nullable()) {
        return null; // where the service puts its nulls is not known
      }
      order.add(new Ordering(column.name(), key.getDirection().isDescending()));
    }
    return order;
  }

  /** A path must serve the order whatever the values, so that the plan holds for every execution. */
  private static boolean isServed(SourceScan scan, List<Ordering> order) {
    Set<Integer> none = new LinkedHashSet<>();
    ScanNode<?> node = ScanNodeFactory.of(scan, Map.of(), false, order);
    try {
      ScanNode.Reading<?> reading = node.reading(PlanningExecution.execution(none, 0));
      AccessChoice<?> choice = reading == null ? null : reading.path();
      return reading != null
          && choice != null
          && !reading.keysFollow()
          && !choice.path().order().isEmpty()
          && (scan.fetch() != null || choice.path().keepsOrder());
    } catch (TurntableException e) {
      return false; // no path has that order
    }
  }
}
