package dev.turntable.rightbrain;

import dev.turntable.rightbrain.RightbrainJson.Task;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.StatementScope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One reading of the project's list. By cursor one page must wait for the other; so a scan that turns
 * out long is cut into windows of time that are read side by side, each to the end of a list of its
 * own. The order of rows, which the service does not promise, decides nothing but where to cut.
 */
final class ProjectScan {
  private static final String END_DATE = "end_date";

  /** Who wants fewer rows is served sooner by one list, of which nothing is read twice. */
  private static final long WORTH_CUTTING = 20 * PagedList.MAX_PAGE;

  private final RunLists lists;
  private final @Nullable String taskId;
  private final RunFilter filter;
  private final long wanted;
  private final TimeWindows windows = new TimeWindows();

  /** How far each window is read: one that waited for another goes on where it was. */
  private final Map<TimeWindow, PagedList<Run>> listings = new HashMap<>();

  /**
   * @param wanted how many rows are wanted at most
   */
  ProjectScan(RunLists lists, @Nullable String taskId, RunFilter filter, long wanted) {
    this.wanted = wanted;
    this.lists = lists;
    this.taskId = taskId;
    this.filter = filter;
  }

  Fetch<Run> first(long pageLimit) {
    Instant from = filter.from() == null ? RunLists.BEGINNING : filter.from();
    return step(windows.first(from, filter.until(), pageLimit));
  }

  private Fetch<Run> step(TimeWindow window) {
    PagedList<Run> listing = listings.computeIfAbsent(window, this::listing);
    return scope -> take(window, listing, listing.next(scope), scope);
  }

  private PagedList<Run> listing(TimeWindow window) {
    return lists.ofProject(taskId, filter, window.from(), window.until(), window.pageLimit());
  }

  private synchronized Page<Run> take(
      TimeWindow window, PagedList<Run> listing, List<Run> page, StatementScope scope) {
    TimeWindows.Taken taken = windows.take(window, page, listing.ended(), parallel(scope));
    if (!windows.areDatesKept()) {
      // The next scan need not find out again.
      lists.service().refusals().add(lists.table(), Set.of(END_DATE));
    }
    if (!windows.isCut() && listing.ended() && taskId != null && windows.isEmpty()) {
      return Page.then(taken.rows(), ofDeletedTask(taskId));
    }
    if (listing.ended() || window.isGivenUp()) {
      listings.remove(window);
    }
    List<Fetch<Run>> steps = taken.next().stream().map(this::step).toList();
    return new Page<>(taken.rows(), steps, windows.isCut());
  }

  /** The project's list has no runs of deleted tasks; the list of such a task has. */
  private Fetch<Run> ofDeletedTask(String id) {
    return scope -> {
      Task task = lists.service().task(scope, lists.table(), id);
      return task == null || task.deleted() == null
          ? Page.last(List.of())
          : Page.then(List.of(), lists.ofTask(id, filter, PagedList.MAX_PAGE));
    };
  }

  /** Windows cost some requests more, which a budget may lack and equal scans could not share. */
  private int parallel(StatementScope scope) {
    ConnectionLimits limits = scope.connection().limits();
    boolean mayCut =
        wanted >= WORTH_CUTTING
            && limits.maxRequests() == 0
            && !scope.answers().isKept()
            && !lists.service().refusals().of(lists.table()).contains(END_DATE);
    return mayCut ? limits.maxConcurrentRequests() : 1;
  }
}
