package dev.turntable.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes outer rows in batches and announces them, so that what a sub-query reads by their keys is
 * asked for together.
 */
final class OuterRows implements Operator {
  private static final int BATCH = 64;

  /** Rows that need no run cost nothing; a bound keeps them from piling up. */
  static final int MAX_ROWS = 1024;

  private final Operator source;
  private final SubQuery subQuery;
  private final Execution execution;
  private final @Nullable SubQueryAnswers<?> known;
  private final Deque<@Nullable Object[]> waiting = new ArrayDeque<>();
  private final Set<Tuple> announced = new HashSet<>();
  private final MemoryTracker held;
  private int batchSize;
  private boolean ended;

  /**
   * @param known the answers that there are, or null if each row has a run of its own
   * @param firstBatch how many runs to begin with; 1 if there is nothing to ask for together
   */
  OuterRows(
      Operator source,
      SubQuery subQuery,
      Execution execution,
      @Nullable SubQueryAnswers<?> known,
      int firstBatch) {
    this.source = source;
    this.subQuery = subQuery;
    this.execution = execution;
    this.known = known;
    this.held = new MemoryTracker(execution, "a sub-query");
    this.batchSize = firstBatch;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    if (waiting.isEmpty() && !ended) {
      nextBatch();
    }
    @Nullable Object[] row = waiting.poll();
    if (waiting.isEmpty()) {
      held.releaseAll();
    }
    return row;
  }

  private void nextBatch() {
    announced.clear();
    List<@Nullable Object[]> tuples = new ArrayList<>();
    while (tuples.size() < batchSize && waiting.size() < MAX_ROWS) {
      @Nullable Object[] row = source.next();
      if (row == null) {
        ended = true;
        break;
      }
      held.add(row);
      waiting.add(row);
      add(subQuery.tuple(row), tuples);
    }
    execution.outerRow(subQuery.outer().variable()).announce(tuples, ended);
    batchSize = batchSize == 1 ? 1 : Math.max(batchSize, Math.min(BATCH, 2 * batchSize));
  }

  private void add(@Nullable Object[] tuple, List<@Nullable Object[]> tuples) {
    Tuple dependencies = subQuery.dependencies(tuple, execution);
    if ((known == null || !known.has(dependencies)) && announced.add(dependencies)) {
      tuples.add(tuple);
    }
  }

  /** Sees to it that a tuple is announced: the answer that there was may have been given up since. */
  void announce(@Nullable Object[] tuple, Tuple dependencies) {
    if (announced.contains(dependencies)) {
      return;
    }
    announced.clear();
    announced.add(dependencies);
    List<@Nullable Object[]> tuples = new ArrayList<>();
    tuples.add(tuple);
    waiting.forEach(row -> add(subQuery.tuple(row), tuples));
    execution.outerRow(subQuery.outer().variable()).announce(tuples, false);
  }

  @Override
  public void close() {
    held.releaseAll();
    waiting.clear();
    source.close();
  }
}
