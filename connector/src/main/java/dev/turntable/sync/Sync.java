package dev.turntable.sync;

import dev.turntable.engine.Engine;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import dev.turntable.store.Store;
import dev.turntable.store.file.StoreSize;
import dev.turntable.store.parquet.ParquetReport;
import dev.turntable.store.sync.StoreSync;
import dev.turntable.store.sync.StoredCounts;
import dev.turntable.store.sync.SyncTable;
import dev.turntable.store.sync.SyncTable.Kind;
import dev.turntable.store.table.TimeSpan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the store of a connection up to date: first the lists, for they name what there is, then the
 * histories, then the rows of the catalogues with what belongs to them. What was read is committed step by
 * step, so that whoever ends it in the middle repeats one step. Used once, by one thread.
 */
public final class Sync {
  /** What can hardly change is asked for again after so long, if it is to be refreshed. */
  private static final Duration YOUNG = Duration.ofDays(1);

  private final StoreSync store;
  private final Statements statements;
  private final SyncOptions options;
  private final SyncProgress progress;
  private final Instant begun = Instant.now();
  private final List<String> skipped = new ArrayList<>();
  private List<TableState> before = List.of();

  /**
   * @param engine a connection with a store, from which it gets nothing more from now on
   * @throws IllegalArgumentException if it has no store
   * @throws TurntableException if a table of the options is none that is kept
   */
  public Sync(Engine engine, SyncOptions options, SyncProgress progress) {
    Store opened = engine.store();
    if (opened == null) {
      throw new IllegalArgumentException("the connection has no store");
    }
    this.store = opened.sync();
    this.statements = new Statements(engine, store);
    this.options = options;
    this.progress = progress;
    options.check(store.tables());
  }

  /**
   * Reads whatever may have changed.
   *
   * @throws TurntableException if a service or the store fails; what was read before is kept
   */
  public void run() {
    before = states();
    Instant oldest = new ListSync(statements, progress, skipped).run(wanted(Kind.LIST), begun);
    for (SyncTable table : wanted(Kind.HISTORY)) {
      new HistorySync(statements, store, table, oldest, progress).run(options.since());
    }
    Instant notBefore = options.refresh() ? begun.minus(YOUNG) : null;
    for (SyncTable table : wanted(Kind.CATALOGUE)) {
      List<SyncTable> parts =
          wanted(Kind.PART).stream().filter(part -> isBeside(part, table)).toList();
      new CatalogueSync(statements, store, table, parts, progress).run(logs(table), notBefore);
    }
  }

  /**
   * Compares how many rows the store has with how many the services tell, and reads once more where that
   * differs.
   *
   * @throws TurntableException if a service or the store fails; what was read before is kept
   */
  public VerifyReport verify() {
    VerifyReport all = new VerifyReport(0, 0, List.of());
    for (StoredCounts counts : StoredCounts.all(store)) {
      SyncTable counted = counts.counted();
      SyncTable telling = counts.telling();
      if (!wanted().contains(counted) || (telling != null && !wanted().contains(telling))) {
        continue;
      }
      if (isWhole(counted)) {
        all = all.and(new Verification(statements, counts).run());
      } else {
        String why =
            counted.qualifiedName() + ": not compared, for the store has a part of it only";
        all = all.and(new VerifyReport(0, 0, List.of(why)));
      }
    }
    return all;
  }

  /** What is too young to be settled was read too. */
  private boolean isWhole(SyncTable table) {
    List<TimeSpan> gaps =
        table.kind() == Kind.HISTORY
            ? statements.ask(scope -> store.gaps(table, null, scope))
            : List.of();
    return gaps.isEmpty() || (gaps.size() == 1 && gaps.get(0).from().isAfter(TimeSpan.ALL.from()));
  }

  /**
   * Writes what the store has of the same tables as Parquet, the days that are new or changed.
   *
   * @param directory where to
   * @throws TurntableException if the directory cannot be used, or is another account's
   */
  public SyncReport.Parquet writeParquet(Path directory) {
    List<SyncTable> tables = wanted();
    ParquetReport report =
        statements.ask(
            scope ->
                store.writeParquet(
                    directory,
                    tables,
                    (table, share, rows) ->
                        progress.reached(table + " as Parquet", share, rows, statements.requests()),
                    scope));
    return new SyncReport.Parquet(
        report.written(), report.rows(), report.removed(), report.unchanged());
  }

  /**
   * Gives back the room of what is no longer in the store, without a request.
   *
   * @throws TurntableException if that cannot be; then all is as it was
   */
  public SyncReport.Size compact() {
    StoreSize size = statements.ask(store::compact);
    return new SyncReport.Size(size.before(), size.after());
  }

  /** Returns what has been done so far, after a failure too. */
  public SyncReport report() {
    return new SyncReport(
        new SyncReport.Rows(store.tally().added(), store.tally().changed(), store.tally().gone()),
        statements.requests(),
        Duration.between(begun, Instant.now()),
        skipped,
        before,
        states());
  }

  private List<TableState> states() {
    return wanted().stream().map(table -> statements.ask(scope -> state(table, scope))).toList();
  }

  private TableState state(SyncTable table, StatementScope scope) {
    Instant settled = null;
    if (table.kind() == Kind.HISTORY) {
      List<TimeSpan> gaps = store.gaps(table, options.since(), scope);
      settled = gaps.isEmpty() ? null : gaps.get(0).from();
    }
    return new TableState(
        table.qualifiedName(),
        store.rows(table, scope),
        settled == null || settled.equals(TimeSpan.ALL.from()) || settled.equals(options.since())
            ? null
            : settled);
  }

  private List<SyncTable> wanted(Kind kind) {
    return wanted().stream().filter(table -> table.kind() == kind).toList();
  }

  private List<SyncTable> wanted() {
    return store.tables().stream()
        .filter(table -> options.includes(table, isBesideCatalogue(table)))
        .toList();
  }

  private boolean isBesideCatalogue(SyncTable table) {
    return store.tables().stream()
        .anyMatch(other -> other.kind() == Kind.CATALOGUE && isBeside(table, other));
  }

  private static boolean isBeside(SyncTable table, SyncTable other) {
    return table.schema().equals(other.schema());
  }

  private List<SyncTable> logs(SyncTable catalogue) {
    return store.tables().stream().filter(log -> isBeside(log, catalogue) && log.isLog()).toList();
  }
}
