package dev.turntable.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When the requests began whose answers a step uses: an answer may be one that an equal request has had
 * before. Requests are sent by the thread that runs the step.
 */
public final class AnswerTimes implements AutoCloseable {
  private static final ThreadLocal<AnswerTimes> CURRENT = new ThreadLocal<>();

  private final @Nullable AnswerTimes outer;
  private @Nullable Instant oldest;

  private AnswerTimes(@Nullable AnswerTimes outer) {
    this.outer = outer;
  }

  /** Begins to listen in this thread. */
  public static AnswerTimes listen() {
    AnswerTimes times = new AnswerTimes(CURRENT.get());
    CURRENT.set(times);
    return times;
  }

  /** Tells that an answer is used whose request began then. */
  public static void used(Instant began) {
    AnswerTimes times = CURRENT.get();
    if (times != null && (times.oldest == null || began.isBefore(times.oldest))) {
      times.oldest = began;
    }
  }

  /** Returns when the first of the requests began, or null if none was needed. */
  public @Nullable Instant oldest() {
    return oldest;
  }

  @Override
  public void close() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }
}
