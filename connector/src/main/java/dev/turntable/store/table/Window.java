package dev.turntable.store.table;

import java.time.Duration;
import java.time.Instant;

/**
 * That all rows of a span of time were read, of a key or of a list.
 *
 * @param span the span, of the times at which the rows were made
 * @param readAt when the first of the requests began
 * @param settledTo up to when the rows were there for good: an hour before that, and before the youngest
 *     row that was known then, for the clock of the service may be behind ours
 */
public record Window(TimeSpan span, Instant readAt, Instant settledTo) {
  /** So long after it was made a row may still appear, or change. */
  private static final Duration SETTLING = Duration.ofHours(1);

  /** Returns a window whose youngest known row was made then. */
  public static Window of(TimeSpan span, Instant readAt, Instant youngest) {
    Instant last = youngest.isBefore(readAt) ? youngest : readAt;
    return new Window(span, readAt, last.minus(SETTLING));
  }

  /** Returns the part whose rows were there for good when it was read. */
  public TimeSpan settled() {
    return span.within(new TimeSpan(TimeSpan.ALL.from(), settledTo));
  }
}
