package dev.turntable.plan.compile;

import dev.turntable.plan.scan.PlanningExecution;
import dev.turntable.plan.scan.ScanNodeFactory;
import dev.turntable.plan.scan.ScanRules;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.run.AccessChoice;
import dev.turntable.run.ScanNode;
import dev.turntable.source.Ordering;
import dev.turntable.source.TurntableException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.calcite.rel.core.Sort;
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
    SortedScan sorted = SortedScan.of(sort, binding);
    // Where the service puts its nulls is not known.
    List<Ordering> order =
        sorted == null ? null : sorted.order((column, key) -> !column.nullable());
    if (sorted == null || order == null) {
      return null;
    }
    SourceScan scan = sorted.scan();
    SourceScan limited = sort.fetch == null ? scan : scan.withFetch(ScanRules.rowsWanted(sort));
    if (!readsForEach.test(limited) || !isServed(limited, order)) {
      return null;
    }
    return sorted.above(
        ScanCompiler.compile(limited, Binding.NONE, feedsResult && sort.offset == null, order));
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
