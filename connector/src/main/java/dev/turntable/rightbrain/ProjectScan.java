package dev.turntable.rightbrain;

import dev.turntable.rightbrain.RightbrainJson.Task;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One reading of the project's list. By cursor one page must wait for the other; so a scan that turns
 * out long is cut into windows of time that are read side by side, and whenever one of them has come
 * to its end, the one with the most left is cut in two.
 *
 * <p>Cutting takes it that the list runs from new to old, which the service does not promise. The
 * first pages must show it, small disorder is allowed for, and a window in which it turns out wrong
 * is an error, never a loss.
 */
final class ProjectScan {
  /**
   * Pages by cursor before windows begin. A scan no longer than that costs no request more; with more
   * of them, a scan of 100 pages could not be four times as fast on eight connections.
   */
  private static final int PATIENCE = 12;

  /**
   * Where windows begin, in spans of what was read so far: nobody knows how far back runs reach, but
   * a scan that has come so far is likely to have as much again before it.
   */
  private static final List<Double> CUTS = List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0);

  /** A window with fewer pages left is not worth cutting. */
  private static final double WORTH_CUTTING = 2;

  /** Part of a page that a list is read beyond the beginning of its window. */
  private static final int SLACK = 10;

  /** How far a list by another time than {@code created} may be out of order. */
  private static final Duration LONGEST_RUN = Duration.ofMinutes(15);

  private static final String END_DATE = "end_date";

  private final RunLists lists;
  private final @Nullable String taskId;
  private final RunFilter filter;
  private final List<TimeWindow> open = new ArrayList<>();

  /** How much older than a run that came before it some run would have to be; zero if sorted. */
  private Duration disorder = Duration.ZERO;

  /** How much disorder the windows allowed for that have ended before their lists did. */
  private @Nullable Duration leastMargin;

  private boolean isCut;
  private boolean endsAreKept = true;
  private int pages;

  ProjectScan(RunLists lists, @Nullable String taskId, RunFilter filter) {
    this.lists = lists;
    this.taskId = taskId;
    this.filter = filter;
  }

  Fetch<Run> first(long pageLimit) {
    Instant from = filter.from() == null ? RunLists.BEGINNING : filter.from();
    TimeWindow window = window(from, filter.until(), pageLimit);
    open.add(window);
    return step(window);
  }

  private TimeWindow window(Instant from, @Nullable Instant until, long pageLimit) {
    return new TimeWindow(lists.ofProject(taskId, filter, from, until, pageLimit), from, until);
  }

  private Fetch<Run> step(TimeWindow window) {
    return scope -> take(window, window.listing().next(scope), scope);
  }

  private synchronized Page<Run> take(TimeWindow window, List<Run> page, StatementScope scope) {
    pages++;
    List<Run> rows = window.take(page);
    disorder = max(disorder, window.disorder());
    if (leastMargin != null && disorder.compareTo(leastMargin) > 0) {
      throw disorderly();
    }
    if (window.listing().ended() || isPast(window) || handsBack(window)) {
      open.remove(window);
      return afterEnd(window, rows);
    }
    if (!isCut && pages >= PATIENCE && mayCut(window, scope)) {
      return cut(window, rows, scope.connection().limits().maxConcurrentRequests());
    }
    return Page.then(rows, step(window));
  }

  /** A cut window ends where its list has come well beyond its beginning. */
  private boolean isPast(TimeWindow window) {
    Instant oldest = window.oldest();
    if (!isCut || oldest == null) {
      return false;
    }
    Duration margin =
        disorder.multipliedBy(2).plus(min(LONGEST_RUN, window.pageSpan().dividedBy(SLACK)));
    if (!oldest.isBefore(window.from().minus(margin))) {
      return false;
    }
    leastMargin = leastMargin == null ? margin : min(leastMargin, margin);
    return true;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** A service that disregards the end of a window would read all later runs once more. */
  private boolean handsBack(TimeWindow window) {
    if (!isCut || !window.isOverrun()) {
      return false;
    }
    endsAreKept = false;
    // The next scan need not find out again.
    lists.service().refusals().add(lists.table(), Set.of(END_DATE));
    for (TimeWindow later : open) {
      if (later.from().equals(window.until()) && later.canBeginAt(window.from())) {
        later.beginAt(window.from());
        return true;
      }
    }
    return false;
  }

  private Page<Run> afterEnd(TimeWindow window, List<Run> rows) {
    if (isCut) {
      TimeWindow half = endsAreKept ? half() : null;
      return half == null ? Page.last(rows) : Page.then(rows, step(half));
    }
    return taskId != null && window.oldest() == null
        ? Page.then(rows, ofDeletedTask(taskId))
        : Page.last(rows);
  }

  /** The project's list has no runs of deleted tasks; the list of such a task has. */
  private Fetch<Run> ofDeletedTask(String id) {
    return scope -> {
      Task task = lists.service().task(scope, lists.table(), id);
      return task == null || task.deleted() == null
          ? Page.last(List.of())
          : Page.then(List.of(), lists.ofTask(id, filter, Listing.MAX_PAGE));
    };
  }

  /** Windows cost some requests more, which a budget may lack and equal scans could not share. */
  private boolean mayCut(TimeWindow window, StatementScope scope) {
    ConnectionLimits limits = scope.connection().limits();
    return limits.maxConcurrentRequests() > 1
        && limits.maxRequests() == 0
        && !scope.answers().isKept()
        && !lists.service().refusals().of(lists.table()).contains(END_DATE)
        && !window.covered().isZero()
        && window.disorder().compareTo(window.covered().dividedBy(pages)) <= 0;
  }

  private Page<Run> cut(TimeWindow first, List<Run> rows, int parallel) {
    isCut = true;
    Duration covered = first.covered();
    Instant end = first.from();
    Instant oldest = first.oldest() == null ? end : first.oldest();
    List<Instant> bounds = new ArrayList<>();
    for (double cut : cuts(parallel, Duration.between(end, oldest), covered)) {
      Instant at =
          oldest.minusNanos((long) (cut * covered.toNanos())).truncatedTo(ChronoUnit.MILLIS);
      if (at.isAfter(end) && at.isBefore(oldest)) {
        bounds.add(at);
      }
    }
    List<Fetch<Run>> steps = new ArrayList<>();
    steps.add(step(first));
    for (int i = 0; i < bounds.size(); i++) {
      Instant from = i + 1 < bounds.size() ? bounds.get(i + 1) : end;
      TimeWindow window = window(from, bounds.get(i), Listing.MAX_PAGE);
      open.add(window);
      steps.add(step(window));
    }
    if (!bounds.isEmpty()) {
      first.beginAt(bounds.get(0));
    }
    return new Page<>(rows, steps, true);
  }

  /** Where the end is near, the windows get equal parts, of some pages each. */
  private List<Double> cuts(int parallel, Duration left, Duration covered) {
    int windows = Math.min(parallel, CUTS.size() + 1);
    double spans = (double) left.toNanos() / covered.toNanos();
    if (spans > CUTS.get(CUTS.size() - 1)) {
      return CUTS.subList(0, windows - 1);
    }
    double parts = Math.min(windows, spans * pages / WORTH_CUTTING);
    List<Double> cuts = new ArrayList<>();
    for (int i = 1; i < parts; i++) {
      cuts.add(spans * i / parts);
    }
    return cuts;
  }

  /** Returns the older half of the window with the most left, which keeps the other; or null. */
  private @Nullable TimeWindow half() {
    TimeWindow longest =
        open.stream().max(Comparator.comparingDouble(this::pagesLeft)).orElse(null);
    if (longest == null || pagesLeft(longest) < WORTH_CUTTING) {
      return null;
    }
    Instant end = longest.from();
    Instant at = longest.after(Math.max(1, pagesLeft(longest) / 2)).truncatedTo(ChronoUnit.MILLIS);
    if (!at.isAfter(end)) {
      return null;
    }
    longest.beginAt(at);
    TimeWindow half = window(end, at, Listing.MAX_PAGE);
    open.add(half);
    return half;
  }

  /** Reckons with no more than was read so far: the windows reach back to before any run. */
  private double pagesLeft(TimeWindow window) {
    return Math.min(window.pagesLeft(), pages);
  }

  private TurntableException disorderly() {
    return new TurntableException(
        ErrorKind.UNSTABLE,
        lists.table()
            + ": the service's list of runs was in the order of created at first and is not now; read"
            + " it one page after the other, with maxConcurrentRequests=1");
  }
}
