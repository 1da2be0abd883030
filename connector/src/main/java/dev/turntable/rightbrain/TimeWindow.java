package dev.turntable.rightbrain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of time, read by a list of its own to the end of that list, whatever its order. Takes the
 * runs whose {@code created} falls into it and no others, whatever its list returns; so no run comes
 * twice from windows that do not overlap. Not safe for use by several threads.
 */
final class TimeWindow {
  /** A service that rounds times may return this much more than it was asked for. */
  private static final Duration ROUNDING = Duration.ofSeconds(1);

  /** A longer list is not given up any more, so that what it gave need not be kept in mind. */
  static final int MOST_GIVEN_UP = 8;

  private final Instant from;
  private final @Nullable Instant until;
  private final long pageLimit;
  private final Set<String> given = new HashSet<>();
  private final List<Instant> first = new ArrayList<>();
  private List<Instant> last = List.of();
  private boolean beyond;
  private boolean givenUp;
  private int pages;

  /**
   * @param from the first moment that belongs to it
   * @param until the first moment that no longer does, or null if it is open
   * @param pageLimit rows of a full page
   */
  TimeWindow(Instant from, @Nullable Instant until, long pageLimit) {
    this.from = from;
    this.until = until;
    this.pageLimit = pageLimit;
  }

  TimeWindow between(Instant newFrom, @Nullable Instant newUntil) {
    return new TimeWindow(newFrom, newUntil, PagedList.MAX_PAGE);
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

  /** Returns those rows of a page that belong here. */
  List<Run> take(List<Run> page) {
    pages++;
    boolean keep = pages <= MOST_GIVEN_UP;
    List<Run> taken = new ArrayList<>(page.size());
    List<Instant> times = new ArrayList<>(page.size());
    for (Run run : page) {
      Instant created = run.created();
      times.add(created);
      boolean late = until != null && !created.isBefore(until);
      beyond |= until != null && created.isAfter(until.plus(ROUNDING));
      beyond |= created.isBefore(from.minus(ROUNDING));
      if (!late && !created.isBefore(from)) {
        taken.add(run);
      }
    }
    if (keep) {
      first.addAll(times);
      taken.forEach(run -> given.add(run.id()));
    } else {
      given.clear();
      first.clear();
    }
    last = times.isEmpty() ? last : List.copyOf(times);
    return taken;
  }

  /** Returns how many pages were read. */
  int pages() {
    return pages;
  }

  /** Returns whether its list returned runs that it was not asked for. */
  boolean isBeyond() {
    return beyond;
  }

  /** Returns the times of the first rows, while there are few. */
  List<Instant> times() {
    return first;
  }

  /** Returns the times of the last page that had rows. */
  List<Instant> lastPage() {
    return last;
  }

  /** Returns the ids of the runs it gave, while there are few. */
  Set<String> given() {
    return given;
  }

  /** Leaves the rest of its list unread: what it has given comes again from others. */
  Set<String> giveUp() {
    givenUp = true;
    return given;
  }

  boolean isGivenUp() {
    return givenUp;
  }
}
