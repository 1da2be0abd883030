package dev.turntable.rightbrain;

import dev.turntable.http.Authorization;
import dev.turntable.http.ServiceClient;
import dev.turntable.source.Account;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.RowCount;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.SourceSchema;
import dev.turntable.source.SourceSchema.Declaration;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TaskSource;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rightbrain for one connection. */
final class RightbrainSource implements TaskSource {
  private static final long VALID_NANOS = Duration.ofSeconds(30).toNanos();

  private final @Nullable OAuthTokens tokens;
  private final ServiceClient client;
  private final RightbrainApi api;
  private final ProjectScope project;
  private final String key;
  private final List<SourceSchema> schemas;
  private volatile long validUntil = System.nanoTime();

  RightbrainSource(SourceConfig config, ConnectionScope connection) {
    connection.secrets().add(config.find("apiKey"));
    boolean oauth = config.find("clientId") != null;
    this.tokens = oauth ? new OAuthTokens(config, connection) : null;
    Authorization authorization =
        tokens == null ? Authorization.bearer(config, "apiKey", "RB_API_KEY") : tokens;
    this.client =
        ServiceClient.open(
            config,
            connection,
            authorization,
            config.string(oauth ? "clientId" : "apiKey"),
            RightbrainAdapters.moshi());
    this.api = client.create(RightbrainApi.class);
    this.project = new ProjectScope(config, api, client.calls());
    this.key = config.string(oauth ? "clientId" : "apiKey");
    Rightbrain service =
        new Rightbrain(
            api,
            client.calls(),
            project,
            new RefusedParameters(),
            new FileModes(),
            new RunSender());
    ListedTasks listed = new ListedTasks(service);
    this.schemas =
        List.of(
            SourceSchema.declared(
                Rightbrain.SCHEMA,
                "Rightbrain: tasks as definitions, their revisions, runs and reports",
                List.of(
                    new Declaration("tasks", () -> TasksTable.of(service, listed)),
                    new Declaration("task_revisions", () -> TaskRevisionsTable.of(service, listed)),
                    new Declaration("task_runs", () -> TaskRunsTable.of(service, listed)),
                    new Declaration("token_report", () -> TokenReportTable.of(service)),
                    new Declaration("credit_report", () -> CreditReportTable.of(service)),
                    new Declaration("timing_report", () -> TimingReportTable.of(service)),
                    new Declaration("usage_report", () -> UsageReportTable.of(service)))),
            TypedTables.schema(service));
  }

  @Override
  public List<SourceSchema> schemas() {
    return schemas;
  }

  /** Asks who the key is of, if no property tells. */
  @Override
  public Account account(StatementScope scope) {
    return account(project.find(scope));
  }

  @Override
  public @Nullable Account knownAccount() {
    ProjectScope.Found known = project.known();
    return known == null ? null : account(known);
  }

  private Account account(ProjectScope.Found found) {
    return new Account(List.of(client.baseUrl(), found.org(), found.project()), key);
  }

  @Override
  public List<RowCount> rowCounts() {
    return List.of(
        new RowCount(TokenReportTable.NAME, "task_id", "task_runs", TaskRunsTable.NAME, "task_id"));
  }

  @Override
  public boolean readsWholeRecords() {
    return true;
  }

  @Override
  public boolean isValid(StatementScope scope) {
    if (System.nanoTime() - validUntil < 0) {
      return true;
    }
    boolean valid = client.calls().overhead().isAnswered(scope, Rightbrain.SCHEMA, api.whoami());
    if (valid) {
      validUntil = System.nanoTime() + VALID_NANOS;
    }
    return valid;
  }

  @Override
  public void close() {
    client.close();
    if (tokens != null) {
      tokens.close();
    }
  }
}
