package dev.turntable.rightbrain;

import dev.turntable.http.GivenFiles;
import dev.turntable.http.HttpFailure;
import dev.turntable.http.SameJson;
import dev.turntable.http.Settlement;
import dev.turntable.http.UnknownOutcome;
import dev.turntable.rightbrain.RightbrainJson.NewRun;
import dev.turntable.source.Column;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ReturningInserter;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import dev.turntable.source.WriteTrace;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs tasks, each row once: a run costs credits, and the service cannot tell a repeated one. */
final class RunInserter implements ReturningInserter {
  /** The service's own limit of the texts that come with a run. */
  private static final int MAX_TEXT = 64;

  private static final int NOT_FOUND = 404;

  private static final Set<Integer> REFUSALS = Set.of(400, 422);

  private static final String REVISION = "revision_id";

  private static final String FILES = TypedColumns.FILES;

  /** The header of an answer that names the run. */
  private static final String RUN_ID = "X-Task-Run-ID";

  private final Rightbrain service;
  private final String table;
  private final Reader reader;
  private final Teller teller;
  private final Settlement settlement;

  /** Takes out of a row what is to be run. */
  @FunctionalInterface
  interface Reader {
    /**
     * Reads a row.
     *
     * @throws TurntableException if the row cannot be run
     */
    Wanted read(Row row);
  }

  /**
   * A run to start.
   *
   * @param parameters of the query
   * @param files the JSON text of its files, or null if it gives none
   */
  record Wanted(
      String taskId, Map<String, String> parameters, NewRun body, @Nullable String files) {
    boolean hasFiles(String table) {
      return files != null && !GivenFiles.of(table, files).isEmpty();
    }

    @Nullable String revision() {
      return parameters.get(REVISION);
    }
  }

  /** Tells what is to be returned of a run. */
  interface Teller {
    /** Columns beside those of the table. */
    default List<Column<?>> more() {
      return List.of();
    }

    /** Columns that INSERT may name beside those of the table. */
    default List<Column<?>> unlisted() {
      return List.of();
    }

    Map<String, @Nullable Object> tell(Run run, Set<String> columns, StatementScope scope);
  }

  RunInserter(Rightbrain service, String table, Reader reader, Teller teller) {
    this(service, table, reader, teller, Settlement.DEFAULT);
  }

  RunInserter(
      Rightbrain service, String table, Reader reader, Teller teller, Settlement settlement) {
    this.settlement = settlement;
    this.service = service;
    this.table = table;
    this.reader = reader;
    this.teller = teller;
  }

  /** For the table of all runs. */
  static RunInserter ofRuns(Rightbrain service) {
    return new RunInserter(
        service,
        TaskRunsTable.NAME,
        RunInserter::wanted,
        (run, columns, scope) -> TaskRunsTable.values(run, columns));
  }

  private static Wanted wanted(Row row) {
    String table = TaskRunsTable.NAME;
    String taskId = Ids.checked(table, "task_id", required(row, "task_id"));
    String input = RunInputs.object(table, "input", (String) required(row, "input"));
    Map<String, String> parameters = new LinkedHashMap<>();
    Object revision = row.value("task_revision_id");
    if (revision != null) {
      parameters.put(REVISION, Ids.checked(table, "task_revision_id", revision));
    }
    String group = text(row, "reporting_group");
    if (group != null) {
      parameters.put("reporting_group", group);
    }
    if (Boolean.TRUE.equals(row.value("use_fallback_model"))) {
      parameters.put("use_fallback_model", "true");
    }
    String reference = text(row, "reference");
    return new Wanted(
        taskId,
        parameters,
        new NewRun(input, reference, reference, text(row, "context_id")),
        (String) row.value(FILES));
  }

  private static Object required(Row row, String column) {
    Object value = row.value(column);
    if (value == null) {
      throw new TurntableException(
          ErrorKind.MISSING_VALUE, TaskRunsTable.NAME + ": " + column + " is missing");
    }
    return value;
  }

