package dev.turntable.handinger;

import static java.util.Objects.requireNonNull;

import dev.turntable.handinger.HandingerJson.NewTask;
import dev.turntable.http.Settlement;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Inserter;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates tasks, each under an id made here, so that it can be found again whatever happens. */
final class TaskInserter implements Inserter {
  private final Handinger service;
  private final Settlement settlement;

  TaskInserter(Handinger service) {
    this(service, Settlement.DEFAULT);
  }

  TaskInserter(Handinger service, Settlement settlement) {
    this.service = service;
    this.settlement = settlement;
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
  public List<@Nullable Object> insert(Row row, StatementScope scope) {
    String given = NewTasks.text(row, "id");
    if (given == null) {
      return List.of(create(Ids.newTaskId(), row, scope));
    }
    return service.taskTurns().alone(given, scope, () -> List.of(createGiven(given, row, scope)));
  }

  private String createGiven(String id, Row row, StatementScope scope) {
    if (service.fresh().task(scope, TasksTable.NAME, id) != null) {
      throw taken(
          id, "the task exists, and a POST would add a turn to it; for that INSERT INTO turns");
    }
    return create(id, row, scope);
  }

  private String create(String id, Row row, StatementScope scope) {
    NewTask body =
        new NewTask(
            requireNonNull(NewTasks.text(row, "input"), "checked"),
            NewTasks.text(row, "budget"),
            id,
            NewTasks.text(row, "worker_id"));
    try {
      service.calls().write(scope, TasksTable.NAME, service.api().create(body));
    } catch (TurntableException e) {
      if (e.kind() != ErrorKind.OUTCOME_UNKNOWN) {
        throw e;
      }
      settlement.settle(
          scope,
          e,
          "look for the task with id '" + id + "'",
          () -> service.looks().task(scope, TasksTable.NAME, id));
    }
    service.known().addCreated(id);
    return id;
  }

  private static TurntableException taken(String id, String why) {
    return new TurntableException(
        ErrorKind.DUPLICATE_KEY, TasksTable.NAME + ": the id '" + id + "' is taken: " + why);
  }
}
