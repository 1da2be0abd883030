package dev.turntable.handinger;

import dev.turntable.handinger.HandingerJson.Turn;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a run has ended whose answer was lost, or came before the end: what it gave is in its
 * turn only then.
 *
 * @param pauses the times to wait before each look
 */
record RunEnd(List<Duration> pauses) {
  /** About two minutes, nine requests at most. */
  static final RunEnd DEFAULT =
      new RunEnd(List.of(0, 1, 2, 4, 8, 15, 30, 30, 30).stream().map(Duration::ofSeconds).toList());

  RunEnd {
    pauses = List.copyOf(pauses);
  }

  /**
   * Returns the turn as it is at its end.
   *
   * @param look returns the turn as it is now, or null if it is not there yet
   * @throws TurntableException as {@link ErrorKind#BAD_ANSWER} if it has not ended by the last look
   */
  Turn await(StatementScope scope, String taskId, Supplier<@Nullable Turn> look) {
    for (Duration pause : pauses) {
      scope.pause(pause, () -> "the end of the run of task '" + taskId + "'");
      Turn turn = look.get();
      if (turn != null && turn.completedAt() != null) {
        return turn;
      }
    }
    throw new TurntableException(
        ErrorKind.BAD_ANSWER,
        "its run has not ended yet; later its output is in handinger.turns with task_id '"
            + taskId
            + "'");
  }
}
