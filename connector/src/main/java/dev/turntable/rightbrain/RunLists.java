package dev.turntable.rightbrain;

import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The service's lists of runs: of one task, newest first and without a window of time; and of the
 * project, with one.
 *
 * @param service sends the requests
 * @param table the table that is read, for messages
 * @param ofListedTask whether the task is one that the service has listed: that it is not there is then
 *     no answer, but a failure
 */
record RunLists(Rightbrain service, String table, boolean ofListedTask) {
  /** Long before the service was there. Without a start it would list seven days only. */
  static final Instant BEGINNING = Instant.parse("2020-01-01T00:00:00Z");

  private static final Duration LONGEST_RUN = Duration.ofMinutes(15);
  private static final Duration CLOCKS = Duration.ofMinutes(2);

  /**
   * The steps that read the runs of a task; they stop where all further runs are too old.
   *
   * @param pageLimit rows per page
   */
  Fetch<Run> ofTask(String taskId, RunFilter filter, long pageLimit) {
    return newestFirst(ofTask(taskId, filter.parameters(pageLimit)), filter.from());
  }

  /** The list of the runs of a task, with these parameters. */
  PagedList<Run> ofTask(String taskId, QueryParameters parameters) {
    return service.runsOfTask(table, taskId, parameters, !ofListedTask);
  }

  private static Fetch<Run> newestFirst(PagedList<Run> listing, @Nullable Instant from) {
    return scope -> {
      List<Run> rows = listing.next(scope);
      boolean tooOld =
          from != null && !rows.isEmpty() && rows.get(rows.size() - 1).created().isBefore(from);
      return listing.ended() || tooOld
          ? Page.last(rows)
          : Page.then(rows, newestFirst(listing, from));
    };
  }

  /** The project's list around the time at which an id was made. */
  PagedList<Run> near(@Nullable String taskId, String id) {
    return ofProject(taskId, RunFilter.NONE, nearFrom(id), nearUntil(id), PagedList.MAX_PAGE);
  }

  PagedList<Run> before(String id) {
    return ofProject(null, RunFilter.NONE, BEGINNING, nearFrom(id), PagedList.MAX_PAGE);
  }

  PagedList<Run> after(String id) {
    return ofProject(null, RunFilter.NONE, nearUntil(id), null, PagedList.MAX_PAGE);
  }

  PagedList<Run> all() {
    return ofProject(null, RunFilter.NONE, BEGINNING, null, PagedList.MAX_PAGE);
  }

  /** An id is made when the run has ended, and a run takes minutes at most. */
  private static Instant nearFrom(String id) {
    return Ids.time(id).minus(LONGEST_RUN);
  }

  private static Instant nearUntil(String id) {
    return Ids.time(id).plus(CLOCKS);
  }

  /**
   * The project's list, in no order to rely on.
   *
   * @param taskId only runs of this task, or null
   * @param from no runs before this
   * @param until no runs from this on, or null
   */
  PagedList<Run> ofProject(
      @Nullable String taskId,
      RunFilter filter,
      Instant from,
      @Nullable Instant until,
      long pageLimit) {
    // Whether the bounds themselves belong to the range is not documented.
    QueryParameters parameters =
        QueryParameters.none().required("start_date", from.minusMillis(1).toString());
    if (taskId != null) {
      parameters = parameters.required("task_id", taskId);
    }
    if (until != null) {
      parameters = parameters.optional("end_date", until.toString());
    }
    QueryParameters common = filter.parameters(pageLimit);
    return service.runsOfProject(table, parameters.optional(common.optional()));
  }
}
