package dev.turntable.handinger;

import dev.turntable.handinger.HandingerJson.Turn;
import dev.turntable.source.Column;
import dev.turntable.source.Column.Use;
import dev.turntable.source.ColumnType;
import dev.turntable.source.Fetch;
import dev.turntable.source.ForeignKey;
import dev.turntable.source.Page;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.TableDef;
import java.util.List;

/** The table {@code turns}: the messages to a worker within a task, each with its reply. */
final class TurnsTable {
  static final String NAME = Handinger.SCHEMA + ".turns";

  private final Handinger service;

  private TurnsTable(Handinger service) {
    this.service = service;
  }

  static TableDef<Turn> of(Handinger service) {
    TurnsTable table = new TurnsTable(service);
    KeyedPath<Turn> byTask =
        KeyedPath.of(
            "by task_id",
            List.of("task_id"),
            (keys, request) -> costs(service, keys.size()),
            (key, request, ends) -> List.of(table.step((String) key.get(0))));
    return TableDef.readOnly(
            "turns",
            "Turns: one message to the worker and its reply, in the order of seq within a task"
                + Handinger.KNOWN_TASKS,
            COLUMNS,
            List.of("id"),
            List.of(
                byTask,
                new KnownIdsPath<>(
                    service,
                    NAME,
                    "task_id",
                    false,
                    tasks -> costs(service, tasks),
                    (scope, id) -> service.turns(scope, NAME, id))))
        .withForeignKeys(
            List.of(new ForeignKey(List.of("task_id"), Handinger.SCHEMA, "tasks", List.of("id"))))
        .withInserter(new TurnInserter(service));
  }

  private Fetch<Turn> step(String taskId) {
    return scope -> {
      List<Turn> rows = service.turns(scope, NAME, taskId);
      return Page.last(rows == null ? List.of() : rows);
    };
  }

  /** While it is unknown where turns are, finding out may cost one or, with unknown ids, two more. */
  static List<RequestEstimate> costs(Handinger service, long tasks) {
    RequestEstimate estimate =
        switch (service.shape().turns()) {
          case WITH_TASK -> RequestEstimate.exactly(HandingerApi.TASK, tasks);
          case APART -> RequestEstimate.exactly(HandingerApi.TURNS, tasks);
          case UNKNOWN ->
              RequestEstimate.between(
                  HandingerApi.TURNS + " or " + HandingerApi.TASK,
                  tasks,
                  tasks + Math.min(tasks, 2));
        };
    return List.of(estimate);
  }

  static final List<Column<Turn>> COLUMNS =
      List.of(
          Column.varchar("id", Turn::id).notNull().remarks("Turn id"),
          Column.varchar("task_id", Turn::taskId)
              .notNull()
              .use(Use.REQUIRED)
              .remarks("The task; for INSERT one that exists"),
          Column.bigint("seq", Turn::seq).remarks("Position in the task, the first turn has 0"),
          Column.varchar("role", Turn::role).remarks("Who wrote the input, for example user"),
          Column.varchar("status", Turn::status).remarks("For example completed; an open list"),
          Column.varchar("input", Turn::input)
              .use(Use.REQUIRED)
              .remarks("The message to the worker"),
          Column.varchar("output_text", Turn::outputText).remarks("The worker's reply"),
          Column.json("structured_output", Turn::structuredOutput)
              .remarks("JSON object that follows the worker's output schema, if it has one"),
          Column.bigint("input_tokens", Turn::inputTokens).remarks("Tokens the model read"),
          Column.bigint("output_tokens", Turn::outputTokens).remarks("Tokens the model wrote"),
          Column.bigint("credits", Turn::credits).remarks("Credits spent on the turn"),
          Column.bigint("duration_ms", Turn::durationMs)
              .remarks("Elapsed time of the turn, milliseconds"),
          Column.timestamp("started_at", Turn::startedAt).remarks("When it started, UTC"),
          Column.timestamp("completed_at", Turn::completedAt)
              .remarks("When it ended, UTC; null while it has not"),
          Column.json("files", Turn::files)
              .use(Use.INSERTABLE)
              .remarks(
                  "JSON array of the files it published: filename, mediaType, url, size; for INSERT"
                      + " files for the worker: filename, media_type, content in base64"),
          Column.<Turn>insertOnly("budget", ColumnType.VARCHAR)
              .remarks(
                  "For INSERT: low, standard, high or unlimited; standard if not given. Null when"
                      + " read"));
}
