package dev.turntable.handinger;

import static java.util.Objects.requireNonNull;

import dev.turntable.handinger.HandingerJson.Accepted;
import dev.turntable.handinger.HandingerJson.NewTask;
import dev.turntable.handinger.HandingerJson.TaskAnswer;
import dev.turntable.handinger.HandingerJson.Turn;
import dev.turntable.http.Settlement;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ReturningInserter;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import dev.turntable.source.UnsettledWriteException;
import dev.turntable.source.WriteTrace;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds turns to tasks that exist: a POST with an unknown id would create a task instead. */
final class TurnInserter implements ReturningInserter {
  private final Handinger service;
  private final Settlement settlement;
  private final RunEnd end;

  TurnInserter(Handinger service) {
    this(service, Settlement.DEFAULT);
  }

  TurnInserter(Handinger service, Settlement settlement) {
    this(service, settlement, RunEnd.DEFAULT);
  }

  TurnInserter(Handinger service, Settlement settlement, RunEnd end) {
    this.service = service;
    this.settlement = settlement;
    this.end = end;
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
  public List<RequestEstimate> estimateReadings(List<Row> rows, Set<String> columns) {
    return TurnAnswers.KNOWN.containsAll(columns)
        ? List.of()
        : TurnsTable.costs(service, rows.size());
  }

  @Override
  public @Nullable WriteTrace trace(Row row) {
    String task = NewTasks.text(row, "task_id");
    String input = NewTasks.text(row, "input");
    return task == null || input == null
        ? null
        : new WriteTrace(TurnsTable.NAME, "task_id", task, "input", input, "started_at");
  }

  @Override
  public List<@Nullable Object> insert(Row row, StatementScope scope) {
    String taskId = requireNonNull(NewTasks.text(row, "task_id"), "checked");
    return service
        .taskTurns()
        .alone(
            taskId,
            scope,
            () -> {
              Added added = add(taskId, row, scope);
              return Collections.singletonList(
                  added.found() != null
                      ? added.found().id()
                      : row.keysWanted() ? key(scope, taskId, added) : null);
            });
  }

  @Override
  public Map<String, @Nullable Object> insert(Row row, Set<String> columns, StatementScope scope) {
    String taskId = requireNonNull(NewTasks.text(row, "task_id"), "checked");
    return service
        .taskTurns()
        .alone(
            taskId,
            scope,
            () -> {
              Added added = add(taskId, row, scope);
              return new TurnAnswers(end, scope, columns)
                  .of(taskId, row, added, () -> added(service.fresh(), scope, taskId, added));
            });
  }

  /**
   * A turn that was added.
   *
   * @param before what was there before
   * @param answer to the write; null if it was lost, and the turn found by reading
   * @param found the turn, if it was read
   */
  record Added(
      String input, EarlierTurns before, @Nullable Accepted answer, @Nullable Turn found) {}

  private Added add(String taskId, Row row, StatementScope scope) {
    String input = requireNonNull(NewTasks.text(row, "input"), "checked");
    TaskAnswer parent = service.fresh().task(scope, TurnsTable.NAME, taskId);
    if (parent == null) {
      throw new TurntableException(
          ErrorKind.UNKNOWN_PARENT,
          TurnsTable.NAME + ": there is no task '" + taskId + "'; to start one, INSERT INTO tasks");
    }
    EarlierTurns before = before(parent, taskId, scope);
    NewTask body =
        new NewTask(input, NewTasks.text(row, "budget"), taskId, parent.task().workerId());
    Added unseen = new Added(input, before, null, null);
    try {
      Accepted answer =
          NewTasks.send(service, scope, TurnsTable.NAME, body, NewTasks.text(row, NewTasks.FILES));
      return new Added(input, before, answer, null);
    } catch (TurntableException e) {
      if (e.kind() != ErrorKind.OUTCOME_UNKNOWN) {
        throw e;
      }
      return new Added(input, before, null, found(e, taskId, unseen, scope));
    }
  }

  private Turn found(
      TurntableException unknown, String taskId, Added unseen, StatementScope scope) {
    EarlierTurns before = unseen.before();
    try {
      return settlement.settle(
          scope,
          unknown,
          "look for the turn in the task with id '" + taskId + "'",
          () -> before.isCertain() ? added(service.looks(), scope, taskId, unseen) : null);
    } catch (TurntableException e) {
      throw before.ids() == null ? e : new UnsettledWriteException(e, before.ids());
    }
  }

  /**
   * Where a turn is under way the count may not know of it yet, and the ids are read, if the answer
   * about the task does not hold them and the budget allows it.
   */
  private EarlierTurns before(TaskAnswer parent, String taskId, StatementScope scope) {
    EarlierTurns before = EarlierTurns.of(parent);
    if (before.isCertain()) {
      return before;
    }
    try {
      List<Turn> turns = service.fresh().turns(scope, TurnsTable.NAME, taskId);
      return turns == null ? before : before.of(turns);
    } catch (TurntableException e) {
      if (e.kind() != ErrorKind.BUDGET) {
        throw e;
      }
      return before; // then nobody can tell, should the answer be lost
    }
  }

  /** The turn is there: that its id cannot be read is no failure of the statement. */
  private @Nullable String key(StatementScope scope, String taskId, Added unseen) {
    String why = TurnAnswers.NOT_FOUND;
    try {
      Turn turn = added(service.fresh(), scope, taskId, unseen);
      if (turn != null) {
        return turn.id();
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

  /** Returns the only turn with the input that was not there before, else null. */
  private static @Nullable Turn added(
      Handinger service, StatementScope scope, String taskId, Added unseen) {
    List<Turn> turns = service.turns(scope, TurnsTable.NAME, taskId);
    if (turns == null) {
      return null;
    }
    List<Turn> added =
        unseen.before().others(turns).stream()
            .filter(turn -> unseen.input().equals(turn.input()))
            .toList();
    return added.size() == 1 ? added.get(0) : null;
  }
}
