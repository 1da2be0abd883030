package dev.turntable.rightbrain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the time of a scan is cut. It begins as one window; if it turns out long it is cut into several
 * that are read side by side, and as long as fewer are open than may be read at a time, the one with
 * the most left is cut in two.
 *
 * <p>Each window may cost a part of a request, or two, that one list read to its end would not. What
 * all of them may cost together is bounded before each cut, whenever answers come and however uneven
 * the runs lie: by {@link #ALLOWANCE} requests, or a fifth of those needed where that is more. This
 * holds for lists in order of {@code created}; it takes no account of hidden rows.
 *
 * <p>Not safe for use by several threads.
 */
final class TimeWindows {
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

  /** Requests that windows may cost a scan of up to five times as many pages. */
  static final double ALLOWANCE = 20;

  /** What they may cost a longer one, as a part of its pages. */
  static final double ALLOWED_PART = 0.2;

  /** A window with fewer pages left is not worth cutting. */
  private static final double WORTH_CUTTING = 2;

  /** Part of a page that a list is read beyond the beginning of its window. */
  private static final int SLACK = 10;

  /** How far a list by another time than {@code created} may be out of order. */
  private static final Duration LONGEST_RUN = Duration.ofMinutes(15);

  private final List<TimeWindow> open = new ArrayList<>();

  /** How much older than a run that came before it some run would have to be; zero if sorted. */
  private Duration disorder = Duration.ZERO;

  /** How much disorder the windows allowed for that have ended before their lists did. */
  private @Nullable Duration leastMargin;

  private boolean isCut;
  private boolean endsAreKept = true;
  private int pages;
  private double wasteOfEnded;

  /**
   * What a page came to.
   *
   * @param rows those of its rows that count
   * @param next the windows to read on, which may be new
   */
  record Taken(List<Run> rows, List<TimeWindow> next) {}

  /** Returns the window that everything begins with. */
  TimeWindow first(Instant from, @Nullable Instant until, long pageLimit) {
    return opened(new TimeWindow(from, until, pageLimit));
  }

  private TimeWindow opened(TimeWindow window) {
    open.add(window);
    return window;
  }

  /** Returns whether there was ever more than one. */
  boolean isCut() {
    return isCut;
  }

  /** Returns whether no list went on beyond the end of its window. */
  boolean endsAreKept() {
    return endsAreKept;
  }

  /** Returns whether runs may be lost, because the lists are less in order than they seemed. */
  boolean isOutOfOrder() {
    return leastMargin != null && disorder.compareTo(leastMargin) > 0;
  }

  /**
   * Takes the next page of a window.
   *
   * @param last whether it is the last of its list
   * @param parallel how many windows there may be at a time
   */
  Taken take(TimeWindow window, List<Run> page, boolean last, int parallel) {
    pages++;
    List<Run> rows = window.take(page, last);
    disorder = max(disorder, window.disorder());
    List<TimeWindow> next = new ArrayList<>();
    if (last || isPast(window) || isHandedBack(window)) {
      open.remove(window);
      wasteOfEnded += window.waste();
    } else {
      next.add(window);
      if (!isCut && parallel > 1 && pages >= PATIENCE && isInOrder(window)) {
        next.addAll(cut(window, parallel));
      }
    }
    if (isCut && endsAreKept) {
      addHalves(next, parallel);
    }
    return new Taken(rows, next);
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
  private boolean isHandedBack(TimeWindow window) {
    if (!isCut || !window.isOverrun()) {
      return false;
    }
    endsAreKept = false;
    for (TimeWindow later : open) {
      if (later.from().equals(window.until()) && later.canBeginAt(window.from())) {
        later.beginAt(window.from());
        return true;
      }
    }
    return false;
  }

  /** Windows take it that a list runs from new to old, which its first pages must show. */
  private boolean isInOrder(TimeWindow window) {
    return !window.covered().isZero()
        && window.disorder().compareTo(window.covered().dividedBy(pages)) <= 0;
  }

  private List<TimeWindow> cut(TimeWindow first, int parallel) {
    isCut = true;
    Instant end = first.from();
    Instant oldest = first.oldest() == null ? end : first.oldest();
    List<Instant> bounds = new ArrayList<>();
    for (double cut : cuts(parallel, Duration.between(end, oldest), first.covered())) {
      long nanos = (long) (cut * first.covered().toNanos());
      Instant at = oldest.minusNanos(nanos).truncatedTo(ChronoUnit.MILLIS);
      if (at.isAfter(end) && at.isBefore(oldest)) {
        bounds.add(at);
      }
    }
    List<TimeWindow> added = new ArrayList<>();
    for (int i = 0; i < bounds.size(); i++) {
      Instant from = i + 1 < bounds.size() ? bounds.get(i + 1) : end;
      added.add(opened(new TimeWindow(from, bounds.get(i), Listing.MAX_PAGE)));
    }
    if (!bounds.isEmpty()) {
      first.beginAt(bounds.get(0));
    }
    return added;
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

  private void addHalves(List<TimeWindow> next, int parallel) {
    while (open.size() < parallel) {
      TimeWindow half = half();
      if (half == null) {
        return;
      }
      next.add(half);
    }
  }

  /** Returns the older half of the window with the most left, which keeps the other; or null. */
  private @Nullable TimeWindow half() {
    TimeWindow longest =
        open.stream().max(Comparator.comparingDouble(this::pagesLeft)).orElse(null);
    if (longest == null || pagesLeft(longest) < WORTH_CUTTING || !isAllowed(longest)) {
      return null;
    }
    Instant end = longest.from();
    Instant at = longest.after(Math.max(1, pagesLeft(longest) / 2)).truncatedTo(ChronoUnit.MILLIS);
    if (!at.isAfter(end)) {
      return null;
    }
    TimeWindow half = new TimeWindow(end, at, Listing.MAX_PAGE);
    longest.beginAt(at);
    return opened(half);
  }

  /** Reckons with no more than was read so far: the windows reach back to before any run. */
  private double pagesLeft(TimeWindow window) {
    return Math.min(window.pagesLeft(), pages);
  }

  /** Whether one more window, cut out of the given one, is within what windows may cost at worst. */
  private boolean isAllowed(TimeWindow window) {
    double worst = wasteOfEnded + TimeWindow.PARTIAL_PAGE + window.costOfShortening();
    double needed = pages - wasteOfEnded;
    for (TimeWindow each : open) {
      worst += each.worstWaste();
      needed -= each.waste();
    }
    return worst <= Math.max(ALLOWANCE, ALLOWED_PART * needed);
  }
}
