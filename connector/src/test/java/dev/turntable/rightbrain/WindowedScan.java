package dev.turntable.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A list of runs that is read by windows. Requests take a time of their own and none of ours; what is
 * asked does not depend on when it is answered, so any way that threads could take is one of the
 * orders that some latencies lead to.
 */
final class WindowedScan {
  private static final Duration SPAN = Duration.ofDays(90);
  private static final Instant END = Instant.parse("2026-05-01T00:00:00Z");
  private static final int MICROS_PER_SECOND = 1_000_000;

  private final List<Entry> list = new ArrayList<>();
  private final Map<String, Integer> read = new HashMap<>();
  private boolean heedsDates = true;
  private int requests;
  private int peak;
  private double time;

  private record Running(TimeWindow window, double end, int number) {}

  /** A place in the list, which stays where the run is gone, so that cursors go on from there. */
  private static final class Entry {
    private final Run run;
    private final long micros;
    private final boolean isNew;
    private boolean isGone;

    Entry(Run run, boolean isNew) {
      this.run = run;
      this.micros = micros(run.created());
      this.isNew = isNew;
    }
  }

  /** Runs in the order in which the service lists them, whatever that is. */
  WindowedScan(List<Run> runs) {
    runs.forEach(run -> list.add(new Entry(run, false)));
  }

  /** From now on the service lists all runs, whatever dates it is asked for. */
  WindowedScan withoutDates() {
    heedsDates = false;
    return this;
  }

  /** Puts a run anywhere into the list. */
  void insert(int at, Run run) {
    list.add(at, new Entry(run, true));
  }

  void remove(int at) {
    list.get(at).isGone = true;
  }

  int size() {
    return list.size();
  }

  /**
   * Newest first. Some runs are of a full second, and some of the same microsecond.
   *
   * @param place where in the span of time the given part of all runs lies
   */
  static WindowedScan of(int count, DoubleUnaryOperator place, Random random) {
    long[] micros = new long[count];
    for (int i = 0; i < count; i++) {
      double share = place.applyAsDouble((i + random.nextDouble()) / count);
      micros[i] = (long) (share * SPAN.toSeconds() * MICROS_PER_SECOND);
      if (random.nextInt(4) == 0) {
        micros[i] -= micros[i] % MICROS_PER_SECOND;
      }
    }
    Arrays.sort(micros);
    List<Run> runs = new ArrayList<>();
    for (int i = count - 1; i >= 0; i--) {
      long at = i > 0 && random.nextInt(40) == 0 ? micros[i - 1] : micros[i];
      runs.add(run(String.valueOf(i), END.minus(SPAN).plusNanos(at * 1000)));
    }
    runs.sort(Comparator.comparing(Run::created).reversed());
    return new WindowedScan(runs);
  }

  /** Ten bursts of a thousand runs, nine days apart, each run in a millisecond of its own. */
  static WindowedScan ofBursts() {
    List<Run> runs = new ArrayList<>();
    for (int burst = 0; burst < 10; burst++) {
      for (int i = 0; i < 1000; i++) {
        Instant at = END.minus(Duration.ofDays(9L * burst)).minusMillis(i);
        runs.add(run(burst + "-" + i, at));
      }
    }
    return new WindowedScan(runs);
  }

  static Run run(String id, Instant created) {
    return new Run(
        id,
        "task",
        "revision",
        null,
        null,
        null,
        null,
        null,
        null,
        created,
        false,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        false,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * Reads everything.
   *
   * @param latency how long each answer takes
   */
  void read(int parallel, DoubleSupplier latency) {
    read(parallel, latency, () -> {});
  }

  /**
   * @param change happens before each answer
   */
  void read(int parallel, DoubleSupplier latency, Runnable change) {
    TimeWindows windows = new TimeWindows();
    Map<TimeWindow, Place> places = new HashMap<>();
    Deque<TimeWindow> ready = new ArrayDeque<>();
    PriorityQueue<Running> running =
        new PriorityQueue<>(
            Comparator.comparingDouble(Running::end).thenComparingInt(Running::number));
    ready.add(windows.first(RunLists.BEGINNING, null, PagedList.MAX_PAGE));
    while (!ready.isEmpty() || !running.isEmpty()) {
      while (!ready.isEmpty() && running.size() < parallel) {
        requests++;
        running.add(new Running(ready.remove(), time + latency.getAsDouble(), requests));
        peak = Math.max(peak, running.size());
      }
      Running answered = running.remove();
      time = answered.end();
      change.run();
      Place place = places.computeIfAbsent(answered.window(), Place::new);
      List<Run> page = place.next(answered.window());
      TimeWindows.Taken taken = windows.take(answered.window(), page, place.ended, parallel);
      taken.rows().forEach(run -> read.merge(run.id(), 1, Integer::sum));
      ready.addAll(taken.next());
    }
  }

  /** How far a list was read: the cursor is the last run that was listed. */
  private final class Place {
    private final long from;
    private final long until;
    private @Nullable Entry cursor;
    private int at;
    private boolean ended;

    /** Both bounds belong to the range, and it begins a little before it need. */
    Place(TimeWindow window) {
      this.from = heedsDates ? micros(window.from()) - 1000 : Long.MIN_VALUE;
      this.until = window.until() == null || !heedsDates ? Long.MAX_VALUE : micros(window.until());
    }

    List<Run> next(TimeWindow window) {
      List<Run> page = new ArrayList<>();
      ended = false;
      for (int i = cursor == null ? 0 : placeOfCursor() + 1; i < list.size(); i++) {
        Entry entry = list.get(i);
        if (entry.isGone || entry.micros < from || entry.micros > until) {
          continue;
        }
        if (page.size() == window.pageLimit()) {
          return page;
        }
        page.add(entry.run);
        cursor = entry;
        at = i;
      }
      ended = true;
      return page;
    }

    /** Entries only move on. */
    private int placeOfCursor() {
      int place = at;
      while (!list.get(place).equals(cursor)) {
        place++;
      }
      return place;
    }
  }

  private static long micros(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  /** What was there throughout came once, and nothing else twice. */
  void hasReadEveryRunOnce() {
    List<String> missing =
        list.stream()
            .filter(entry -> !entry.isNew && !entry.isGone)
            .map(entry -> entry.run.id())
            .filter(id -> !read.containsKey(id))
            .toList();
    assertThat(missing).isEmpty();
    List<Map.Entry<String, Integer>> twice =
        read.entrySet().stream().filter(entry -> entry.getValue() > 1).toList();
    assertThat(twice).isEmpty();
  }

  int requests() {
    return requests;
  }

  /** Returns the most requests that ran at a time. */
  int peak() {
    return peak;
  }

  /** Returns when the last answer had come. */
  double time() {
    return time;
  }
}
