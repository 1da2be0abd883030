package dev.turntable.run;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The scan of a list that the statement reads more than once. With each row that is wanted it looks
 * whether another scan has read the list by then.
 */
final class ListOperator implements Operator {
  private final ScanNode<?> node;
  private final CachedList list;
  private final Function<CachedList.Filling, Operator> scan;
  private final Execution execution;
  private final int[] output;
  private CachedList.@Nullable Filling filling;
  private @Nullable Operator scanned;
  private @Nullable Operator atHand;
  private boolean looked;

  /**
   * @param scan opens the scan, which fills what it is given
   */
  ListOperator(
      ScanNode<?> node,
      CachedList list,
      Function<CachedList.Filling, Operator> scan,
      Execution execution) {
    this.node = node;
    this.list = list;
    this.scan = scan;
    this.execution = execution;
    this.output = node.output().stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    if (!looked && list.isAtHand()) {
      looked = true; // once only: it compares all rows that were read
      atHand = list.open(filling);
    }
    Operator read = atHand;
    if (read != null) {
      closeScan();
      return checked(read);
    }
    Operator open = scanned;
    if (open == null) {
      CachedList.Filling mine = list.fill();
      open = scan.apply(mine);
      filling = mine;
      scanned = open;
    }
    return open.next();
  }

  private @Nullable Object @Nullable [] checked(Operator read) {
    Scalar check = node.predicate().check();
    for (@Nullable Object[] row = read.next(); row != null; row = read.next()) {
      execution.check();
      if (check == null || check.isTrue(row, execution)) {
        return ScanOperator.project(row, output);
      }
    }
    return null;
  }

  private void closeScan() {
    if (scanned != null) {
      scanned.close();
      scanned = null;
    }
  }

  @Override
  public void close() {
    closeScan();
    if (atHand != null) {
      atHand.close();
    }
  }
}
