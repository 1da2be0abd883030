package dev.turntable.simulator.rightbrain;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A part of the rows in order, of which pages are cut.
 *
 * @param task whose rows; null for all
 * @param from first position, that is place among the rows of the task or among all
 * @param to position after the last
 */
record RightbrainScan(RightbrainRows rows, @Nullable Integer task, int from, int to) {

  /**
   * A page, cut before hidden rows are taken out of it.
   *
   * @param last row that was looked at, hidden or not; -1 when there was none
   */
  record Page(List<Integer> visible, int last, boolean hasNext) {}

  static RightbrainScan ofTask(RightbrainRows rows, int task) {
    return new RightbrainScan(rows, task, 0, rows.count(task));
  }

  static RightbrainScan ofAll(RightbrainRows rows) {
    return new RightbrainScan(rows, null, 0, rows.size());
  }

  /** Only rows created from the first time on and before the second, in microseconds. */
  RightbrainScan between(long start, long end) {
    return within(position(rows.firstFrom(start)), position(rows.firstFrom(end)));
  }

  /** Only what comes after the row of a cursor. */
  RightbrainScan after(OptionalInt cursor, boolean newestFirst) {
    if (cursor.isEmpty()) {
      return this;
    }
    int row = cursor.getAsInt();
    return newestFirst ? within(from, position(row)) : within(position(row + 1), to);
  }

  private RightbrainScan within(int least, int most) {
    return new RightbrainScan(rows, task, Math.max(from, least), Math.min(to, most));
  }

  private int position(int row) {
    return task == null ? row : rows.positionFrom(task, row);
  }

  int row(int position) {
    return task == null ? position : rows.row(task, position);
  }

  Page page(int limit, boolean newestFirst, IntPredicate wanted) {
    List<Integer> visible = new ArrayList<>();
    int last = -1;
    int seen = 0;
    for (int i = 0; i < to - from; i++) {
      int row = row(newestFirst ? to - 1 - i : from + i);
      if (!wanted.test(row)) {
        continue;
      }
      if (seen == limit) {
        return new Page(visible, last, true);
      }
      seen++;
      last = row;
      if (!rows.is(RightbrainRows.HIDDEN, row)) {
        visible.add(row);
      }
    }
    return new Page(visible, last, false);
  }
}
