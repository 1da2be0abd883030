package dev.turntable.rightbrain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the time that a scan covers, read newest first by a list of its own. Takes the runs whose
 * {@code created} falls into it and no others, whatever its list returns; so no run comes twice from
 * windows that do not overlap. Keeps account of what its list returned for nothing. Not safe for use
 * by several threads.
 */
final class TimeWindow {
  /** A service that rounds times may return this much more than it was asked for. */
  private static final Duration ROUNDING = Duration.ofSeconds(1);

  /** The finest that windows are cut. */
  private static final Duration SHORTEST_PAGE = Duration.ofMillis(1);

  /** A list that ends where its window does has a partial page at its end, or an empty one. */
  static final double PARTIAL_PAGE = 1;

  /** A list that goes on is left in the page that comes by the end, or in the one after it. */
  private static final double OVERRUN_PAGES = 2;

  private final Instant reach;
  private final @Nullable Instant until;
  private final long pageLimit;
  private Instant from;
  private @Nullable Instant newest;
  private @Nullable Instant oldest;
  private Duration disorder = Duration.ZERO;
  private Duration pageSpan = Duration.ZERO;
  private boolean overrun;
  private double waste;

  /**
   * @param from the first moment that belongs to it
   * @param until the first moment that no longer does, or null if it is open
   * @param pageLimit rows of a full page
   */
  TimeWindow(Instant from, @Nullable Instant until, long pageLimit) {
    this.reach = from;
    this.from = from;
    this.until = until;
    this.pageLimit = pageLimit;
  }

  /** Returns how far back its list reaches, which is as far as it did when it was new. */
  Instant reach() {
    return reach;
  }

  Instant from() {
    return from;
  }

  @Nullable Instant until() {
    return until;
  }

  long pageLimit() {
    return pageLimit;
  }

  /** Moves the beginning: what lies before it is left to another window, or taken over from one. */
  void beginAt(Instant moment) {
    from = moment;
  }

  /** Returns whether its list reaches so far back, and has not come by what it would have to take. */
  boolean canBeginAt(Instant moment) {
    return !moment.isBefore(reach) && (oldest == null || !oldest.isBefore(from));
  }

  /**
   * Returns those rows of a page that belong here.
   *
   * @param last whether it is the last page of the list
   */
  List<Run> take(List<Run> page, boolean last) {
    List<Run> taken = new ArrayList<>(page.size());
    Instant latest = null;
    Instant earliest = null;
    for (Run run : page) {
      Instant created = run.created();
      latest = latest == null || created.isAfter(latest) ? created : latest;
      earliest = earliest == null || created.isBefore(earliest) ? created : earliest;
      note(created);
      if (until != null && !created.isBefore(until)) {
        overrun |= created.isAfter(until.plus(ROUNDING));
      } else if (!created.isBefore(from)) {
        taken.add(run);
      }
    }
    if (latest != null && earliest != null) {
      pageSpan = Duration.between(earliest, latest);
    }
    // A page is short where hidden rows were taken out of it; only the last may be so for want of
    // any.
    double full = last ? Math.max(pageLimit, page.size()) : page.size();
    waste += full == 0 ? 0 : 1 - taken.size() / full;
    return taken;
  }

  /** Returns how much of its requests was for nothing, in requests. */
  double waste() {
    return waste;
  }

  /** Returns how much of its requests may be for nothing at its end, as it is now. */
  double worstWaste() {
    return Math.max(waste, isShortened() ? OVERRUN_PAGES : PARTIAL_PAGE);
  }

  /** Returns how much more may be for nothing once it is shortened. */
  double costOfShortening() {
    return isShortened() ? 0 : OVERRUN_PAGES - PARTIAL_PAGE;
  }

  private boolean isShortened() {
    return from.isAfter(reach);
  }

  private void note(Instant created) {
    newest = newest == null || created.isAfter(newest) ? created : newest;
    if (oldest == null || created.isBefore(oldest)) {
      oldest = created;
    } else {
      Duration late = Duration.between(oldest, created);
      disorder = late.compareTo(disorder) > 0 ? late : disorder;
    }
  }

  /** Returns how much older than a run that came before it a run may have to be; zero if sorted. */
  Duration disorder() {
    return disorder;
  }

  /** Returns whether runs came that are later than the list was asked for. */
  boolean isOverrun() {
    return overrun;
  }

  /** Returns the earliest run so far, or null if there was none. */
  @Nullable Instant oldest() {
    return oldest;
  }

  /** Returns the span of time of what came so far. */
  Duration covered() {
    return newest == null || oldest == null ? Duration.ZERO : Duration.between(oldest, newest);
  }

  /** Returns the span of time of the last page that had rows. */
  Duration pageSpan() {
    return pageSpan;
  }

  private long pageNanos() {
    return Math.max(SHORTEST_PAGE.toNanos(), pageSpan.toNanos());
  }

  /** Returns how many pages are left if it goes on as dense as it was, 0 if nothing is known. */
  double pagesLeft() {
    return oldest == null ? 0 : (double) Duration.between(from, oldest).toNanos() / pageNanos();
  }

  /** Returns the moment so many pages further on, by the same reckoning. */
  Instant after(double pages) {
    Instant start = oldest == null ? from : oldest;
    return start.minusNanos((long) (pages * pageNanos()));
  }
}
