package dev.turntable.handinger;

import dev.turntable.handinger.HandingerJson.Usage;
import dev.turntable.handinger.HandingerJson.Worker;
import dev.turntable.source.AccessPath.Operator;
import dev.turntable.source.Column;
import dev.turntable.source.ColumnFilter;
import dev.turntable.source.Fetch;
import dev.turntable.source.ForeignKey;
import dev.turntable.source.Page;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.TableDef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table {@code workers}: the state of a worker for one task. */
final class WorkersTable {
  static final String NAME = Handinger.SCHEMA + ".workers";

  /** The unit is not published: as seconds this is the year 5138, as milliseconds 1973. */
  private static final long LARGEST_SECONDS = 100_000_000_000L;

  private WorkersTable() {}

  /**
   * A state with what was asked for, which the answer does not repeat.
   *
   * @param taskId the task, or null for the latest one
   */
  record WorkerState(String id, @Nullable String taskId, Worker worker) {}

  static TableDef<WorkerState> of(Handinger service) {
    KeyedPath<WorkerState> byIdAndTask =
        KeyedPath.<WorkerState>of(
                "by id and task_id",
                List.of("id", "task_id"),
                KeyedPath.perKey(HandingerApi.WORKER),
                (key, request, ends) ->
                    List.of(step(service, (String) key.get(0), (String) key.get(1), ends)))
            .withOneRow();
    KeyedPath<WorkerState> byId =
        KeyedPath.<WorkerState>of(
                "by id",
                List.of("id"),
                (keys, request) ->
                    List.of(
                        RequestEstimate.exactly(
                            HandingerApi.WORKER, keys.size() * (long) tasks(request).size())),
                (key, request, ends) -> {
                  List<Fetch<WorkerState>> steps = new ArrayList<>();
                  for (Object task : tasks(request)) {
                    String taskId = task == LATEST ? null : (String) task;
                    steps.add(step(service, (String) key.get(0), taskId, ends));
                  }
                  return steps;
                })
            .withServed(Map.of("task_id", EnumSet.of(Operator.EQUALS, Operator.IN)))
            .withGiven("task_id");
    return TableDef.readOnly(
            "workers",
            "The state of a worker for its latest task, or for the one that task_id selects"
                + Handinger.KNOWN_WORKERS,
            COLUMNS,
            List.of("id", "task_id"),
            List.of(byIdAndTask, byId, new ConfiguredPath<>(NAME, byId, service.known())))
        .withForeignKeys(
            List.of(new ForeignKey(List.of("task_id"), Handinger.SCHEMA, "tasks", List.of("id"))));
  }

  private static final Object LATEST = new Object();

  private static List<Object> tasks(ScanRequest request) {
    return request.filter("task_id") instanceof ColumnFilter.OneOf oneOf
        ? oneOf.values().stream().filter(Ids::isPossible).distinct().toList()
        : List.of(LATEST);
  }

  private static Fetch<WorkerState> step(
      Handinger service, String id, @Nullable String taskId, ExecutionLog.Ends ends) {
    return scope -> {
      Worker worker =
          service
              .calls()
              .find(
                  scope,
                  NAME,
                  service.api().worker(id, taskId),
                  state -> Boolean.FALSE.equals(state.running()));
      if (worker == null) {
        ends.unknown();
        return Page.last(List.of());
      }
      return Page.last(List.of(new WorkerState(id, taskId, worker)));
    };
  }

  private static @Nullable Instant createdAt(Worker worker) {
    Long number = worker.createdAt();
    if (number == null) {
      return null;
    }
    return Math.abs(number) <= LARGEST_SECONDS
        ? Instant.ofEpochSecond(number)
        : Instant.ofEpochMilli(number);
  }

  private static @Nullable Long usage(Worker worker, Function<Usage, @Nullable Long> field) {
    return worker.usage() == null ? null : field.apply(worker.usage());
  }

  private static final List<Column<WorkerState>> COLUMNS =
      List.of(
          Column.varchar("id", WorkerState::id).notNull().remarks("Worker id"),
          Column.varchar("task_id", WorkerState::taskId)
              .remarks("Selects the task; null for the latest, whose id the service does not tell"),
          Column.<WorkerState>varchar("status", row -> row.worker().status())
              .remarks("running, completed or pending"),
          Column.<WorkerState>bool("running", row -> row.worker().running())
              .remarks("Whether it is at work"),
          Column.<WorkerState>timestamp("created_at", row -> createdAt(row.worker()))
              .remarks("When it was created, UTC; the service sends a number without stated unit"),
          Column.<WorkerState>varchar("output_text", row -> row.worker().outputText())
              .remarks("The final text"),
          Column.<WorkerState>json("structured_output", row -> row.worker().structuredOutput())
              .remarks("JSON object that follows the worker's output schema, if it has one"),
          Column.<WorkerState>json("output", row -> row.worker().output())
              .remarks("JSON array of the assistant's messages"),
          Column.<WorkerState>json("messages", row -> row.worker().messages())
              .remarks("JSON array of the conversation; its shape is not published"),
          Column.<WorkerState>json("files", row -> row.worker().files())
              .remarks("JSON array of published files: filename, mediaType, url, size"),
          Column.<WorkerState>json("sources", row -> row.worker().sources())
              .remarks("JSON array of cited pages: id, title, type, url"),
          Column.<WorkerState>json("metadata", row -> row.worker().metadata())
              .remarks("JSON object; its contents are not published"),
          Column.<WorkerState>bigint("duration_ms", row -> usage(row.worker(), Usage::durationMs))
              .remarks("Elapsed time, milliseconds"),
          Column.<WorkerState>bigint("credits", row -> usage(row.worker(), Usage::credits))
              .remarks("Credits spent; not sent since July 2026"),
          Column.<WorkerState>varchar("url", row -> row.worker().url())
              .remarks("Page of the worker in the dashboard"));
}
