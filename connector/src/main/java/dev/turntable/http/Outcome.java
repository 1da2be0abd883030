package dev.turntable.http;

import dev.turntable.source.TurntableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt.
 *
 * @param answer what was answered; null if it failed
 * @param failure why it failed; null if it was answered, or is to be repeated for a new key
 * @param pause how long to wait before the next attempt; null if there is none
 */
record Outcome<T>(
    @Nullable Answer<T> answer, @Nullable TurntableException failure, @Nullable Duration pause) {
  static <T> Outcome<T> answered(Answer<T> answer) {
    return new Outcome<>(answer, null, null);
  }

  static <T> Outcome<T> failed(TurntableException failure) {
    return new Outcome<>(null, failure, null);
  }
}
