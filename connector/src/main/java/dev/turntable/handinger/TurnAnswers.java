package dev.turntable.handinger;

import dev.turntable.handinger.HandingerJson.Accepted;
import dev.turntable.handinger.HandingerJson.Turn;
import dev.turntable.handinger.TurnInserter.Added;
import dev.turntable.source.Column;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Inserter.Row;
import dev.turntable.source.NotReturnedException;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What RETURNING gives of a new turn: from the answer to the POST what that holds, the rest from the
 * turn itself. Used for one row.
 */
final class TurnAnswers {
  static final String NOT_FOUND = "it is not listed yet, or not the only one with that input";

  /** What is known without reading the turn. */
  static final Set<String> KNOWN =
      Set.of("task_id", "input", "budget", TaskAnswers.OUTPUT_TEXT, TaskAnswers.STRUCTURED_OUTPUT);

  private final RunEnd end;
  private final StatementScope scope;
  private final Set<String> columns;

  TurnAnswers(RunEnd end, StatementScope scope, Set<String> columns) {
    this.end = end;
    this.scope = scope;
    this.columns = columns;
  }

  /**
   * Returns the values of the columns.
   *
   * @param look reads the turn; null if it is not there, or cannot be told from another one
   * @throws NotReturnedException if they cannot all be had
   */
  Map<String, @Nullable Object> of(
      String taskId, Row row, Added added, Supplier<@Nullable Turn> look) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("task_id", taskId);
    values.put("input", row.value("input"));
    values.put("budget", row.value("budget"));
    Accepted answer = added.answer();
    boolean ended = answer != null && !answer.running();
    if (answer != null && ended && answer.outputText() != null) {
      values.put(TaskAnswers.OUTPUT_TEXT, answer.outputText());
      values.put(TaskAnswers.STRUCTURED_OUTPUT, answer.structuredOutput());
    }
    if (values.keySet().containsAll(columns)) {
      return values;
    }
    try {
      Turn turn = turn(taskId, added, ended, look);
      if (turn == null) {
        throw new TurntableException(ErrorKind.BAD_ANSWER, NOT_FOUND);
      }
      values.putAll(Column.values(TurnsTable.COLUMNS, turn, columns));
      values.put("budget", row.value("budget"));
      return values;
    } catch (TurntableException e) {
      throw new NotReturnedException("a turn of the task '" + taskId + "'", values, e);
    }
  }

  private @Nullable Turn turn(
      String taskId, Added added, boolean ended, Supplier<@Nullable Turn> look) {
    Turn found = added.found();
    if (found != null && found.completedAt() != null) {
      return found;
    }
    return ended ? look.get() : end.await(scope, taskId, look);
  }
}
