package dev.turntable.plan.scan;

import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Keys that are no column as it is, but computed from some. */
final class ComputedKeys {
  private ComputedKeys() {}

  /** Returns the values of an expression over the smallest tree that it reads, if that stands alone. */
  static @Nullable RelNode of(RexNode value, RelNode source) {
    ImmutableBitSet used = RelOptUtil.InputFinder.bits(value);
    RelNode rel = source;
    RexNode node = value;
    while (rel instanceof Join join) {
      int width = join.getLeft().getRowType().getFieldCount();
      if (used.isEmpty() || (used.nextSetBit(0) < width && used.length() > width)) {
        return null;
      }
      boolean left = used.length() <= width;
      int shift = left ? 0 : width;
      rel = left ? join.getLeft() : join.getRight();
      node = RexUtil.shift(node, -shift);
      used = used.shift(-shift);
    }
    return RexUtil.SubQueryFinder.find(node) != null
            || RexUtil.containsCorrelation(node)
            || !RelOptUtil.getVariablesUsed(rel).isEmpty()
        ? null
        : LogicalProject.create(rel, List.of(), List.of(node), List.of("key"), Set.of());
  }
}
