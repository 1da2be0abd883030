package dev.turntable.rightbrain;

import dev.turntable.source.Ordering;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import java.util.List;

/** Reads the runs of the tasks that the statement names, each newest first. */
final class RunsOfTask {
  /** The order is documented. */
  static final List<Ordering> NEWEST_FIRST = List.of(new Ordering("created", true));

  private static final double LIKELY = 3;
  private static final double LIKELY_RECENT = 2;
  private static final double LIKELY_OLD = 6;

  private RunsOfTask() {}

  static KeyedPath<Run> path(RunLists lists) {
    return KeyedPath.<Run>of(
            "by task_id",
            List.of("task_id"),
            RunsOfTask::costs,
            (key, request) -> {
              RunFilter filter = RunFilter.of(request);
              return filter.nothing()
                  ? List.of()
                  : List.of(lists.ofTask(key.get(0), filter, pageLimit(filter, request)));
            })
        .withOrder(NEWEST_FIRST)
        .withServed(RunFilter.SERVED);
  }

  /** Runs that are too new come first, however few are wanted. */
  private static long pageLimit(RunFilter filter, ScanRequest request) {
    return filter.until() == null ? PagedList.pageLimit(request) : PagedList.MAX_PAGE;
  }

  private static List<RequestEstimate> costs(long keys, ScanRequest request) {
    RunFilter filter = RunFilter.of(request);
    if (filter.nothing()) {
      return List.of();
    }
    double each =
        filter.until() != null ? LIKELY_OLD : filter.from() != null ? LIKELY_RECENT : LIKELY;
    return List.of(RequestEstimate.atLeast(RightbrainApi.TASK_RUNS, keys).withLikely(keys * each));
  }
}
