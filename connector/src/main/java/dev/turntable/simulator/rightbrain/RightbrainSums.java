package dev.turntable.simulator.rightbrain;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Adds up the runs of a task between two moments, test revisions under one name. */
final class RightbrainSums {

  /** Sums of a revision, or of its runs in one reporting group. */
  record Line(
      String revision,
      @Nullable String group,
      long inputTokens,
      long outputTokens,
      long cents,
      long runs) {

    private Line plus(Line other) {
      return new Line(
          revision,
          group,
          inputTokens + other.inputTokens,
          outputTokens + other.outputTokens,
          cents + other.cents,
          runs + other.runs);
    }
  }

  /** The runs of an hour or a day; those that reached a model have a timing. */
  record Bucket(long runs, long timed, double seconds) {

    private Bucket plus(Bucket other) {
      return new Bucket(runs + other.runs, timed + other.timed, seconds + other.seconds);
    }

    double average() {
      return timed == 0 ? 0 : seconds / timed;
    }
  }

  private record Key(String revision, @Nullable String group) {}

  private final RightbrainState state;
  private final RightbrainTask task;
  private final RightbrainRows rows;
  private final RightbrainScan scan;

  /** Both moments belong to the range. */
  RightbrainSums(RightbrainState state, RightbrainTask task, long start, long end) {
    this.state = state;
    this.task = task;
    this.rows = state.rows();
    this.scan = RightbrainScan.ofTask(rows, task.number()).between(start, end + 1);
  }

  List<Line> perRevision(boolean grouped) {
    Map<Key, Line> lines = new LinkedHashMap<>();
    for (int i = scan.from(); i < scan.to(); i++) {
      int row = scan.row(i);
      RightbrainFigures figures = state.figures(rows, row);
      String group = grouped ? state.groupName(rows, row) : null;
      String revision = revision(row);
      Integer cents = figures.cents();
      lines.merge(
          new Key(revision, group),
          new Line(
              revision,
              group,
              figures.inputTokens(),
              figures.outputTokens(),
              cents == null ? 0 : cents,
              1),
          Line::plus);
    }
    return List.copyOf(lines.values());
  }

  static Line total(Collection<Line> lines) {
    return lines.stream().reduce(new Line("", null, 0, 0, 0, 0), Line::plus);
  }

  /** Per revision, then per beginning of a bucket; both ascend. */
  Map<String, Map<Long, Bucket>> buckets(long width, Predicate<Boolean> errors) {
    Map<String, Map<Long, Bucket>> data = new TreeMap<>();
    for (int i = scan.from(); i < scan.to(); i++) {
      int row = scan.row(i);
      if (!errors.test(rows.is(RightbrainRows.ERROR, row))) {
        continue;
      }
      Double timing = state.figures(rows, row).llmTiming();
      long created = rows.created(row);
      data.computeIfAbsent(revision(row), revision -> new TreeMap<>())
          .merge(
              created - Math.floorMod(created, width),
              timing == null ? new Bucket(1, 0, 0) : new Bucket(1, 1, timing),
              Bucket::plus);
    }
    return data;
  }

  static Map<Long, Bucket> total(Map<String, Map<Long, Bucket>> data) {
    Map<Long, Bucket> total = new TreeMap<>();
    for (Map<Long, Bucket> buckets : data.values()) {
      buckets.forEach((time, bucket) -> total.merge(time, bucket, Bucket::plus));
    }
    return total;
  }

  private String revision(int row) {
    RightbrainRevision revision = task.revisions().get(rows.revision(row));
    return revision.test() ? "test" : revision.id();
  }
}
