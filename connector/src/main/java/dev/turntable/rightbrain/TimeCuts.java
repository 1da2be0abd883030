package dev.turntable.rightbrain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Cuts windows into parts, which together are the window and do not overlap. */
final class TimeCuts {
  private TimeCuts() {}

  /**
   * Returns equal parts, of which the first and the last reach to where the window does.
   *
   * @param start the position at which the first row is thought to be
   * @param end that of the last
   * @param count how many parts there are at most
   */
  static List<TimeWindow> equal(
      TimeAxis axis, TimeWindow window, double start, double end, int count) {
    List<TimeWindow> parts = new ArrayList<>();
    TimeWindow left = window;
    double previous = axis.start(window);
    for (int i = 1; i < count; i++) {
      long at = (long) (start + i * (end - start) / count);
      if (at > previous && at < end) {
        parts.add(axis.before(left, at));
        left = axis.after(left, at);
        previous = at;
      }
    }
    parts.add(left);
    return parts;
  }

  /** Cuts where equal numbers of the rows lie that came so far; no parts if those are too few. */
  static List<TimeWindow> quantiles(TimeWindow window, int count) {
    List<Instant> times = window.times().stream().sorted().distinct().toList();
    if (times.size() < count) {
      return List.of();
    }
    List<TimeWindow> parts = new ArrayList<>();
    Instant from = window.from();
    for (int i = 1; i < count; i++) {
      Instant at = times.get(i * times.size() / count).truncatedTo(ChronoUnit.MILLIS);
      if (at.isAfter(from)) {
        parts.add(window.between(from, at));
        from = at;
      }
    }
    parts.add(window.between(from, window.until()));
    return parts;
  }
}
