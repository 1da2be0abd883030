package dev.turntable.rightbrain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a window is cut, given what its first rows show: how many windows, and how long each.
 *
 * @param near the first of its parts
 * @param far its end, which shows whether rows go on there; null if the near ones are all
 * @param ahead what waits for the far one
 */
record WindowCut(List<TimeWindow> near, @Nullable TimeWindow far, @Nullable Ahead ahead) {
  /** Pages of a window. */
  static final int LEAF = 6;

  /** A list that seems to have fewer pages left is not given up. */
  static final int WORTH_CUTTING = 2 * LEAF;

  /** Windows that are cut at first; as long as all are full, twice as many each time. */
  static final int FIRST_WINDOWS = 2;

  private static final int MOST_WINDOWS = 8;

  /** A little less than full pages are aimed at, for one row more costs a request more. */
  private static final double AIM = 0.95;

  /**
   * What lies before the far part of a list.
   *
   * @param stretch what was left out in between, or null
   * @param windows how many windows that is worth
   * @param following how many windows to cut next time
   */
  record Ahead(@Nullable TimeWindow stretch, int windows, int following) {}

  /**
   * Chooses.
   *
   * @param windows how many there are before the far one, if runs lie close to where the window begins
   */
  static WindowCut of(TimeAxis axis, TimeWindow window, int windows) {
    TimeAxis.Span span = axis.span(window.times());
    double leaf = LEAF * AIM * span.length() / window.pages();
    int count = following(axis, window, windows);
    double start = Math.max(span.start(), axis.start(window));
    double end = axis.end(window);
    if (start + count * leaf >= end) {
      int parts = Math.max(FIRST_WINDOWS, (int) Math.ceil((end - start) / leaf));
      return new WindowCut(TimeCuts.equal(axis, window, start, end, parts), null, null);
    }
    long near = (long) (start + FIRST_WINDOWS * leaf);
    long far = (long) (start + count * leaf);
    TimeWindow stretch = far > near ? axis.after(axis.before(window, far), near) : null;
    TimeWindow first = axis.before(window, near);
    return new WindowCut(
        TimeCuts.equal(axis, first, start, (double) near, FIRST_WINDOWS),
        axis.after(window, far),
        new Ahead(stretch, count - FIRST_WINDOWS, 2 * count));
  }

  /** Twice as many windows each time, as long as runs lie close to where the window begins. */
  static int following(TimeAxis axis, TimeWindow window, int windows) {
    TimeAxis.Span span = axis.span(window.times());
    return span.start() - axis.start(window) > WORTH_CUTTING * span.length()
        ? FIRST_WINDOWS
        : Math.min(MOST_WINDOWS, windows);
  }
}
