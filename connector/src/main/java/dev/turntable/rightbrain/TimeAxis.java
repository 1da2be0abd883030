package dev.turntable.rightbrain;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Time in the direction in which a list runs: positions, in milliseconds, grow from its first row to
 * its last.
 */
enum TimeAxis {
  NEWEST_FIRST(-1),
  OLDEST_FIRST(1);

  /** Share of neighbours that must follow each other as the direction says. */
  private static final double MOST = 0.8;

  private final long sign;

  TimeAxis(long sign) {
    this.sign = sign;
  }

  /** Returns the direction that rows are in, or null if in none. */
  static @Nullable TimeAxis of(List<Instant> times) {
    int later = 0;
    int earlier = 0;
    for (int i = 1; i < times.size(); i++) {
      int order = times.get(i).compareTo(times.get(i - 1));
      later += order > 0 ? 1 : 0;
      earlier += order < 0 ? 1 : 0;
    }
    if (later + earlier == 0) {
      return null;
    }
    double ascending = (double) later / (later + earlier);
    return ascending >= MOST ? OLDEST_FIRST : ascending <= 1 - MOST ? NEWEST_FIRST : null;
  }

  long position(Instant time) {
    return sign * time.toEpochMilli();
  }

  private Instant time(long position) {
    return Instant.ofEpochMilli(sign * position);
  }

  /** Returns where a window ends; infinity if it is open there. */
  double end(TimeWindow window) {
    Instant end = this == NEWEST_FIRST ? window.from() : window.until();
    return end == null ? Double.POSITIVE_INFINITY : (double) position(end);
  }

  /** Returns where a window begins; minus infinity if it is open there. */
  double start(TimeWindow window) {
    Instant start = this == NEWEST_FIRST ? window.until() : window.from();
    return start == null ? Double.NEGATIVE_INFINITY : (double) position(start);
  }

  /** Returns the part of a window that comes before a position. */
  TimeWindow before(TimeWindow window, long position) {
    return this == NEWEST_FIRST
        ? window.between(time(position), window.until())
        : window.between(window.from(), time(position));
  }

  /** Returns the part of a window that comes from a position on. */
  TimeWindow after(TimeWindow window, long position) {
    return this == NEWEST_FIRST
        ? window.between(window.from(), time(position))
        : window.between(time(position), window.until());
  }

  /**
   * Where the rows of a page lie, but for a few that are out of order.
   *
   * @param start of the first row
   * @param end of the last row
   */
  record Span(double start, double end) {
    /** Returns its length in milliseconds, at least one. */
    double length() {
      return Math.max(1, end - start);
    }
  }

  /** Returns where rows lie; there must be one. */
  Span span(List<Instant> times) {
    long[] positions = times.stream().mapToLong(this::position).toArray();
    Arrays.sort(positions);
    int tenth = positions.length / 10;
    double low = positions[tenth];
    double high = positions[positions.length - 1 - tenth];
    double beyond = (high - low) * tenth / Math.max(1, positions.length - 1 - 2 * tenth);
    return new Span(low - beyond, high + beyond);
  }
}
