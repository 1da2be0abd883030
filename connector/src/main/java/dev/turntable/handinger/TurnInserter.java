package dev.turntable.handinger;

import static java.util.Objects.requireNonNull;

import dev.turntable.handinger.HandingerJson.NewTask;
import dev.turntable.handinger.HandingerJson.Task;
import dev.turntable.handinger.HandingerJson.TaskAnswer;
import dev.turntable.handinger.HandingerJson.Turn;
import dev.turntable.http.Settlement;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Inserter;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds turns to tasks that exist: a POST with an unknown id would create a task instead. */
final class TurnInserter implements Inserter {
  private final Handinger service;
  private final Settlement settlement;

  TurnInserter(Handinger service) {
    this(service, Settlement.DEFAULT);
  }

  TurnInserter(Handinger service, Settlement settlement) {
    this.service = service;
    this.settlement = settlement;
  }

  @Override
  public List<String> generatedKeys() {
    return List.of("id");
  }

  @Override
  public void check(List<Row> rows, StatementScope scope) {
    for (Row row : rows) {
      String taskId = NewTasks.required(TurnsTable.NAME, row, "task_id");
      Ids.checked(TurnsTable.NAME, "task_id", taskId);
      NewTasks.check(TurnsTable.NAME, row);
    }
  }

  @Override
  public List<RequestEstimate> estimate(List<Row> rows) {
    return List.of(
        RequestEstimate.exactly(HandingerApi.TASK, rows.size()),
        RequestEstimate.exactly(HandingerApi.CREATE, rows.size()));
  }

  /** The turns of a task follow each other in the order of the rows. */
  @Override
  public @Nullable Object lane(Row row) {
    return row.value("task_id");
  }

  @Override
  public List<@Nullable Object> insert(Row row, StatementScope scope) {
    String taskId = requireNonNull(NewTasks.text(row, "task_id"), "checked");
    return service
        .taskTurns()
        .alone(taskId, scope, () -> Collections.singletonList(add(taskId, row, scope)));
  }

  /** Returns the id of the new turn if it is wanted. */
  private @Nullable String add(String taskId, Row row, StatementScope scope) {
    String input = requireNonNull(NewTasks.text(row, "input"), "checked");
    TaskAnswer parent = service.fresh().task(scope, TurnsTable.NAME, taskId);
    if (parent == null) {
      throw new TurntableException(
          ErrorKind.UNKNOWN_PARENT,
          TurnsTable.NAME + ": there is no task '" + taskId + "'; to start one, INSERT INTO tasks");
    }
    Task task = parent.task();
    Long before = parent.turns() == null ? task.turnCount() : Long.valueOf(parent.turns().size());
    NewTask body = new NewTask(input, NewTasks.text(row, "budget"), taskId, task.workerId());
    try {
      service.calls().write(scope, TurnsTable.NAME, service.api().create(body));
    } catch (TurntableException e) {
      if (e.kind() != ErrorKind.OUTCOME_UNKNOWN) {
        throw e;
      }
      return settlement.settle(
          scope,
          e,
          "look for the turn in the task with id '" + taskId + "'",
          () -> before == null ? null : added(service.looks(), scope, taskId, input, before));
    }
    return row.keysWanted() ? key(scope, taskId, input, before == null ? 0 : before) : null;
  }

  /** The turn is there: that its id cannot be read is no failure of the statement. */
  private @Nullable String key(StatementScope scope, String taskId, String input, long before) {
    String why = "it is not listed yet";
    try {
      String id = added(service.fresh(), scope, taskId, input, before);
      if (id != null) {
        return id;
      }
    } catch (TurntableException e) {
      why = String.valueOf(e.getMessage());
    }
    scope.warn(
        TurnsTable.NAME
            + ": the turn was added to the task '"
            + taskId
            + "', but its id could not be read: "
            + why);
    return null;
  }

  /** Returns the id of the last turn with the input after the first {@code before}, or null. */
  private static @Nullable String added(
      Handinger service, StatementScope scope, String taskId, String input, long before) {
    List<Turn> turns = service.turns(scope, TurnsTable.NAME, taskId);
    if (turns == null) {
      return null;
    }
    return turns.stream()
        .skip(before)
        .filter(turn -> input.equals(turn.input()))
        .reduce((first, second) -> second)
        .map(Turn::id)
        .orElse(null);
  }
}
