package dev.turntable.rightbrain;

import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The service's lists of runs: of one task, newest first and without a window of time; and of the
 * project, with one.
 *
 * @param service sends the requests
 * @param table the table that is read, for messages
 */
record RunLists(Rightbrain service, String table) {
  /** Long before the service was there. Without a start it would list seven days only. */
  static final Instant BEGINNING = Instant.parse("2020-01-01T00:00:00Z");

  /**
   * The steps that read the runs of a task; they stop where all further runs are too old.
   *
   * @param pageLimit rows per page
   */
  Fetch<Run> ofTask(String taskId, RunFilter filter, long pageLimit) {
    return newestFirst(
        service.runsOfTask(table, taskId, filter.parameters(pageLimit)), filter.from());
  }

  private static Fetch<Run> newestFirst(Listing<Run> listing, @Nullable Instant from) {
    return scope -> {
      List<Run> rows = listing.next(scope);
      boolean tooOld =
          from != null && !rows.isEmpty() && rows.get(rows.size() - 1).created().isBefore(from);
      return listing.ended() || tooOld
          ? Page.last(rows)
          : Page.then(rows, newestFirst(listing, from));
    };
  }

  /**
   * The project's list, in no order to rely on.
   *
   * @param taskId only runs of this task, or null
   * @param from no runs before this
   * @param until no runs from this on, or null
   */
  Listing<Run> ofProject(
      @Nullable String taskId,
      RunFilter filter,
      Instant from,
      @Nullable Instant until,
      long pageLimit) {
    // Whether the bounds themselves belong to the range is not documented.
    Parameters parameters =
        Parameters.none().required("start_date", from.minusMillis(1).toString());
    if (taskId != null) {
      parameters = parameters.required("task_id", taskId);
    }
    if (until != null) {
      parameters = parameters.optional("end_date", until.toString());
    }
    Parameters common = filter.parameters(pageLimit);
    return service.runsOfProject(table, parameters.optional(common.optional()));
  }
}
