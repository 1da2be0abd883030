package dev.turntable.handinger;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Finds out by reading whether a write happened whose answer was lost. The write itself is never
 * repeated.
 *
 * @param pauses the times to wait before each look
 */
record Resolution(List<Duration> pauses) {
  /** The service may need a moment to show what it has accepted. */
  static final Resolution DEFAULT =
      new Resolution(
          List.of(
              Duration.ZERO,
              Duration.ofMillis(500),
              Duration.ofSeconds(1),
              Duration.ofSeconds(2),
              Duration.ofSeconds(4)));

  /**
   * Returns if the write is seen to have happened.
   *
   * @param unknown the failure of the write
   * @param what names what was written, and how to look it up
   * @param happened looks
   * @throws TurntableException as {@link ErrorKind#OUTCOME_UNKNOWN} if it was not seen; as {@link
   *     ErrorKind#CANCELLED} or {@link ErrorKind#TIMEOUT}, with the unknown outcome as its cause, if
   *     the statement ended meanwhile
   */
  void settle(
      StatementScope scope, TurntableException unknown, String what, BooleanSupplier happened) {
    try {
      for (Duration pause : pauses) {
        scope.pause(pause);
        if (looks(scope, happened)) {
          return;
        }
      }
    } catch (TurntableException e) {
      throw ended(scope, unknown, what);
    }
    throw new TurntableException(
        ErrorKind.OUTCOME_UNKNOWN, unknown.getMessage() + "; " + what, unknown);
  }

  /** Returns what a statement throws that ended while a write was under way. */
  static TurntableException ended(StatementScope scope, TurntableException unknown, String what) {
    try {
      scope.ensureOpen();
      return unknown;
    } catch (TurntableException end) {
      return new TurntableException(
          end.kind(),
          end.getMessage()
              + "; "
              + what
              + "; whether the service has accepted it is not known, and if so it goes on",
          unknown);
    }
  }

  private static boolean looks(StatementScope scope, BooleanSupplier happened) {
    scope.ensureOpen();
    try {
      return happened.getAsBoolean();
    } catch (TurntableException e) {
      scope.ensureOpen();
      return false; // A failed look tells nothing; the next one may.
    }
  }
}
