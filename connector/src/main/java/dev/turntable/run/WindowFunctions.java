package dev.turntable.run;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The window functions; those that count return {@link Long}. */
public final class WindowFunctions {
  private WindowFunctions() {}

  public static WindowFunction rowNumber() {
    return each((partition, i) -> (long) i + 1);
  }

  public static WindowFunction rank() {
    return each((partition, i) -> (long) partition.peerStart(i) + 1);
  }

  public static WindowFunction denseRank() {
    return (partition, results) -> {
      long rank = 0;
      for (int i = 0; i < results.length; i++) {
        rank += partition.peerStart(i) == i ? 1 : 0;
        results[i] = rank;
      }
    };
  }

  public static WindowFunction percentRank() {
    return each(
        (partition, i) ->
            partition.size() == 1
                ? (Object) 0.0
                : (Object) (partition.peerStart(i) / (partition.size() - 1.0)));
  }

  public static WindowFunction cumeDist() {
    return each((partition, i) -> partition.peerEnd(i) / (double) partition.size());
  }

  /** The number of the row's bucket of as many as {@code buckets} says; the first are longer. */
  public static WindowFunction ntile(Scalar buckets) {
    return each(
        (partition, i) -> {
          long n =
              Math.max(
                  1, Bounds.value(buckets, 1, "NTILE", partition.execution(), partition.row(i)));
          long length = partition.size() / n;
          long longer = partition.size() % n;
          long inLonger = longer * (length + 1);
          return i < inLonger
              ? i / (length + 1) + 1
              : longer + (i - inLonger) / Math.max(1, length) + 1;
        });
  }

  /**
   * LEAD (sign 1) or LAG (sign -1).
   *
   * @param offset how many rows away
   * @param otherwise the value where there is no such row
   */
  public static WindowFunction neighbour(
      Scalar value, Scalar offset, Scalar otherwise, int sign, boolean ignoreNulls) {
    return each(
        (partition, i) -> {
          Execution execution = partition.execution();
          Object given = offset.eval(partition.row(i), execution);
          if (given == null) {
            return null;
          }
          long away = ((Number) given).longValue() * sign;
          long at = ignoreNulls ? skipNulls(partition, value, i, away) : i + away;
          return at >= 0 && at < partition.size()
              ? value.eval(partition.row((int) at), execution)
              : otherwise.eval(partition.row(i), execution);
        });
  }

  private static long skipNulls(Partition partition, Scalar value, int from, long away) {
    int step = Long.signum(away);
    long left = Math.abs(away);
    long at = from;
    while (left > 0) {
      partition.held().tick();
      at += step;
      if (at < 0 || at >= partition.size()) {
        return -1;
      }
      if (value.eval(partition.row((int) at), partition.execution()) != null) {
        left--;
      }
    }
    return at;
  }

  /**
   * The n-th value of the frame: FIRST_VALUE with 1, LAST_VALUE with 1 from the end.
   *
   * @param n counts from 1
   */
  public static WindowFunction nthValue(
      Scalar value, Scalar n, boolean fromEnd, boolean ignoreNulls) {
    return each(
        (partition, i) -> {
          Execution execution = partition.execution();
          Object given = n.eval(partition.row(i), execution);
          if (given == null) {
            return null;
          }
          long left = ((Number) given).longValue();
          int start = partition.frameStart(i);
          int end = partition.frameEnd(i);
          int step = fromEnd ? -1 : 1;
          for (int j = fromEnd ? end - 1 : start; j >= start && j < end; j += step) {
            partition.held().tick();
            if (partition.excluded(i, j)) {
              continue;
            }
            Object candidate = value.eval(partition.row(j), execution);
            if (candidate == null && ignoreNulls) {
              continue;
            }
            if (--left == 0) {
              return candidate;
            }
          }
          return null;
        });
  }

  /** An aggregate over the frame; a frame that only grows is not read twice. */
  public static WindowFunction aggregate(AggregateFunction function) {
    return (partition, results) -> {
      Execution execution = partition.execution();
      int start = -1;
      int end = -1;
      Accumulator accumulator = null;
      // Its own account: what an accumulator kept is gone when the next frame starts anew.
      MemoryTracker kept = new MemoryTracker(execution, "a window");
      for (int i = 0; i < results.length; i++) {
        int from = partition.frameStart(i);
        int to = Math.max(from, partition.frameEnd(i));
        boolean grows = accumulator != null && from == start && to >= end && !partition.excludes();
        if (grows && to == end) {
          results[i] = results[i - 1];
          continue;
        }
        if (accumulator == null || !grows) {
          kept.releaseAll();
          accumulator = function.start(execution, kept, Set.of());
          end = from;
        }
        for (int j = end; j < to; j++) {
          partition.held().tick();
          if (!partition.excluded(i, j)) {
            accumulator.add(partition.row(j));
          }
        }
        start = from;
        end = to;
        results[i] = accumulator.result();
      }
      kept.releaseAll();
    };
  }

  /** The value of one row. */
  @FunctionalInterface
  private interface ForRow {
    @Nullable Object value(Partition partition, int i);
  }

  private static WindowFunction each(ForRow function) {
    return (partition, results) -> {
      for (int i = 0; i < results.length; i++) {
        partition.held().tick();
        results[i] = function.value(partition, i);
      }
    };
  }
}
