package dev.turntable.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A list of runs, newest first, that is read by windows. Requests take a time of their own and none
 * of ours; what is asked does not depend on when it is answered, so any way that threads could take
 * is one of the orders that some latencies lead to.
 */
final class WindowedScan {
  private static final Duration SPAN = Duration.ofDays(90);
  private static final Instant END = Instant.parse("2026-05-01T00:00:00Z");
  private static final int MICROS_PER_SECOND = 1_000_000;

  private final List<Run> runs = new ArrayList<>();
  private final Set<String> read = new HashSet<>();
  private int rows;
  private int requests;
  private int peak;
  private double time;

  private record Running(TimeWindow window, double end, int number) {}

  /**
   * Some runs are of a full second, and some of the same microsecond.
   *
   * @param place where in the span of time the given part of all runs lies
   */
  WindowedScan(int count, DoubleUnaryOperator place, Random random) {
    long[] micros = new long[count];
    for (int i = 0; i < count; i++) {
      double share = place.applyAsDouble((i + random.nextDouble()) / count);
      micros[i] = (long) (share * SPAN.toSeconds() * MICROS_PER_SECOND);
      if (random.nextInt(4) == 0) {
        micros[i] -= micros[i] % MICROS_PER_SECOND;
      }
    }
    Arrays.sort(micros);
    for (int i = count - 1; i >= 0; i--) {
      long at = i > 0 && random.nextInt(40) == 0 ? micros[i - 1] : micros[i];
      runs.add(run(String.valueOf(i), END.minus(SPAN).plusNanos(at * 1000)));
    }
    runs.sort(Comparator.comparing(Run::created).reversed());
  }

  private static Run run(String id, Instant created) {
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
    TimeWindows windows = new TimeWindows();
    Map<TimeWindow, Deque<Run>> lists = new HashMap<>();
    Deque<TimeWindow> ready = new ArrayDeque<>();
    PriorityQueue<Running> running =
        new PriorityQueue<>(
            Comparator.comparingDouble(Running::end).thenComparingInt(Running::number));
    ready.add(windows.first(RunLists.BEGINNING, null, Listing.MAX_PAGE));
    while (!ready.isEmpty() || !running.isEmpty()) {
      while (!ready.isEmpty() && running.size() < parallel) {
        requests++;
        running.add(new Running(ready.remove(), time + latency.getAsDouble(), requests));
        peak = Math.max(peak, running.size());
      }
      Running answered = running.remove();
      time = answered.end();
      TimeWindow window = answered.window();
      Deque<Run> list = lists.computeIfAbsent(window, each -> between(each.reach(), each.until()));
      List<Run> page = new ArrayList<>();
      while (page.size() < window.pageLimit() && !list.isEmpty()) {
        page.add(list.remove());
      }
      TimeWindows.Taken taken = windows.take(window, page, list.isEmpty(), parallel);
      rows += taken.rows().size();
      taken.rows().forEach(run -> read.add(run.id()));
      ready.addAll(taken.next());
    }
  }

  /** Both bounds belong to the range, and it begins a little before it need. */
  private Deque<Run> between(Instant from, @Nullable Instant until) {
    int first = until == null ? 0 : firstBefore(until.plusNanos(1));
    return new ArrayDeque<>(runs.subList(first, firstBefore(from.minusMillis(1))));
  }

  private int firstBefore(Instant moment) {
    int low = 0;
    int high = runs.size();
    while (low < high) {
      int middle = (low + high) / 2;
      if (runs.get(middle).created().isBefore(moment)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  void hasReadEveryRunOnce() {
    assertThat(rows).isEqualTo(runs.size());
    assertThat(read).hasSize(runs.size());
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
