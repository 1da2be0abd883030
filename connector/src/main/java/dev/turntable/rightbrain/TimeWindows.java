package dev.turntable.rightbrain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the time of a scan is cut. It begins as one list; if that turns out long, windows of time are
 * read side by side instead, each by a list of its own with both dates, to that list's own end. So
 * nothing depends on the order of rows: what a list shows of it only tells where to cut.
 *
 * <p>A list that is cut is given up, and what it gave comes again; so only lists of few pages are. A
 * window may end with a part of a page. What all of it may cost is estimated before each cut, and kept near {@link
 * #ALLOWANCE} requests, or a fifth of those needed where that is more.
 *
 * <p>Not safe for use by several threads.
 */
final class TimeWindows {
  /** Pages after which a scan is looked at; a shorter one costs no request more. */
  private static final int PATIENCE = 3;

  /** The same where the rows are in no order, so that nothing tells how many there may be. */
  private static final int PATIENCE_WITHOUT_ORDER = 6;

  /** Pages that the first list is taken to have, unless there are rows beyond. */
  private static final int SHORT = 20;

  /** Requests that windows may cost a scan of up to five times as many pages. */
  static final double ALLOWANCE = 24;

  /** What they may cost a longer one, as a part of its pages. */
  static final double ALLOWED_PART = 0.2;

  /** What a window costs on the average: its last page is not full. */
  private static final double PARTIAL_PAGE = 0.5;

  private final Set<TimeWindow> open = new HashSet<>();
  private final Set<String> given = new HashSet<>();

  /** What follows a window, once it shows whether rows go on there. */
  private final Map<TimeWindow, WindowCut.Ahead> ahead = new HashMap<>();

  private @Nullable TimeWindow root;
  private @Nullable TimeWindow probe;
  private @Nullable TimeAxis axis;
  private boolean isCut;
  private boolean isKept = true;
  private boolean isRead;
  private boolean isEmpty = true;
  private int pages;
  private double wasted;

  /**
   * What a page came to.
   *
   * @param rows those of its rows that count
   * @param next the windows to read on, which may be new
   */
  record Taken(List<Run> rows, List<TimeWindow> next) {}

  /** Returns the window that everything begins with. */
  TimeWindow first(Instant from, @Nullable Instant until, long pageLimit) {
    TimeWindow first = opened(new TimeWindow(from, until, pageLimit));
    root = first;
    return first;
  }

  private TimeWindow opened(TimeWindow window) {
    open.add(window);
    return window;
  }

  /** Returns whether there was ever more than one. */
  boolean isCut() {
    return isCut;
  }

  /** Returns whether no run came so far. */
  boolean isEmpty() {
    return isEmpty;
  }

  /** Returns whether no list gave runs that it was not asked for. */
  boolean areDatesKept() {
    return isKept;
  }

  /**
   * Takes the next page of a window.
   *
   * @param last whether it is the last of its list
   * @param parallel how many windows there may be at a time
   */
  Taken take(TimeWindow window, List<Run> page, boolean last, int parallel) {
    pages++;
    if (window.isGivenUp() || isRead) {
      wasted++;
      return new Taken(List.of(), List.of());
    }
    List<Run> rows = window.take(page);
    rows.removeIf(run -> given.contains(run.id()));
    isEmpty &= rows.isEmpty();
    isKept &= !window.isBeyond();
    if (last) {
      return new Taken(rows, close(window, page));
    }
    if (isCut && !isKept) {
      return new Taken(rows, restart());
    }
    return new Taken(rows, parallel > 1 && isKept ? further(window, parallel) : List.of(window));
  }

  private List<TimeWindow> close(TimeWindow window, List<Run> page) {
    open.remove(window);
    wasted += 1 - Math.min(1, (double) page.size() / window.pageLimit());
    if (window.equals(root)) {
      isRead = true;
      return List.of();
    }
    if (window.equals(probe)) {
      return resumed(window);
    }
    WindowCut.Ahead left = ahead.remove(window);
    return left == null || left.stretch() == null ? List.of() : List.of(opened(left.stretch()));
  }

  /** There is little beyond the place where the list is: it can as well be read to its end. */
  private List<TimeWindow> resumed(TimeWindow far) {
    given.addAll(far.giveUp());
    probe = null;
    return List.of(requireNonNull(root));
  }

  /** The service disregards dates: each window would read what others read. */
  private List<TimeWindow> restart() {
    TimeWindow first = requireNonNull(root);
    open.remove(first);
    open.forEach(window -> given.addAll(window.giveUp()));
    open.clear();
    ahead.clear();
    probe = null;
    if (first.isGivenUp()) {
      first = new TimeWindow(first.from(), first.until(), PagedList.MAX_PAGE);
      root = first;
    }
    return List.of(opened(first));
  }

  private List<TimeWindow> further(TimeWindow window, int parallel) {
    if (window.equals(root)) {
      return ofRoot(window, parallel);
    }
    if (window.equals(probe)) {
      return ofProbe(window);
    }
    WindowCut.Ahead left = ahead.remove(window);
    List<TimeWindow> next = new ArrayList<>();
    if (isWorthCutting(window, parallel)) {
      next.addAll(cut(window, left == null ? WindowCut.FIRST_WINDOWS : left.following()));
    } else {
      next.add(window);
    }
    if (left != null && left.stretch() != null) {
      next.addAll(parts(left.stretch(), left.windows()));
    }
    return next;
  }

  private List<TimeWindow> ofRoot(TimeWindow window, int parallel) {
    if (isCut) {
      return List.of(window);
    }
    if (window.pages() == PATIENCE) {
      axis = TimeAxis.of(window.times());
      return List.of(axis == null ? window : probe(window, axis));
    }
    return axis == null && window.pages() == PATIENCE_WITHOUT_ORDER
        ? quantiles(window, parallel)
        : List.of(window);
  }

  /** Looks whether there is much more: in the far part of time, one request tells. */
  private TimeWindow probe(TimeWindow window, TimeAxis direction) {
    TimeAxis.Span span = direction.span(window.times());
    long at = (long) (span.start() + SHORT * span.length() / window.pages());
    if (at >= direction.end(window)) {
      return window;
    }
    isCut = true;
    given.addAll(window.given());
    probe = opened(direction.after(window, at));
    return probe;
  }

  /** There is much more, so the first list is given up. */
  private List<TimeWindow> ofProbe(TimeWindow far) {
    TimeAxis direction = requireNonNull(axis);
    TimeWindow first = requireNonNull(root);
    if (far.times().isEmpty()) {
      return List.of(far); // those of the first page are hidden
    }
    probe = null;
    giveUp(first);
    List<TimeWindow> next = new ArrayList<>();
    if (TimeAxis.of(far.times()) == direction) {
      next.addAll(cut(far, WindowCut.following(direction, far, 2 * WindowCut.FIRST_WINDOWS)));
    } else {
      next.add(far);
    }
    double end = direction.start(far);
    double start = direction.span(first.times()).start();
    next.addAll(
        parts(
            direction.before(first, (long) end),
            start,
            end,
            (SHORT + WindowCut.LEAF - 1) / WindowCut.LEAF));
    return next;
  }

  private void giveUp(TimeWindow window) {
    given.addAll(window.giveUp());
    open.remove(window);
    wasted += window.pages();
  }

  private boolean isWorthCutting(TimeWindow window, int parallel) {
    TimeAxis direction = axis;
    boolean first = window.pages() == 1;
    if (direction == null
        || window.pages() > TimeWindow.MOST_GIVEN_UP
        || (!first && open.size() >= parallel)
        || TimeAxis.of(window.times()) != direction) {
      return false;
    }
    TimeAxis.Span span = direction.span(window.lastPage());
    double left = (direction.end(window) - span.end()) / span.length();
    int windows = open.size() + WindowCut.FIRST_WINDOWS + 1;
    for (WindowCut.Ahead each : ahead.values()) {
      windows += each.windows();
    }
    double cost = wasted + window.pages() + PARTIAL_PAGE * windows;
    return left >= WindowCut.WORTH_CUTTING + (first ? 0 : 2 * window.pages())
        && cost <= Math.max(ALLOWANCE, ALLOWED_PART * (pages - wasted));
  }

  /**
   * Gives up a window, and returns instead the first of its parts, and first of all the far one,
   * which shows whether runs go on there. What lies in between waits for that.
   *
   * @param windows how many there are before the far one
   */
  private List<TimeWindow> cut(TimeWindow window, int windows) {
    giveUp(window);
    WindowCut cut = WindowCut.of(requireNonNull(axis), window, windows);
    List<TimeWindow> next = new ArrayList<>();
    if (cut.far() != null && cut.ahead() != null) {
      next.add(opened(cut.far()));
      ahead.put(cut.far(), cut.ahead());
    }
    next.addAll(opened(cut.near()));
    return next;
  }

  private List<TimeWindow> parts(TimeWindow stretch, int count) {
    TimeAxis direction = requireNonNull(axis);
    return parts(stretch, direction.start(stretch), direction.end(stretch), count);
  }

  private List<TimeWindow> parts(TimeWindow window, double start, double end, int count) {
    return opened(TimeCuts.equal(requireNonNull(axis), window, start, end, count));
  }

  private List<TimeWindow> quantiles(TimeWindow window, int parallel) {
    List<TimeWindow> parts = TimeCuts.quantiles(window, parallel);
    if (parts.isEmpty()) {
      return List.of(window);
    }
    isCut = true;
    giveUp(window);
    return opened(parts);
  }

  private List<TimeWindow> opened(List<TimeWindow> windows) {
    open.addAll(windows);
    return windows;
  }
}
