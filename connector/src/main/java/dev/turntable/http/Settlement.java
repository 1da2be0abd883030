package dev.turntable.http;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by reading whether a write happened whose answer was lost. The write itself is never
 * repeated.
 *
 * @param pauses the times to wait before each look
 */
public record Settlement(List<Duration> pauses) {
  /** The service may need a moment to show what it has accepted. */
  public static final Settlement DEFAULT =
      new Settlement(
          List.of(
              Duration.ZERO,
              Duration.ofMillis(500),
              Duration.ofSeconds(1),
              Duration.ofSeconds(2),
              Duration.ofSeconds(4)));

  public Settlement {
    pauses = List.copyOf(pauses);
  }

  /**
   * Returns what was written, if it is seen. Does not look if the statement has ended.
   *
   * @param unknown the failure of the write
   * @param what how to look up what was written, for the message
   * @param look returns what was written, or null; a failed look tells nothing, the next one may
   * @throws TurntableException as {@link ErrorKind#OUTCOME_UNKNOWN} if it was not seen
   */
  public <V> V settle(
      StatementScope scope, TurntableException unknown, String what, Supplier<@Nullable V> look) {
    for (Duration pause : pauses) {
      V seen = scope.isEnded() ? null : seen(scope, pause, look);
      if (seen != null) {
        return seen;
      }
    }
    throw new TurntableException(
        ErrorKind.OUTCOME_UNKNOWN, unknown.getMessage() + "; " + what, unknown);
  }

  private static <V> @Nullable V seen(
      StatementScope scope, Duration pause, Supplier<@Nullable V> look) {
    try {
      scope.pause(pause);
      return look.get();
    } catch (TurntableException e) {
      return null;
    }
  }
}
