package dev.turntable.run;

import org.jspecify.annotations.Nullable;

/**
 * Joins by hashing the right side, the build side, and streaming the left, the probe side. The probe
 * side is not touched if the build side is empty and the result is therefore too.
 *
 * @param leftWidth how many columns the left side has
 * @param rightWidth how many columns the right side has
 */
public record HashJoin(
    JoinType type,
    RowNode left,
    RowNode right,
    JoinCondition condition,
    int leftWidth,
    int rightWidth)
    implements RowNode {
  @Override
  public Operator open(Execution execution) {
    return new HashJoinOperator(this, execution);
  }

  /** Returns whether a side is read whatever the other one holds. */
  public boolean readsToItsEnd(boolean ofLeft) {
    return !ofLeft || keepsProbe();
  }

  boolean keepsBuild() {
    return type.keepsRight();
  }

  boolean keepsProbe() {
    return type.keepsLeft() || type == JoinType.ANTI;
  }

  @Nullable Object[] row(
      @Nullable Object @Nullable [] leftRow, @Nullable Object @Nullable [] rightRow) {
    @Nullable Object[] row = new Object[leftWidth + rightWidth];
    if (leftRow != null) {
      System.arraycopy(leftRow, 0, row, 0, leftWidth);
    }
    if (rightRow != null) {
      System.arraycopy(rightRow, 0, row, leftWidth, rightWidth);
    }
    return row;
  }
}
