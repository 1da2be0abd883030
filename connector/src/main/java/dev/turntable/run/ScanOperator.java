package dev.turntable.run;

import dev.turntable.source.AccessPath;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A running scan. */
final class ScanOperator<T> implements Operator {
  /**
   * Where all rows are wanted, so many times the requests in flight are started, so that none waits
   * for the reader, who takes the answers in order and may be waiting for a slow one.
   */
  private static final int AHEAD = 2;

  private final AccessPath<T> path;
  private final ScanRequest request;
  private final FetchDemand demand;
  private final Execution execution;
  private final LongConsumer atItsEnd;
  private final @Nullable Scalar check;
  private final @Nullable Function<T, @Nullable Object>[] readers;
  private final int[] output;
  private final boolean wholeRow;
  private final @Nullable PrimaryKeyDeduplicator<T> repeats;
  private final CachedList.@Nullable Filling filling;
  private @Nullable PageReader<T> pages;
  private Iterator<T> records = List.<T>of().iterator();
  private long returned;
  private long read;
  private long distinct;
  private long steps;

  /**
   * What is read for others beside.
   *
   * @param columns the positions of columns that are wanted beside those of the node
   * @param filling keeps the rows for other scans, or null
   */
  record Beside(List<Integer> columns, CachedList.@Nullable Filling filling) {}

  /**
   * @param choice the path, and what it is asked
   * @param atItsEnd is told how many rows there were, after the last
   */
  ScanOperator(
      ScanNode<T> node,
      AccessChoice<T> choice,
      FetchDemand demand,
      Execution execution,
      Beside beside,
      LongConsumer atItsEnd) {
    this.filling = beside.filling();
    this.atItsEnd = atItsEnd;
    this.path = choice.path();
    this.request = choice.request();
    this.demand = demand;
    this.execution = execution;
    this.check = node.predicate().check();
    this.readers = node.readers(beside.columns());
    this.output = new int[node.output().size()];
    for (int i = 0; i < output.length; i++) {
      output[i] = node.output().get(i);
    }
    this.wholeRow = isWholeRow(output, readers.length);
    // Where a step has one row at most, different keys have different rows.
    this.repeats =
        path.unique() || node.table().primaryKey().isEmpty()
            ? null
            : new PrimaryKeyDeduplicator<>(node.table());
  }

  private static boolean isWholeRow(int[] output, int columns) {
    if (output.length != columns) {
      return false;
    }
    for (int i = 0; i < columns; i++) {
      if (output[i] != i) {
        return false;
      }
    }
    return true;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    if (demand.isMet(returned)) {
      return null; // Calcite's own limit asks for one more row than it wants.
    }
    while (true) {
      while (records.hasNext()) {
        execution.check();
        T record = records.next();
        if (repeats != null && repeats.isRepeat(record)) {
          continue;
        }
        distinct++;
        @Nullable Object[] row = row(record);
        if (filling != null) {
          filling.add(row);
        }
        if (check == null || check.isTrue(row, execution)) {
          returned++;
          return wholeRow ? row : project(row, output);
        }
      }
      if (pages == null) {
        pages = new PageReader<>(path.open(request, execution.scope()), ends(), execution.scope());
      }
      List<T> page = pages.next(window());
      if (page == null) {
        atItsEnd.accept(distinct);
        if (filling != null) {
          filling.complete();
        }
        return null;
      }
      steps++;
      read += page.size();
      records = page.iterator();
    }
  }

  private PageReader.Ends ends() {
    if (!execution.readsAll() || demand.mayBeMet()) {
      return PageReader.Ends.EARLY;
    }
    return path.estimate(request).stream().allMatch(RequestEstimate::isExact)
        ? PageReader.Ends.WITH_THE_FIRST_STEPS
        : PageReader.Ends.WITH_THE_LAST_PAGE;
  }

  /** How many steps may be started and not read, given what is still wanted and what may be spent. */
  private int window() {
    StatementScope scope = execution.scope();
    long window = scope.connection().limits().maxConcurrentRequests();
    boolean maybeEnough = demand.mayBeMet();
    long budget = scope.connection().limits().maxRequests();
    if (!maybeEnough && budget == 0 && window > 1 && execution.readsAll()) {
      // A reader that pauses or closes early shows in the first answers; until then little is
      // wasted.
      window = steps < window ? window : AHEAD * window;
    } else if (budget > 0) {
      // A request ahead of need must not take the budget of one that is needed.
      window = maybeEnough ? 1 : Math.min(window, budget - scope.requestCount());
    }
    OptionalLong missing = demand.missing(returned);
    if (missing.isPresent()) {
      long rows = missing.getAsLong();
      window = Math.min(window, path.unique() ? rows : stepsFor(rows));
    }
    return (int) Math.max(1, window);
  }

  private long stepsFor(long rows) {
    return read == 0 ? 1 : (rows * steps + read - 1) / read;
  }

  private @Nullable Object[] row(T record) {
    @Nullable Object[] row = new Object[readers.length];
    for (int i = 0; i < readers.length; i++) {
      Function<T, @Nullable Object> reader = readers[i];
      if (reader != null) {
        row[i] = reader.apply(record);
      }
    }
    return row;
  }

  static @Nullable Object[] project(@Nullable Object[] row, int[] output) {
    @Nullable Object[] projected = new Object[output.length];
    for (int i = 0; i < output.length; i++) {
      projected[i] = row[output[i]];
    }
    return projected;
  }

  @Override
  public void close() {
    if (filling != null) {
      filling.close();
    }
    if (pages != null) {
      pages.close();
    }
    records = List.<T>of().iterator();
  }
}
