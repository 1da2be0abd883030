package dev.turntable.plan.compile;

import dev.turntable.eval.RexCompiler;
import dev.turntable.plan.scan.ScanNodeFactory;
import dev.turntable.plan.scan.ScanRules;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.run.RowsWanted;
import dev.turntable.run.ScanNode;
import dev.turntable.source.Column;
import dev.turntable.source.Ordering;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rel.core.Sort;
import org.jspecify.annotations.Nullable;

/**
 * Tells a scan below {@code ORDER BY … LIMIT} which of its rows will be kept, for where they are at hand:
 * those that come first. All of what it gives is sorted again.
 */
final class FirstRows {
  private FirstRows() {}

  /** Returns the plan of the sort's input, or null if that is more than columns of a scan. */
  static @Nullable Plan plan(Sort sort, Binding binding) {
    SortedScan sorted = sort.fetch == null ? null : SortedScan.of(sort, binding);
    List<Ordering> order = sorted == null ? null : sorted.order(FirstRows::hasNullsLargest);
    if (sorted == null || order == null) {
      return null;
    }
    SourceScan scan = sorted.scan();
    ScanNode<?> node = ScanNodeFactory.of(scan, Map.of(), false, List.of());
    RexCompiler compiler = new RexCompiler(scan.getCluster().getRexBuilder());
    RowsWanted.First first =
        new RowsWanted.First(order, compiler.compile(ScanRules.rowsWanted(sort)));
    return sorted.above(ScanCompiler.plan(scan, node.withFirst(first)));
  }

  private static boolean hasNullsLargest(Column<?> column, RelFieldCollation key) {
    NullDirection asLargest =
        key.getDirection().isDescending() ? NullDirection.FIRST : NullDirection.LAST;
    return !column.nullable() || key.nullDirection == asLargest;
  }
}
