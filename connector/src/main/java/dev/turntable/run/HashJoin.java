package dev.turntable.run;

import org.jspecify.annotations.Nullable;

/**
 * Joins by hashing one side, the build side, and streaming the other, the probe side. The probe side
 * is not touched if the build side is empty and the result is therefore too.
 *
 * @param buildLeft whether the left side is hashed
 * @param keys the equalities; without any this is a nested loop
 * @param residual what else must be TRUE, on the columns of the left row and then the right; or null
 * @param leftWidth how many columns the left side has
 * @param rightWidth how many columns the right side has
 */
public record HashJoin(
    JoinType type,
    RowNode left,
    RowNode right,
    boolean buildLeft,
    JoinKeys keys,
    @Nullable Scalar residual,
    int leftWidth,
    int rightWidth)
    implements RowNode {
  @Override
  public Operator open(Execution execution) {
    return new HashJoinOperator(this, execution);
  }

  /** Returns whether a side is read whatever the other one holds. */
  public boolean readsToItsEnd(boolean ofLeft) {
    return ofLeft == buildLeft || keepsProbe();
  }

  boolean keepsBuild() {
    return buildLeft ? type.keepsLeft() || type == JoinType.ANTI : type.keepsRight();
  }

  boolean keepsProbe() {
    return buildLeft ? type.keepsRight() : type.keepsLeft() || type == JoinType.ANTI;
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
