package dev.turntable.handinger;

import static java.util.Objects.requireNonNull;

import dev.turntable.handinger.HandingerJson.NewTask;
import dev.turntable.handinger.HandingerJson.Task;
import dev.turntable.handinger.HandingerJson.TaskAnswer;
import dev.turntable.handinger.HandingerJson.Turn;
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
  private final Resolution resolution;

  TurnInserter(Handinger service) {
    this(service, Resolution.DEFAULT);
  }

  TurnInserter(Handinger service, Resolution resolution) {
    this.service = service;
    this.resolution = resolution;
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

  @Override
  public List<@Nullable Object> insert(Row row, StatementScope scope) {
    String taskId = requireNonNull(NewTasks.text(row, "task_id"), "checked");
    String input = requireNonNull(NewTasks.text(row, "input"), "checked");
    TaskAnswer parent = service.fresh().task(scope, TurnsTable.NAME, taskId);
    if (parent == null) {
      throw new TurntableException(
          ErrorKind.UNKNOWN_PARENT,
          TurnsTable.NAME + ": there is no task '" + taskId + "'; to start one, INSERT INTO tasks");
    }
    Task task = parent.task();
    NewTask body = new NewTask(input, NewTasks.text(row, "budget"), taskId, task.workerId());
    try {
      service.calls().write(scope, TurnsTable.NAME, service.api().create(body));
    } catch (TurntableException e) {
      if (e.kind() != ErrorKind.OUTCOME_UNKNOWN) {
        throw e;
      }
      Long before = parent.turns() == null ? task.turnCount() : Long.valueOf(parent.turns().size());
      resolution.settle(
          scope,
          e,
          "look for the turn in the task with id '" + taskId + "'",
          () -> before != null && newest(scope, taskId, input, before) != null);
    }
    String id = row.keysWanted() ? newest(scope, taskId, input, 0) : null;
    return Collections.singletonList(id);
  }

  /** Returns the id of the last turn with the input after the first {@code skip}, or null. */
  private @Nullable String newest(StatementScope scope, String taskId, String input, long skip) {
    List<Turn> turns = service.fresh().turns(scope, TurnsTable.NAME, taskId);
    if (turns == null) {
      return null;
    }
    return turns.stream()
        .skip(skip)
        .filter(turn -> input.equals(turn.input()))
        .reduce((first, second) -> second)
        .map(Turn::id)
        .orElse(null);
  }
}
