package dev.turntable.sync;

import dev.turntable.store.sync.StoreSync;
import dev.turntable.store.sync.SyncTable;
import dev.turntable.store.table.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a store lacks of a history, the newest first, in spans of so few rows that little is read
 * again if it ends in the middle of one. How long a span is follows from how many rows the last one had,
 * and at first from the times of a few rows.
 */
final class HistorySync {
  /** So many rows a span is to have. */
  private static final int GOAL = 600;

  /** So many rows tell how close together they are. */
  private static final int SAMPLE = 100;

  /** A span of more rows is given up and cut. */
  private static final int MOST = 1_000;

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(20 * 365);

  /** Each span is at most so much longer than the last. */
  private static final int GROWTH = 4;

  /** The same where there were hardly any rows, as before a sudden rush of them. */
  private static final int GROWTH_OF_SPARSE = 64;

  /** Fewer rows than these are hardly any. */
  private static final int SPARSE = 60;

  private final Statements statements;
  private final StoreSync store;
  private final SyncTable table;
  private final Instant oldest;
  private final SyncProgress progress;
  private final Instant begun = Instant.now();
  private Duration length = LONGEST;
  private Instant newest = begun;
  private long rows;

  /**
   * @param oldest when it probably begins
   */
  HistorySync(
      Statements statements,
      StoreSync store,
      SyncTable table,
      Instant oldest,
      SyncProgress progress) {
    this.statements = statements;
    this.store = store;
    this.table = table;
    this.oldest = oldest;
    this.progress = progress;
  }

  void run(@Nullable Instant since) {
    for (TimeSpan gap : statements.ask(scope -> store.gaps(table, since, scope))) {
      fill(gap);
    }
    statements.ask(
        scope -> {
          store.join(table, begun, scope);
          return table;
        });
  }

  private void fill(TimeSpan gap) {
    Instant to = gap.to();
    measure(gap);
    while (gap.from().isBefore(to)) {
      Instant end = to.isAfter(newest) ? newest : to;
      Instant from = end.minus(length).truncatedTo(ChronoUnit.MILLIS);
      // What is older than all that is known is read at once: as a rule it is nothing.
      if (!from.isAfter(gap.from()) || !end.isAfter(oldest)) {
        from = gap.from();
      }
      boolean whole = length.compareTo(SHORTEST) <= 0;
      ReadRows read = new ReadRows(table.column(), whole ? Long.MAX_VALUE : MOST);
      statements.readSpan(table, new TimeSpan(from, to), "", read);
      if (read.isStopped()) {
        measure(new TimeSpan(gap.from(), to));
      } else {
        grow(read, from);
        to = from;
        rows += read.count();
        progress.reached(table.qualifiedName(), share(to), rows, statements.requests());
      }
    }
  }

  /** Lists give the newest first; one that does not is cut more often. */
  private void measure(TimeSpan span) {
    ReadRows sample = new ReadRows(table.column(), SAMPLE);
    statements.readSpan(table, span, " LIMIT " + SAMPLE, sample);
    if (sample.count() < SAMPLE) {
      length = LONGEST;
    } else {
      Duration filled = Duration.between(sample.newestBut(SAMPLE), sample.newestBut(0));
      Duration shorter = length.dividedBy(GROWTH);
      Duration goal = filled.multipliedBy(GOAL / SAMPLE);
      length = goal.compareTo(length) < 0 ? goal : shorter;
      length = length.compareTo(SHORTEST) < 0 ? SHORTEST : length;
      newest = sample.newestBut(0);
    }
  }

  /** What counts is the time in which there were rows, not how long there have been none since. */
  private void grow(ReadRows read, Instant from) {
    boolean none = read.count() == 0 || from.equals(TimeSpan.ALL.from());
    Duration filled = none ? length : Duration.between(from, read.newestBut(0));
    int growth = read.count() < SPARSE ? GROWTH_OF_SPARSE : GROWTH;
    double factor = none ? growth : Math.min(growth, (double) GOAL / read.count());
    Duration next = Duration.ofMillis((long) (filled.toMillis() * factor));
    length = next.compareTo(LONGEST) > 0 ? LONGEST : next.compareTo(SHORTEST) < 0 ? SHORTEST : next;
  }

  private double share(Instant reached) {
    double all = Duration.between(oldest, begun).toMillis();
    double done = Duration.between(reached, begun).toMillis();
    return reached.equals(TimeSpan.ALL.from())
        ? 1
        : all <= 0 ? Double.NaN : Math.min(1, done / all);
  }
}
