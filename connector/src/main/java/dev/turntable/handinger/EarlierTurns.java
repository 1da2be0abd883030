package dev.turntable.handinger;

import dev.turntable.handinger.HandingerJson.Task;
import dev.turntable.handinger.HandingerJson.TaskAnswer;
import dev.turntable.handinger.HandingerJson.Turn;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The turns that a task had before one is added to it.
 *
 * @param ids theirs, or null where the answer about the task does not name them
 * @param count how many the task says it has, or null
 * @param isFinished whether the task says that none is under way
 */
record EarlierTurns(@Nullable Set<String> ids, @Nullable Long count, boolean isFinished) {

  static EarlierTurns of(TaskAnswer answer) {
    Task task = answer.task();
    EarlierTurns before = new EarlierTurns(null, task.turnCount(), Handinger.isFinished(task));
    return answer.turns() == null ? before : before.of(answer.turns());
  }

  /** Returns the same with the ids of those turns. */
  EarlierTurns of(List<Turn> turns) {
    return new EarlierTurns(
        turns.stream().map(Turn::id).collect(Collectors.toUnmodifiableSet()), count, isFinished);
  }

  /**
   * Returns whether a turn that was there can be told from a new one. By a count it can only if no
   * turn was under way, for the count may not know of that one yet.
   */
  boolean isCertain() {
    return ids != null || (count != null && isFinished);
  }

  /** Returns those of the turns that were not there, as far as that is known. */
  List<Turn> others(List<Turn> turns) {
    Set<String> known = ids;
    return known == null
        ? turns.stream().skip(count == null ? 0 : count).toList()
        : turns.stream().filter(turn -> !known.contains(turn.id())).toList();
  }
}
