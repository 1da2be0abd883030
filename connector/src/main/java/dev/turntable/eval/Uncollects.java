package dev.turntable.eval;

import dev.turntable.run.RowNode;
import dev.turntable.run.Unnest;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.type.RelDataType;

/** Compiles UNNEST of one collection. */
public final class Uncollects {
  private Uncollects() {}

  /** Returns whether {@link #compile} knows the node. */
  public static boolean supports(Uncollect uncollect) {
    RelDataType rowType = uncollect.getInput().getRowType();
    if (rowType.getFieldCount() != 1) {
      return false;
    }
    return switch (rowType.getFieldList().get(0).getType().getSqlTypeName()) {
      case ARRAY, MULTISET, MAP -> true;
      default -> false;
    };
  }

  /** Returns the node that gives one row per element. */
  public static RowNode compile(Uncollect uncollect, RowNode input) {
    int columns = uncollect.getRowType().getFieldCount() - (uncollect.withOrdinality ? 1 : 0);
    RelDataType type = uncollect.getInput().getRowType().getFieldList().get(0).getType();
    RelDataType element = type.getComponentType();
    RelDataType first = uncollect.getRowType().getFieldList().get(0).getType();
    // With an alias an element that is a ROW stays one column.
    boolean whole = element == null || !element.isStruct() || (columns == 1 && first.isStruct());
    return new Unnest(input, 0, whole ? 0 : columns, uncollect.withOrdinality);
  }
}
