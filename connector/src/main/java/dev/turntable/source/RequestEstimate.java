package dev.turntable.source;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How many requests of one kind a scan or a write will send when it is read to its end.
 *
 * @param request method and path template, for example {@code GET /api/tasks/{id}}
 * @param min at least so many
 * @param max at most so many; empty if nothing is known above
 * @param likely how many to expect when paths are compared, where that is better known than
 *     the bounds tell; else empty
 */
public record RequestEstimate(String request, long min, OptionalLong max, OptionalDouble likely) {
  public RequestEstimate(String request, long min, OptionalLong max) {
    this(request, min, max, OptionalDouble.empty());
  }

  public RequestEstimate {
    requireNonNull(request, "request");
    if (min < 0 || (max.isPresent() && max.getAsLong() < min)) {
      throw new IllegalArgumentException("min " + min + ", max " + max);
    }
  }

  public static RequestEstimate exactly(String request, long count) {
    return new RequestEstimate(request, count, OptionalLong.of(count));
  }

  public static RequestEstimate atMost(String request, long max) {
    return new RequestEstimate(request, 0, OptionalLong.of(max));
  }

  public static RequestEstimate between(String request, long min, long max) {
    return new RequestEstimate(request, min, OptionalLong.of(max));
  }

  public static RequestEstimate atLeast(String request, long min) {
    return new RequestEstimate(request, min, OptionalLong.empty());
  }

  public RequestEstimate withLikely(double requests) {
    return new RequestEstimate(request, min, max, OptionalDouble.of(requests));
  }

  /** Returns whether it is known how many requests these are. */
  public boolean isExact() {
    return max.isPresent() && max.getAsLong() == min;
  }

  /** Returns the text that EXPLAIN shows. */
  @Override
  public String toString() {
    if (max.isEmpty()) {
      return request + (min == 0 ? " x ? (known when read)" : " x " + min + " (at least)");
    }
    return request + " x " + max.getAsLong() + (isExact() ? " (exact)" : " (at most)");
  }
}
