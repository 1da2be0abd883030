package dev.turntable.handinger;

import dev.turntable.http.Authorization;
import dev.turntable.http.ServiceClient;
import dev.turntable.source.Account;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.KnownTask;
import dev.turntable.source.RowCount;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.SourceSchema;
import dev.turntable.source.SourceSchema.Declaration;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TaskSource;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Handinger for one connection. */
final class HandingerSource implements TaskSource {
  /** Asked for to see whether the service answers; no task has this id. */
  private static final String RESERVED_ID = "tsk_turntable_validation";

  private static final long VALID_NANOS = Duration.ofSeconds(30).toNanos();

  private final ServiceClient client;
  private final Handinger service;
  private final Account account;
  private final List<SourceSchema> schemas;
  private volatile long validUntil = System.nanoTime();

  HandingerSource(SourceConfig config, ConnectionScope connection) {
    Authorization key = Authorization.bearer(config, "apiKey", "HANDINGER_API_KEY");
    connection.secrets().add(config.find("apiKey"));
    this.client =
        ServiceClient.open(
            config, connection, key, config.string("apiKey"), HandingerAdapters.moshi());
    this.account = new Account(List.of(client.baseUrl()), config.string("apiKey"));
    this.service =
        new Handinger(
            client.create(HandingerApi.class),
            client.calls(),
            TurnsEndpointProbe.of(client.baseUrl()),
            new KnownIds(
                config.list("taskIds"),
                config.list("workerIds"),
                connection.catalog(account),
                config.seconds("runTimeout")),
            new TaskTurns());
    this.schemas =
        List.of(
            SourceSchema.declared(
                Handinger.SCHEMA,
                "Handinger: tasks that workers do in turns",
                List.of(
                    new Declaration("tasks", () -> TasksTable.of(service)),
                    new Declaration("turns", () -> TurnsTable.of(service)),
                    new Declaration("webhook_executions", () -> WebhookExecutionsTable.of(service)),
                    new Declaration("worker_schedules", () -> WorkerSchedulesTable.of(service)),
                    new Declaration("workers", () -> WorkersTable.of(service)))));
  }

  Handinger service() {
    return service;
  }

  @Override
  public List<SourceSchema> schemas() {
    return schemas;
  }

  @Override
  public Account knownAccount() {
    return account;
  }

  @Override
  public List<RowCount> rowCounts() {
    return List.of(
        new RowCount("handinger.tasks", "id", "turn_count", "handinger.turns", "task_id"));
  }

  @Override
  public boolean readsWholeRecords() {
    return true;
  }

  /** A further turn reopens a task, but that is seldom. */
  @Override
  public boolean isFinal(String table, Function<String, @Nullable Object> row) {
    return switch (table) {
      case TasksTable.NAME -> Handinger.isFinished((String) row.apply("status"));
      case TurnsTable.NAME -> row.apply("completed_at") != null;
      default -> false;
    };
  }

  @Override
  public List<KnownTask> knownTasks() {
    return service.known().sightings().tasks();
  }

  @Override
  public boolean isValid(StatementScope scope) {
    if (System.nanoTime() - validUntil < 0) {
      return true;
    }
    boolean valid = ask(scope);
    if (valid) {
      validUntil = System.nanoTime() + VALID_NANOS;
    }
    return valid;
  }

  private boolean ask(StatementScope scope) {
    String id = service.known().configured().stream().findFirst().orElse(RESERVED_ID);
    return service.calls().isAnswered(scope, TasksTable.NAME, service.api().task(id));
  }

  @Override
  public void close() {
    client.close();
  }
}
