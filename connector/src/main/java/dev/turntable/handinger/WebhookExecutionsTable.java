package dev.turntable.handinger;

import dev.turntable.handinger.HandingerJson.Execution;
import dev.turntable.source.Column;
import dev.turntable.source.ForeignKey;
import dev.turntable.source.Ordering;
import dev.turntable.source.TableDef;
import java.util.List;

/** The table {@code webhook_executions}: the log of a worker's calls of its webhook. */
final class WebhookExecutionsTable {
  static final String NAME = Handinger.SCHEMA + ".webhook_executions";

  private WebhookExecutionsTable() {}

  static TableDef<Execution> of(Handinger service) {
    KeyedPath<Execution> byWorker =
        KeyedPath.<Execution>of(
                "by worker_id",
                List.of("worker_id"),
                (keys, request) ->
                    List.of(
                        ExecutionLog.estimate(
                            service.known(),
                            keys.stream().map(key -> (String) key.get(0)).toList())),
                (key, request, ends) ->
                    List.of(
                        new ExecutionLog(
                                service, NAME, (String) key.get(0), request.ordered(), ends)
                            .first()))
            .withOrder(List.of(new Ordering("created_at", true)));
    return TableDef.readOnly(
            "webhook_executions",
            "Calls of the webhooks of workers, newest first; only the worker's creator may read them"
                + Handinger.KNOWN_WORKERS,
            COLUMNS,
            List.of("id"),
            List.of(byWorker, new ConfiguredPath<>(NAME, byWorker, service.known())))
        .withForeignKeys(
            List.of(new ForeignKey(List.of("task_id"), Handinger.SCHEMA, "tasks", List.of("id"))));
  }

  private static final List<Column<Execution>> COLUMNS =
      List.of(
          Column.varchar("id", Execution::id).notNull().remarks("Id of the call"),
          Column.varchar("worker_id", Execution::workerId)
              .notNull()
              .remarks("The worker whose webhook was called"),
          Column.varchar("task_id", Execution::taskId).remarks("The task that caused the call"),
          Column.varchar("task_title", Execution::taskTitle).remarks("The title of that task"),
          Column.timestamp("created_at", Execution::createdAt)
              .notNull()
              .remarks("When it was called, UTC"),
          Column.bigint("duration_ms", Execution::durationMs)
              .remarks("How long the call took, milliseconds"),
          Column.varchar("request_status", Execution::requestStatus)
              .remarks("success if the endpoint answered 2xx, else error"),
          Column.integer("response_status", Execution::responseStatus)
              .remarks("HTTP status of the endpoint; null if it was not reached"),
          Column.varchar("error_message", Execution::errorMessage)
              .remarks("What went wrong, where request_status is error"),
          Column.varchar("url", Execution::url).remarks("The endpoint that was called"));
}