  private static @Nullable String text(Row row, String column) {
    String value = (String) row.value(column);
    if (value != null && value.length() > MAX_TEXT) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE,
          TaskRunsTable.NAME + ": " + column + " has more than " + MAX_TEXT + " characters");
    }
    return value;
  }

  @Override
  public List<String> generatedKeys() {
    return List.of("id");
  }

  /**
   * Whether a task takes files is read before the first run, once per connection, if a row gives some.
   * Where none gives any, a task that is not known is not read: the service refuses the run, which then
   * costs nothing.
   */
  @Override
  public void check(List<Row> rows, StatementScope scope) {
    List<Wanted> all = new ArrayList<>();
    Set<String> withFiles = new LinkedHashSet<>();
    for (Row row : rows) {
      Wanted wanted = reader.read(row);
      all.add(wanted);
      if (wanted.hasFiles(table)) {
        withFiles.add(wanted.taskId());
      }
    }
    for (String id : withFiles) {
      if (!service.modes().isKnown(id) && service.task(scope, table, id) == null) {
        throw unknownTask(id);
      }
    }
    for (Wanted wanted : all) {
      checkMode(wanted);
    }
  }

  private void checkMode(Wanted wanted) {
    service.modes().check(table, wanted.taskId(), wanted.revision(), wanted.hasFiles(table));
  }

  private TurntableException unknownTask(String id) {
    return new TurntableException(
        ErrorKind.UNKNOWN_PARENT, table + ": there is no task '" + id + "'; nothing was run");
  }

  @Override
  public List<Column<?>> answerColumns() {
    return teller.more();
  }

  @Override
  public List<Column<?>> unlistedColumns() {
    return teller.unlisted();
  }

  @Override
  public List<RequestEstimate> estimate(List<Row> rows) {
    long unknown =
        rows.stream()
            .filter(row -> row.value(FILES) != null && row.value("task_id") != null)
            .map(row -> String.valueOf(row.value("task_id")))
            .filter(id -> !service.modes().isKnown(id))
            .distinct()
            .count();
    RequestEstimate runs = RequestEstimate.exactly(RightbrainApi.RUN, rows.size());
    return unknown == 0
        ? List.of(runs)
        : List.of(RequestEstimate.exactly(RightbrainApi.TASK, unknown), runs);
  }

  /** The answer holds the whole run. */
  @Override
  public List<RequestEstimate> estimateReadings(List<Row> rows, Set<String> columns) {
    return List.of();
  }

  /** Whichever table runs it. */
  @Override
  public WriteTrace trace(Row row) {
    Wanted wanted = reader.read(row);
    return new WriteTrace(
        TaskRunsTable.NAME,
        "task_id",
        wanted.taskId(),
        "input",
        traceContent(wanted.body().input()),
        RunFilter.TIME);
  }

  @Override
  public String traceContent(String read) {
    return SameJson.text(read);
  }

  @Override
  public List<@Nullable Object> insert(Row row, StatementScope scope) {
    return List.of(run(row, scope).id());
  }

  @Override
  public Map<String, @Nullable Object> insert(Row row, Set<String> columns, StatementScope scope) {
    return teller.tell(run(row, scope), columns, scope);
  }

  private Run run(Row row, StatementScope scope) {
    Wanted wanted = reader.read(row);
    Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Run run;
    try {
      run = service.sender().send(service, scope, table, wanted);
    } catch (UnknownOutcome e) {
      run = found(e, wanted, started, scope);
    } catch (HttpFailure e) {
      if (e.status() == NOT_FOUND && e.isOwn()) {
        throw new TurntableException(ErrorKind.UNKNOWN_PARENT, String.valueOf(e.getMessage()));
      }
      if (REFUSALS.contains(e.status()) && isAboutFiles(e) && !wanted.hasFiles(table)) {
        service.task(scope, table, wanted.taskId()); // it may say what the refusal means
        checkMode(wanted);
      }
      throw e;
    }
    if (run.isError()) {
      String reason = RunInputs.failure(run.response());
      scope.warn(table + ": run '" + run.id() + "' failed" + (reason == null ? "" : ": " + reason));
    }
    return run;
  }

  private static boolean isAboutFiles(HttpFailure failure) {
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("file");
  }

  /** Reads the run if at least the head of the answer came, which names it. */
  private Run found(UnknownOutcome failure, Wanted wanted, Instant started, StatementScope scope) {
    String id = failure.header(RUN_ID);
    if (id == null || !Ids.isPossible(id)) {
      throw new TurntableException(
          ErrorKind.OUTCOME_UNKNOWN, failure.getMessage() + whereToLook(wanted, started));
    }
    return settlement.settle(
        scope,
        failure,
        "look for the run with id '" + id + "' of task '" + wanted.taskId() + "'",
        () -> service.looks().run(scope, table, wanted.taskId(), id));
  }

  private static String whereToLook(Wanted wanted, Instant started) {
    String reference = wanted.body().reference();
    return "; before running it again, look for the run in rightbrain.task_runs with task_id '"
        + wanted.taskId()
        + "'"
        + (reference == null ? "" : ", reference '" + reference + "'")
        + " and created from about "
        + started
        + " on";
  }
}
