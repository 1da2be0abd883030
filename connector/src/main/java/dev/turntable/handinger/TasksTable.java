package dev.turntable.handinger;

import dev.turntable.handinger.HandingerJson.Task;
import dev.turntable.handinger.HandingerJson.TaskAnswer;
import dev.turntable.source.Column;
import dev.turntable.source.Column.Use;
import dev.turntable.source.ColumnType;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code tasks}: one row per task that the statement or the connection knows by id. */
final class TasksTable {
  static final String NAME = Handinger.SCHEMA + ".tasks";

  private final Handinger service;

  private TasksTable(Handinger service) {
    this.service = service;
  }

  static TableDef<Task> of(Handinger service) {
    TasksTable table = new TasksTable(service);
    return TableDef.readOnly(
            "tasks",
            "Tasks: work given to a worker, done in turns" + Handinger.KNOWN_TASKS,
            COLUMNS,
            List.of("id"),
            List.of(
                KeyedPath.pointRead(
                    "by id",
                    "id",
                    HandingerApi.TASK,
                    (key, request, ends) -> List.of(table.step((String) key.get(0)))),
                new KnownIdsPath<>(
                    service,
                    NAME,
                    "id",
                    true,
                    count -> List.of(RequestEstimate.exactly(HandingerApi.TASK, count)),
                    table::read)))
        .withInserter(new TaskInserter(service))
        .withDeleter(new TaskDeleter(service));
  }

  private Fetch<Task> step(String id) {
    return scope -> {
      List<Task> rows = read(scope, id);
      return Page.last(rows == null ? List.of() : rows);
    };
  }

  private @Nullable List<Task> read(StatementScope scope, String id) {
    TaskAnswer answer = service.task(scope, NAME, id);
    return answer == null ? null : List.of(answer.task());
  }

  static final List<Column<Task>> COLUMNS =
      List.of(
          Column.varchar("id", Task::id)
              .notNull()
              .use(Use.INSERTABLE)
              .remarks("Task id. INSERT makes one if none is given; a given one must be new"),
          Column.varchar("title", Task::title).remarks("Display title"),
          Column.varchar("status", Task::status)
              .remarks("pending, running, completed, error or aborted; a new turn may reopen it"),
          Column.varchar("triggered_by", Task::triggeredBy)
              .remarks("What started it: api, email, schedule or ui"),
          Column.varchar("worker_id", Task::workerId)
              .use(Use.INSERTABLE)
              .remarks(
                  "The worker that does it; without one, INSERT makes Handinger create a worker"),
          Column.varchar("organization_id", Task::organizationId)
              .remarks("The organization that owns it"),
          Column.varchar("created_by_user_id", Task::createdByUserId)
              .remarks("The user who started it, if a user did"),
          Column.timestamp("created_at", Task::createdAt).remarks("When it was created, UTC"),
          Column.timestamp("completed_at", Task::completedAt)
              .remarks("When it ended, UTC; null while it has not"),
          Column.bigint("credits", Task::credits).remarks("Credits spent over all turns"),
          Column.bigint("duration_ms", Task::durationMs)
              .remarks("Elapsed time over all turns, milliseconds"),
          Column.bigint("turn_count", Task::turnCount).remarks("Number of turns"),
          Column.varchar("url", Task::url).remarks("Page of the task in the dashboard"),
          Column.<Task>insertOnly("input", ColumnType.VARCHAR)
              .use(Use.INSERT_ONLY_REQUIRED)
              .remarks("For INSERT: what to do. Null when read; the inputs are in turns.input"),
          Column.<Task>insertOnly("budget", ColumnType.VARCHAR)
              .remarks(
                  "For INSERT: low, standard, high or unlimited; standard if not given. Null when"
                      + " read"),
          Column.<Task>insertOnly(NewTasks.FILES, ColumnType.JSON)
              .remarks(
                  "For INSERT: files for the worker, a JSON array of {filename, media_type, content},"
                      + " the content in base64, 64 MiB in all. Null when read; what turns published"
                      + " is in turns.files"));
}
