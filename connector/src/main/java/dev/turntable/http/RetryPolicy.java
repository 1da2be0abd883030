package dev.turntable.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Which attempts of a read are followed by another one, and when: the wish of the server first, else
 * exponential backoff with full jitter.
 *
 * @param maxRetries attempts after the first
 * @param random draws from 0 to 1
 * @param nowMillis the wall clock, for dates in {@code Retry-After}
 */
record RetryPolicy(int maxRetries, DoubleSupplier random, LongSupplier nowMillis) {
  private static final double FIRST_SECONDS = 0.5;
  private static final double MAX_SECONDS = 8;

  /** A server that asks for more would look like a statement that hangs. */
  static final Duration LONGEST_WISH = Duration.ofMinutes(5);

  /** Returns whether the answer of an attempt is one that another attempt may better. */
  boolean mayRetry(Attempt attempt) {
    String wish = attempt.header("x-should-retry");
    if ("true".equals(wish)) {
      return true;
    }
    int status = attempt.status();
    return !"false".equals(wish)
        && (status == 408 || status == 409 || status == 429 || status >= 500);
  }

  /**
   * Returns how long to wait.
   *
   * @param failed how many attempts have failed, from 1
   */
  Duration pause(int failed, Attempt attempt) {
    return wish(attempt).orElseGet(() -> backoff(failed));
  }

  Duration backoff(int failed) {
    double limit = Math.min(MAX_SECONDS, FIRST_SECONDS * Math.pow(2, failed - 1));
    return seconds(limit * random.getAsDouble());
  }

  /** Returns what the server asks for. */
  Optional<Duration> wish(Attempt attempt) {
    Double millis = number(attempt.header("retry-after-ms"));
    if (millis != null) {
      return Optional.of(seconds(millis / 1000));
    }
    String text = attempt.header("Retry-After");
    Double seconds = number(text);
    if (seconds != null) {
      return Optional.of(seconds(seconds));
    }
    if (text == null) {
      return Optional.empty();
    }
    Instant date =
        new Headers.Builder()
            .addUnsafeNonAscii("Retry-After", text)
            .build()
            .getInstant("Retry-After");
    return date == null
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.max(0, date.toEpochMilli() - nowMillis.getAsLong())));
  }

  private static @Nullable Double number(@Nullable String text) {
    // Only digits and a point: Double.parseDouble also takes NaN, hexadecimal and a trailing "d".
    if (text == null || !text.strip().matches("\\d{1,15}(\\.\\d{0,15})?")) {
      return null;
    }
    return Double.valueOf(text.strip());
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) Math.min(seconds * 1e9, Long.MAX_VALUE));
  }
}
