package dev.turntable.plan.scan;

import dev.turntable.plan.scan.KeyOrigins.Place;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.Strong;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** What conditions say of the rows of one reference, whatever the other tables hold. */
final class OwnConditions {
  private final RelNode rows;
  private final boolean ofJoin;

  /**
   * @param rows what the conditions read
   * @param ofJoin whether they are those of the join that the rows come from
   */
  OwnConditions(RelNode rows, boolean ofJoin) {
    this.rows = rows;
    this.ofJoin = ofJoin;
  }

  /** Gives each reference what every row of it must satisfy by itself. */
  void add(List<RexNode> conjuncts) {
    for (RexNode conjunct : conjuncts) {
      for (TableReference reference : references(conjunct)) {
        RexNode own = own(conjunct, reference);
        if (own != null) {
          reference.addCondition(own);
        }
      }
    }
  }

  /** Returns what some conditions say of the rows of one reference by themselves. */
  List<RexNode> of(List<RexNode> conjuncts, TableReference reference) {
    List<RexNode> own = new ArrayList<>();
    for (RexNode conjunct : conjuncts) {
      RexNode node = own(conjunct, reference);
      if (node != null) {
        own.add(node);
      }
    }
    return own;
  }

  private List<TableReference> references(RexNode conjunct) {
    ImmutableBitSet used = RelOptUtil.InputFinder.bits(conjunct);
    return used.isEmpty()
        ? List.of()
        : KeyOrigins.left(rows, used.nextSetBit(0)).stream()
            .map(Place::reference)
            .distinct()
            .toList();
  }

  /** Returns what a column is before the join whose condition this is puts nulls in its place. */
  private List<Place> placed(int column) {
    if (!ofJoin || !(rows instanceof Join join)) {
      return KeyOrigins.entered(rows, column);
    }
    int width = join.getLeft().getRowType().getFieldCount();
    return column < width
        ? KeyOrigins.entered(join.getLeft(), column)
        : KeyOrigins.entered(join.getRight(), column - width);
  }

  /** Returns a condition over the columns of one table, or null if it is about anything else. */
  private @Nullable RexNode own(RexNode conjunct, TableReference reference) {
    if (!RexUtil.isDeterministic(conjunct)
        || RexUtil.SubQueryFinder.find(conjunct) != null
        || RexUtil.containsCorrelation(conjunct)) {
      return null;
    }
    ImmutableBitSet used = RelOptUtil.InputFinder.bits(conjunct);
    boolean nullExtended = false;
    List<Integer> columns = new ArrayList<>();
    for (int column : used) {
      Place place =
          placed(column).stream()
              .filter(each -> each.reference() == reference && !each.grouped())
              .findFirst()
              .orElse(null);
      if (place == null) {
        return null;
      }
      nullExtended |= place.nullExtended();
      columns.add(place.column());
    }
    // A row that an outer join made up may pass, so that the condition says nothing of real ones.
    if (used.isEmpty() || (nullExtended && !Strong.isNotTrue(conjunct, used))) {
      return null;
    }
    List<Integer> positions = used.asList();
    return conjunct.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(columns.get(positions.indexOf(ref.getIndex())), ref.getType());
          }
        });
  }
}
