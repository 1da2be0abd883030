package dev.turntable.rightbrain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the time that a scan covers, read newest first by a list of its own. Takes the runs whose
 * {@code created} falls into it and no others, whatever its list returns; so no run comes twice from
 * windows that do not overlap. Not safe for use by several threads.
 */
final class TimeWindow {
  /** A service that rounds times may return this much more than it was asked for. */
  private static final Duration ROUNDING = Duration.ofSeconds(1);

  private final Listing<Run> listing;
  private final Instant reach;
  private final @Nullable Instant until;
  private Instant from;
  private @Nullable Instant newest;
  private @Nullable Instant oldest;
  private Duration disorder = Duration.ZERO;
  private Duration pageSpan = Duration.ZERO;
  private boolean overrun;

  /**
   * @param from the first moment that belongs to it
   * @param until the first moment that no longer does, or null if it is open
   */
  TimeWindow(Listing<Run> listing, Instant from, @Nullable Instant until) {
    this.listing = listing;
    this.reach = from;
    this.from = from;
    this.until = until;
  }

  Listing<Run> listing() {
    return listing;
  }

  Instant from() {
    return from;
  }

  @Nullable Instant until() {
    return until;
  }

  /** Moves the beginning: what lies before it is left to another window, or taken over from one. */
  void beginAt(Instant moment) {
    from = moment;
  }

  /** Returns whether its list reaches so far back, and has not come by what it would have to take. */
  boolean canBeginAt(Instant moment) {
    return !moment.isBefore(reach) && (oldest == null || !oldest.isBefore(from));
  }

  /** Returns those rows of a page that belong here. */
  List<Run> take(List<Run> page) {
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
    return taken;
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

  /** Returns the span of time of the last page that had rows; at least a millisecond. */
  Duration pageSpan() {
    return pageSpan.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : pageSpan;
  }

  /** Returns how many pages are left if it goes on as dense as it was, 0 if nothing is known. */
  double pagesLeft() {
    return oldest == null
        ? 0
        : (double) Duration.between(from, oldest).toNanos() / pageSpan().toNanos();
  }

  /** Returns the moment so many pages further on, by the same reckoning. */
  Instant after(double pages) {
    Instant start = oldest == null ? from : oldest;
    return start.minusNanos((long) (pages * pageSpan().toNanos()));
  }
}
