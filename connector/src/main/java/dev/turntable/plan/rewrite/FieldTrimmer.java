package dev.turntable.plan.rewrite;

import dev.turntable.plan.scan.Apply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;

/** Drops the columns that nothing reads, below sub-queries too. */
public final class FieldTrimmer extends RelFieldTrimmer {
  FieldTrimmer(RelBuilder builder) {
    super(null, builder);
  }

  /** Calcite finds it by the class of its first parameter. */
  public TrimResult trimFields(
      Apply apply, ImmutableBitSet fieldsUsed, Set<RelDataTypeField> extraFields) {
    int width = apply.getLeft().getRowType().getFieldCount();
    ImmutableBitSet left =
        fieldsUsed
            .intersect(ImmutableBitSet.range(width))
            .union(ImmutableBitSet.of(apply.arguments()))
            .union(ImmutableBitSet.of(apply.probes()));
    TrimResult outer = trimChild(apply, apply.getLeft(), left, Set.of());
    int innerWidth = apply.getRight().getRowType().getFieldCount();
    ImmutableBitSet right =
        apply.addsColumn()
            ? ImmutableBitSet.range(apply.kind() == Apply.Kind.EXISTS ? 0 : innerWidth)
            : fieldsUsed.except(ImmutableBitSet.range(width)).shift(-width);
    TrimResult inner = trimChild(apply, apply.getRight(), right, Set.of());
    Apply trimmed =
        apply.copy(
            outer.left,
            inner.left,
            moved(apply.arguments(), outer.right),
            moved(apply.probes(), outer.right));
    return result(trimmed, mapping(apply, outer, inner, trimmed.getRowType().getFieldCount()));
  }

  private static List<Integer> moved(List<Integer> columns, Mapping mapping) {
    List<Integer> moved = new ArrayList<>();
    columns.forEach(column -> moved.add(mapping.getTarget(column)));
    return moved;
  }

  private static Mapping mapping(Apply apply, TrimResult outer, TrimResult inner, int newWidth) {
    int width = apply.getLeft().getRowType().getFieldCount();
    Mapping mapping =
        Mappings.create(
            MappingType.INVERSE_SURJECTION, apply.getRowType().getFieldCount(), newWidth);
    outer.right.forEach(pair -> mapping.set(pair.source, pair.target));
    int newLeft = outer.left.getRowType().getFieldCount();
    if (apply.addsColumn()) {
      mapping.set(width, newLeft);
    } else {
      inner.right.forEach(pair -> mapping.set(width + pair.source, newLeft + pair.target));
    }
    return mapping;
  }
}
