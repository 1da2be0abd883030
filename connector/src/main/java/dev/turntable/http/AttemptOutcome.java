package dev.turntable.http;

import dev.turntable.source.TurntableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt.
 *
 * @param answer what was answered; null if it failed
 * @param failure why it failed; null if it was answered, or never reached the service
 * @param pause how long to wait before the next attempt; null if there is none
 * @param next what the next attempt, if any, must have that this one had not
 */
record AttemptOutcome<T>(
    @Nullable SharedAnswer<T> answer,
    @Nullable TurntableException failure,
    @Nullable Duration pause,
    Next next) {

  /** What another attempt depends on. */
  enum Next {
    /** On time only. */
    PAUSE,
    /** On a new key: the service does not accept the one that was sent. */
    KEY,
    /** On memory: others hold too much at this moment. */
    MEMORY,
    /** On nothing, but on a new connection: this one was closed while nobody used it. */
    CONNECTION
  }

  static <T> AttemptOutcome<T> answered(SharedAnswer<T> answer) {
    return new AttemptOutcome<>(answer, null, null, Next.PAUSE);
  }

  static <T> AttemptOutcome<T> failed(TurntableException failure) {
    return new AttemptOutcome<>(null, failure, null, Next.PAUSE);
  }

  static <T> AttemptOutcome<T> after(Duration pause, TurntableException failure) {
    return new AttemptOutcome<>(null, failure, pause, Next.PAUSE);
  }

  static <T> AttemptOutcome<T> withoutKey(TurntableException failure) {
    return new AttemptOutcome<>(null, failure, null, Next.KEY);
  }

  static <T> AttemptOutcome<T> withoutMemory(TurntableException failure) {
    return new AttemptOutcome<>(null, failure, null, Next.MEMORY);
  }

  static <T> AttemptOutcome<T> overDeadConnection() {
    return new AttemptOutcome<>(null, null, null, Next.CONNECTION);
  }
}
