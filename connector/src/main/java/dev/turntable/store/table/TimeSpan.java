package dev.turntable.store.table;

import dev.turntable.source.ColumnFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A span of time.
 *
 * @param from its begin, which belongs to it
 * @param to its end, which does not
 */
public record TimeSpan(Instant from, Instant to) {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

  /** All time that rows can be of. */
  public static final TimeSpan ALL = new TimeSpan(FIRST, LAST);

  /** No time at all. */
  public static final TimeSpan NONE = new TimeSpan(FIRST, FIRST);

  /** Returns the span of a predicate on a time of milliseconds, in which smaller fractions hide. */
  public static TimeSpan of(@Nullable ColumnFilter filter) {
    if (!(filter instanceof ColumnFilter.Range range)) {
      return ALL;
    }
    Instant from = range.lower() instanceof Instant lower ? lower : FIRST;
    Instant to = range.upper() instanceof Instant upper ? upper : LAST;
    return new TimeSpan(from, range.upperInclusive() && to.isBefore(LAST) ? to.plusMillis(1) : to);
  }

  /** Returns the predicate on it, or null if it is all time. */
  public @Nullable ColumnFilter filter() {
    boolean begins = from.isAfter(FIRST);
    boolean ends = to.isBefore(LAST);
    return begins || ends
        ? new ColumnFilter.Range(begins ? from : null, true, ends ? to : null, false)
        : null;
  }

  /** Returns whether no time is in it. */
  public boolean isEmpty() {
    return !from.isBefore(to);
  }

  public TimeSpan within(TimeSpan other) {
    return new TimeSpan(
        from.isAfter(other.from) ? from : other.from, to.isBefore(other.to) ? to : other.to);
  }

  /** Returns what is left of some without another one. */
  public static List<TimeSpan> without(List<TimeSpan> spans, TimeSpan other) {
    return spans.stream().flatMap(span -> span.without(other).stream()).toList();
  }

  /** Returns what is left of it without another one, in order. */
  public List<TimeSpan> without(TimeSpan other) {
    TimeSpan common = within(other);
    if (common.isEmpty()) {
      return isEmpty() ? List.of() : List.of(this);
    }
    List<TimeSpan> rest = new ArrayList<>();
    TimeSpan before = new TimeSpan(from, common.from);
    TimeSpan after = new TimeSpan(common.to, to);
    if (!before.isEmpty()) {
      rest.add(before);
    }
    if (!after.isEmpty()) {
      rest.add(after);
    }
    return rest;
  }
}
