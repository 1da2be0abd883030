package dev.turntable.rightbrain;

import dev.turntable.http.HttpFailure;
import dev.turntable.http.Settlement;
import dev.turntable.http.UnknownOutcome;
import dev.turntable.rightbrain.RightbrainJson.NewRun;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Inserter;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs tasks, each row once: a run costs credits, and the service cannot tell a repeated one. */
final class RunInserter implements Inserter {
  /** The service's own limit of the texts that come with a run. */
  private static final int MAX_TEXT = 64;

  private static final int NOT_FOUND = 404;

  /** The header of an answer that names the run. */
  private static final String RUN_ID = "X-Task-Run-ID";

  private final Rightbrain service;
  private final String table;
  private final Reader reader;
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
   */
  record Wanted(String taskId, Map<String, String> parameters, NewRun body) {}

  RunInserter(Rightbrain service, String table, Reader reader) {
    this(service, table, reader, Settlement.DEFAULT);
  }

  RunInserter(Rightbrain service, String table, Reader reader, Settlement settlement) {
    this.settlement = settlement;
    this.service = service;
    this.table = table;
    this.reader = reader;
  }

  /** For the table of all runs. */
  static RunInserter ofRuns(Rightbrain service) {
    return new RunInserter(service, TaskRunsTable.NAME, RunInserter::wanted);
  }

  private static Wanted wanted(Row row) {
    String table = TaskRunsTable.NAME;
    String taskId = Ids.checked(table, "task_id", required(row, "task_id"));
    String input = RunInputs.object(table, "input", (String) required(row, "input"));
    Map<String, String> parameters = new LinkedHashMap<>();
    Object revision = row.value("task_revision_id");
    if (revision != null) {
      parameters.put("revision_id", Ids.checked(table, "task_revision_id", revision));
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
        taskId, parameters, new NewRun(input, reference, reference, text(row, "context_id")));
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

  @Override
  public void check(List<Row> rows, StatementScope scope) {
    rows.forEach(reader::read);
  }

  @Override
  public List<RequestEstimate> estimate(List<Row> rows) {
    return List.of(RequestEstimate.exactly(RightbrainApi.RUN, rows.size()));
  }

  @Override
  public List<@Nullable Object> insert(Row row, StatementScope scope) {
    Wanted wanted = reader.read(row);
    Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Run run;
    try {
      run = service.run(scope, table, wanted.taskId(), wanted.parameters(), wanted.body());
    } catch (UnknownOutcome e) {
      run = found(e, wanted, started, scope);
    } catch (HttpFailure e) {
      throw e.status() == NOT_FOUND && e.isOwn()
          ? new TurntableException(ErrorKind.UNKNOWN_PARENT, String.valueOf(e.getMessage()))
          : e;
    }
    if (run.isError()) {
      String reason = RunInputs.failure(run.response());
      scope.warn(table + ": run '" + run.id() + "' failed" + (reason == null ? "" : ": " + reason));
    }
    return List.of(run.id());
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
