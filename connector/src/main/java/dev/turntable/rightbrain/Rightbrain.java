package dev.turntable.rightbrain;

import dev.turntable.http.Calls;
import dev.turntable.rightbrain.RightbrainJson.ListPage;
import dev.turntable.rightbrain.RightbrainJson.Task;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;

/**
 * What the tables of one connection share, and the requests that more than one of them makes.
 *
 * @param api the requests
 * @param calls sends them
 * @param place in which organization and project
 * @param refusals which parameters the service does not take
 * @param modes which tasks take files
 * @param sender sends runs
 */
record Rightbrain(
    RightbrainApi api,
    Calls calls,
    ProjectScope place,
    RefusedParameters refusals,
    FileModes modes,
    RunSender sender) {
  static final String SCHEMA = "rightbrain";

  /** Ends the remark of a table whose list leaves rows out. */
  static final String LISTED =
      ". Rightbrain's lists leave out deleted tasks and what belongs to them; of a task that =, IN or a"
          + " join names it is read too, through a model file in another Calcite of one that = or IN"
          + " names";

  static final String RUNS_SCHEMA = "rightbrain_runs";

  /** Makes all revisions come along, so that equal requests of tables are answered once. */
  private static final QueryParameters WITH_TESTS =
      QueryParameters.of(Map.of("include_tests", "true"));

  /** The same where the rows would not be complete without. */
  private static final QueryParameters NOT_WITHOUT_TESTS =
      QueryParameters.none().required("include_tests", "true");

  /** Returns the same for looks after a write: each one request, for the next look comes anyway. */
  Rightbrain looks() {
    return new Rightbrain(api, calls.fresh().once(), place, refusals, modes, sender);
  }

  /** A request for a report of a task. */
  @FunctionalInterface
  interface Report<R> {
    Call<R> of(String org, String project, String task, Map<String, String> parameters);
  }

  /**
   * Lists the tasks, with all their revisions if the service likes.
   *
   * @param optional what the service may be asked to leave out
   */
  PagedList<Task> tasks(String table, Map<String, String> optional, long pageLimit) {
    return tasks(table, QueryParameters.of(optional).optional(WITH_TESTS.optional()), pageLimit);
  }

  /** Lists the tasks, with all their revisions in any case. */
  PagedList<Task> tasksWithTests(String table) {
    return tasks(table, NOT_WITHOUT_TESTS, PagedList.MAX_PAGE);
  }

  private PagedList<Task> tasks(String table, QueryParameters parameters, long pageLimit) {
    return listing(
            table,
            parameters.optional(PagedList.PAGE_LIMIT, String.valueOf(pageLimit)),
            scope -> {
              ProjectScope.Found in = place.find(scope);
              return values -> api.tasks(in.org(), in.project(), values);
            },
            Task::id,
            false)
        .heardBy(modes::learn);
  }

  /** Reads a task; null if there is none. */
  @Nullable Task task(StatementScope scope, String table, String id) {
    return task(scope, table, id, WITH_TESTS);
  }

  /** Reads a task with all its revisions; null if there is none. */
  @Nullable Task taskWithTests(StatementScope scope, String table, String id) {
    return task(scope, table, id, NOT_WITHOUT_TESTS);
  }

  /** Returns the failure of a task that was read with its test revisions and cannot be true. */
  TurntableException contradiction(StatementScope scope, String table, String id, String what) {
    ProjectScope.Found in = place.find(scope);
    return calls()
        .contradiction(
            ErrorKind.BAD_ANSWER,
            table,
            api.task(in.org(), in.project(), id, WITH_TESTS.optional()),
            what);
  }

  private @Nullable Task task(StatementScope scope, String table, String id, QueryParameters with) {
    ProjectScope.Found in = place.find(scope);
    Task task =
        new OptionalParameterRetry<Task>(this, table, with)
            .find(scope, parameters -> api.task(in.org(), in.project(), id, parameters));
    if (task != null) {
      modes.learn(task);
    }
    return task;
  }

  PagedList<Run> runsOfTask(
      String table, String taskId, QueryParameters parameters, boolean mayBeMissing) {
    return listing(
        table,
        parameters,
        scope -> {
          ProjectScope.Found in = place.find(scope);
          return values -> api.taskRuns(in.org(), in.project(), taskId, values);
        },
        Run::id,
        mayBeMissing);
  }

  PagedList<Run> runsOfProject(String table, QueryParameters parameters) {
    return listing(
        table,
        parameters,
        scope -> {
          ProjectScope.Found in = place.find(scope);
          return values -> api.projectRuns(in.org(), in.project(), values);
        },
        Run::id,
        false);
  }

  /**
   * Reads a run; null if there is none.
   *
   * @throws dev.turntable.http.HttpFailure with status 403 where the caller may list it only
   */
  @Nullable Run run(StatementScope scope, String table, String taskId, String id) {
    ProjectScope.Found in = place.find(scope);
    return calls.find(scope, table, api.taskRun(in.org(), in.project(), taskId, id));
  }

  /** Reads a report; null if there is no such task. */
  <R> @Nullable R report(
      StatementScope scope, String table, String id, QueryParameters parameters, Report<R> report) {
    ProjectScope.Found in = place.find(scope);
    return new OptionalParameterRetry<R>(this, table, parameters)
        .find(scope, values -> report.of(in.org(), in.project(), id, values));
  }

  private <T> PagedList<T> listing(
      String table,
      QueryParameters parameters,
      Function<StatementScope, Function<Map<String, String>, Call<ListPage<T>>>> request,
      Function<T, String> id,
      boolean mayBeMissing) {
    return new PagedList<>(
        new OptionalParameterRetry<>(this, table, parameters), request, id, mayBeMissing);
  }
}
