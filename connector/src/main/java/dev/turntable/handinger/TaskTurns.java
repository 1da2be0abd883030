package dev.turntable.handinger;

import dev.turntable.source.StatementScope;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets the writes to one task follow each other, as they do at the service: a turn is recognized by
 * its place and input, and an id is read before it is taken, which tells nothing while another write
 * to the same task is under way. Safe for use by several threads.
 */
final class TaskTurns {
  private final Map<String, Turn> turns = new ConcurrentHashMap<>();

  /** Who is at it, and how many wait for it or are at it. */
  private static final class Turn {
    private final Semaphore free = new Semaphore(1, true);
    private int users;
  }

  /** Runs a write when no other one to the task is under way. */
  <V> V alone(String taskId, StatementScope scope, Supplier<V> write) {
    Turn turn = turns.compute(taskId, (id, known) -> joined(known == null ? new Turn() : known));
    try {
      scope.acquire(turn.free, () -> "a write to task '" + taskId + "' by another statement");
      try {
        return write.get();
      } finally {
        turn.free.release();
      }
    } finally {
      turns.computeIfPresent(taskId, (id, known) -> --known.users == 0 ? null : known);
    }
  }

  private static Turn joined(Turn turn) {
    turn.users++;
    return turn;
  }
}
