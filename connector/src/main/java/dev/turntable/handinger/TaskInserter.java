package dev.turntable.handinger;

import static java.util.Objects.requireNonNull;

import dev.turntable.handinger.HandingerJson.Accepted;
import dev.turntable.handinger.HandingerJson.NewTask;
import dev.turntable.http.Settlement;
import dev.turntable.source.Column;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ReturningInserter;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates tasks, each under an id made here, so that it can be found again whatever happens. */
final class TaskInserter implements ReturningInserter {
  private final Handinger service;
  private final Settlement settlement;
  private final RunEnd end;

  /**
   * A task that is there.
   *
   * @param answer to the write; null if it was lost, and the task found by reading
   */
  record Created(String id, @Nullable Accepted answer) {}

  TaskInserter(Handinger service) {
    this(service, Settlement.DEFAULT);
  }

  TaskInserter(Handinger service, Settlement settlement) {
    this(service, settlement, RunEnd.DEFAULT);
  }

  TaskInserter(Handinger service, Settlement settlement, RunEnd end) {
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
    Set<Object> ids = new HashSet<>();
    for (Row row : rows) {
      NewTasks.check(TasksTable.NAME, row);
      checkWorker(row, rows.size(), scope);
      Object id = row.value("id");
      if (id != null && !ids.add(Ids.checked(TasksTable.NAME, "id", id))) {
        throw taken((String) id, "the statement gives it twice");
      }
    }
  }

  private static void checkWorker(Row row, int rows, StatementScope scope) {
    Object worker = row.value("worker_id");
    if (worker != null) {
      Ids.checked(TasksTable.NAME, "worker_id", worker);
    } else if (rows > 1) {
      throw new TurntableException(
          ErrorKind.MISSING_VALUE,
          TasksTable.NAME
              + ": worker_id is missing; without it Handinger would create a worker for each row,"
              + " which is allowed for a single row only");
    } else {
      scope.warn("tasks: the row names no worker_id, so Handinger creates a worker for it");
    }
  }

  /** A given id is read first. */
  @Override
  public List<RequestEstimate> estimate(List<Row> rows) {
    long given = rows.stream().filter(row -> row.value("id") != null).count();
    RequestEstimate create = RequestEstimate.exactly(HandingerApi.CREATE, rows.size());
    return given == 0
        ? List.of(create)
        : List.of(RequestEstimate.exactly(HandingerApi.TASK, given), create);
  }

  @Override
  public List<Column<?>> answerColumns() {
    return TaskAnswers.OUTPUTS;
  }

  @Override
  public List<RequestEstimate> estimateReadings(List<Row> rows, Set<String> columns) {
    return TaskAnswers.estimate(rows.size(), columns);
  }

  @Override
  public List<@Nullable Object> insert(Row row, StatementScope scope) {
    return List.of(created(row, scope).id());
  }

  @Override
  public Map<String, @Nullable Object> insert(Row row, Set<String> columns, StatementScope scope) {
    return new TaskAnswers(service, end, scope, columns).of(created(row, scope), row);
  }

  @Override
  public Row keyed(Row row) {
    String given = NewTasks.text(row, "id");
    return row.withMadeKey(given == null ? Ids.newTaskId() : given);
  }

  private Created created(Row row, StatementScope scope) {
    String given = NewTasks.text(row, "id");
    if (given == null) {
      String made = row.madeKey();
      return create(made == null ? Ids.newTaskId() : made, row, scope);
    }
    return service.taskTurns().alone(given, scope, () -> createGiven(given, row, scope));
  }

  private Created createGiven(String id, Row row, StatementScope scope) {
    if (service.fresh().task(scope, TasksTable.NAME, id) != null) {
      throw taken(
          id, "the task exists, and a POST would add a turn to it; for that INSERT INTO turns");
    }
    return create(id, row, scope);
  }

  private Created create(String id, Row row, StatementScope scope) {
    NewTask body =
        new NewTask(
            requireNonNull(NewTasks.text(row, "input"), "checked"),
            NewTasks.text(row, "budget"),
            id,
            NewTasks.text(row, "worker_id"));
    Accepted answer = null;
    service.known().intend(id, body.workerId(), scope);
    try {
      answer =
          NewTasks.send(service, scope, TasksTable.NAME, body, NewTasks.text(row, NewTasks.FILES));
    } catch (TurntableException e) {
      if (e.kind() != ErrorKind.OUTCOME_UNKNOWN) {
        service.known().withdraw(id);
        throw e;
      }
      settlement.settle(
          scope,
          e,
          "look for the task with id '" + id + "'",
          () -> service.looks().task(scope, TasksTable.NAME, id));
    }
    service.known().addCreated(id);
    return new Created(id, answer);
  }

  private static TurntableException taken(String id, String why) {
    return new TurntableException(
        ErrorKind.DUPLICATE_KEY, TasksTable.NAME + ": the id '" + id + "' is taken: " + why);
  }
}
