package dev.turntable.store.sync;

import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import dev.turntable.store.file.Sql;
import dev.turntable.store.file.StoreFile;
import dev.turntable.store.file.StoreSize;
import dev.turntable.store.file.Waiting;
import dev.turntable.store.parquet.ParquetExport;
import dev.turntable.store.parquet.ParquetProgress;
import dev.turntable.store.parquet.ParquetReport;
import dev.turntable.store.parquet.ParquetTable;
import dev.turntable.store.read.SourceStore;
import dev.turntable.store.table.RowTable;
import dev.turntable.store.table.StoreAccount;
import dev.turntable.store.table.TimeSpan;
import dev.turntable.store.table.Window;
import dev.turntable.store.table.WindowTable;
import dev.turntable.store.write.StoreWriter;
import dev.turntable.store.write.SyncTally;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a store to bring it up to date. Rows come into it as those of all statements do;
 * this tells which to ask for. Not safe for use by several threads.
 */
public final class StoreSync {
  private final StoreFile file;
  private final Duration longestWait;
  private final Map<SyncTable, SourceStore> tables = new LinkedHashMap<>();
  private final SyncTally tally = new SyncTally();

  public StoreSync(StoreFile file, Duration longestWait, List<SourceStore> sources) {
    this.file = file;
    this.longestWait = longestWait;
    for (SourceStore source : sources) {
      SyncTable.of(source.source()).forEach(table -> tables.put(table, source));
    }
    StoreWriter.of(file).tally(tally);
  }

  /** Returns the tables that can be brought up to date. */
  public List<SyncTable> tables() {
    return List.copyOf(tables.keySet());
  }

  /** Returns each with its source. */
  Map<SyncTable, SourceStore> sources() {
    return Collections.unmodifiableMap(tables);
  }

  /** Returns what has changed in the store since this was made. */
  public SyncTally tally() {
    return tally;
  }

  /**
   * Commits what was read so far: from then on it outlives the process.
   *
   * @throws TurntableException if that cannot be
   */
  public void commit(StatementScope scope) {
    StoreWriter.of(file).flush(Waiting.of(scope, longestWait));
    TurntableException failure = StoreWriter.of(file).takeFailure();
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * Returns the spans of a history of which the store does not have every row for good, the newest first.
   *
   * @param since what was made before is not asked for
   */
  public List<TimeSpan> gaps(SyncTable history, @Nullable Instant since, StatementScope scope) {
    TimeSpan wanted = new TimeSpan(since == null ? TimeSpan.ALL.from() : since, TimeSpan.ALL.to());
    List<Window> windows =
        read(
            history,
            scope,
            List.of(),
            (connection, account) -> windows(connection, account, history).all());
    List<TimeSpan> gaps = List.of(wanted);
    for (Window window : windows) {
      gaps = TimeSpan.without(gaps, window.settled());
    }
    return gaps.stream().sorted(Comparator.comparing(TimeSpan::from).reversed()).toList();
  }

  /**
   * Makes one of the spans that were read since then and follow each other; it is as old as the oldest of
   * them.
   */
  public void join(SyncTable history, Instant since, StatementScope scope) {
    write(
        history,
        scope,
        (connection, account) -> {
          new WindowJoin(windows(connection, account, history)).run(since);
          return history;
        });
  }

  /**
   * Returns the known keys of a catalogue whose rows the store does not have, or not for good: never read,
   * not final, or named by a later row of a log.
   *
   * @param parts the tables of what belongs to its rows
   * @param logs lists whose rows name rows of the catalogue that have changed
   * @param notBefore when the last reading must have begun, or null if its age does not matter
   */
  public List<String> outdated(
      SyncTable catalogue,
      List<SyncTable> parts,
      List<SyncTable> logs,
      @Nullable Instant notBefore,
      StatementScope scope) {
    return read(
        catalogue,
        scope,
        List.of(),
        (connection, account) ->
            new OutdatedKeys(connection, account, catalogue).find(parts, logs, notBefore));
  }

  private static WindowTable windows(Connection connection, int account, SyncTable history) {
    return WindowTable.of(connection, account, history.qualifiedName(), history.list());
  }

  /** Returns how many rows the store has of a table. */
  public long rows(SyncTable table, StatementScope scope) {
    return read(table, scope, 0L, (connection, account) -> rows(connection, account, table));
  }

  private static long rows(Connection connection, int account, SyncTable table)
      throws SQLException {
    if (!Sql.isThere(connection, RowTable.nameOf(table.qualifiedName()))) {
      return 0;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT COUNT(*) FROM "
                + Sql.name(RowTable.nameOf(table.qualifiedName()))
                + " WHERE _account = ?")) {
      statement.setInt(1, account);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /**
   * Gives back the room of what is no longer in the store. Others wait meanwhile.
   *
   * @throws TurntableException if that cannot be; then all is as it was
   */
  public StoreSize compact(StatementScope scope) {
    commit(scope);
    return file.compact(Waiting.of(scope, longestWait));
  }

  /**
   * Writes what the store has of some tables as Parquet.
   *
   * @param directory where to, for one account of each service
   * @throws TurntableException if the directory cannot be used, or is another account's
   */
  public ParquetReport writeParquet(
      Path directory, List<SyncTable> wanted, ParquetProgress progress, StatementScope scope) {
    commit(scope);
    List<ParquetTable> all = new ArrayList<>();
    for (SyncTable table : wanted) {
      SourceStore source = tables.get(table);
      if (source != null) {
        all.add(table.parquet(source, account(table, scope)));
      }
    }
    return new ParquetExport(file, Waiting.of(scope, longestWait), progress).run(directory, all);
  }

  /** What is asked of an account. */
  interface Question<V> {
    V ask(Connection connection, int account) throws SQLException;
  }

  /**
   * @param none the answer of an account that the store does not know
   */
  <V> V read(SyncTable table, StatementScope scope, V none, Question<V> question) {
    StoreAccount account = account(table, scope);
    commit(scope);
    return file.read(
        Waiting.of(scope, longestWait),
        connection -> {
          Integer number = account.find(connection);
          return number == null ? none : question.ask(connection, number);
        });
  }

  /** Does nothing for an account that the store does not know. */
  void write(SyncTable table, StatementScope scope, Question<?> change) {
    StoreAccount account = account(table, scope);
    commit(scope);
    file.write(
        Waiting.of(scope, longestWait),
        connection -> {
          Integer number = account.find(connection);
          return number == null ? table : change.ask(connection, number);
        });
  }

  private StoreAccount account(SyncTable table, StatementScope scope) {
    SourceStore source = tables.get(table);
    if (source == null) {
      throw new IllegalArgumentException("no table of this store: " + table.qualifiedName());
    }
    return source.account(scope);
  }
}
