package dev.turntable.rightbrain;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a token lasts, by whatever the service sends for {@code expires_in}. Nothing of it is an
 * error: a token that lasts less than it seems is refused and then renewed.
 */
final class TokenLife {
  /** What clients of the service assume where it does not say. */
  private static final Duration DEFAULT = Duration.ofHours(1);

  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int MAX_DIGITS = 40;

  /** No life is so many seconds long, 31 years; such a number is a moment, in seconds. */
  private static final BigDecimal FIRST_MOMENT = BigDecimal.valueOf(1_000_000_000L);

  /** Such a number is a moment in milliseconds. */
  private static final BigDecimal FIRST_MOMENT_MILLIS = BigDecimal.valueOf(100_000_000_000L);

  private TokenLife() {}

  /**
   * Returns the life of a token.
   *
   * @param json the JSON of {@code expires_in}, null if there is none
   * @param now the wall clock
   */
  static Duration of(@Nullable String json, Instant now) {
    BigDecimal number = number(json);
    if (number == null) {
      return DEFAULT;
    }
    BigDecimal millis = number.movePointRight(3);
    if (number.compareTo(FIRST_MOMENT_MILLIS) >= 0) {
      millis = number.subtract(BigDecimal.valueOf(now.toEpochMilli()));
    } else if (number.compareTo(FIRST_MOMENT) >= 0) {
      millis = millis.subtract(BigDecimal.valueOf(now.toEpochMilli()));
    }
    if (millis.signum() <= 0) {
      return Duration.ZERO; // it is used once, for what it was made
    }
    return millis.compareTo(BigDecimal.valueOf(LONGEST.toMillis())) >= 0
        ? LONGEST
        : Duration.ofMillis(millis.longValue());
  }

  private static @Nullable BigDecimal number(@Nullable String json) {
    String text = json == null ? "" : json.replace("\"", "").strip();
    if (text.isEmpty() || text.length() > MAX_DIGITS) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text);
      return Math.abs((long) number.scale()) > MAX_DIGITS ? null : number;
    } catch (NumberFormatException e) {
      return null; // "never", an object, true: it does not say
    }
  }
}
