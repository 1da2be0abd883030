package dev.turntable.store;

import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

  StoreSync(StoreFile file, Duration longestWait, List<SourceStore> sources) {
    this.file = file;
    this.longestWait = longestWait;
    for (SourceStore source : sources) {
      source.syncTables().forEach(table -> tables.put(table, source));
    }
    file.writer().tally(tally);
  }

  /** Returns the tables that can be brought up to date. */
  public List<SyncTable> tables() {
    return List.copyOf(tables.keySet());
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
    file.writer().flush(StoreFile.of(scope, longestWait));
    TurntableException failure = file.writer().takeFailure();
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
    List<TimeSpan> gaps = new ArrayList<>(List.of(wanted));
    for (Window window : windows(history, scope)) {
      List<TimeSpan> left = new ArrayList<>();
      gaps.forEach(gap -> left.addAll(gap.without(window.settled())));
      gaps = left;
    }
    gaps.sort(Comparator.comparing(TimeSpan::from).reversed());
    return gaps;
  }

  private List<Window> windows(SyncTable history, StatementScope scope) {
    return read(history, scope, (connection, account) -> windows(connection, account, history));
  }

  private static List<Window> windows(Connection connection, int account, SyncTable history)
      throws SQLException {
    List<Window> windows = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT epoch_us(from_time), epoch_us(to_time), epoch_us(read_at), epoch_us(settled_to)"
                + " FROM windows WHERE account = ? AND table_name = ? AND scope = ? AND key = ''"
                + " ORDER BY from_time")) {
      statement.setInt(1, account);
      statement.setString(2, history.qualifiedName());
      statement.setString(3, Reading.listScope(history.list()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          windows.add(
              new Window(
                  new TimeSpan(Micros.time(rows.getLong(1)), Micros.time(rows.getLong(2))),
                  Micros.time(rows.getLong(3)),
                  Micros.time(rows.getLong(4))));
        }
      }
    }
    return windows;
  }

  /**
   * Makes one of the spans that were read since then and follow each other; it is as old as the oldest of
   * them.
   */
  public void join(SyncTable history, Instant since, StatementScope scope) {
    StoreAccount account = account(history, scope);
    commit(scope);
    file.write(
        StoreFile.of(scope, longestWait),
        connection -> {
          Integer number = account.find(connection);
          if (number != null) {
            new WindowJoin(connection, number, history)
                .run(windows(connection, number, history), since);
          }
          return number != null;
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
        (connection, account) ->
            new OutdatedKeys(connection, account, catalogue).find(parts, logs, notBefore));
  }

  /** Returns how many rows the store has of a table. */
  public long rows(SyncTable table, StatementScope scope) {
    return read(table, scope, (connection, account) -> List.of(rows(connection, account, table)))
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static long rows(Connection connection, int account, SyncTable table)
      throws SQLException {
    if (!Sql.isThere(connection, "rows " + table.qualifiedName())) {
      return 0;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT COUNT(*) FROM "
                + Sql.name("rows " + table.qualifiedName())
                + " WHERE _account = ?")) {
      statement.setInt(1, account);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /** A query of what an account has. */
  private interface Query<V> {
    List<V> rows(Connection connection, int account) throws SQLException;
  }

  private <V> List<V> read(SyncTable table, StatementScope scope, Query<V> query) {
    StoreAccount account = account(table, scope);
    commit(scope);
    return file.read(
        StoreFile.of(scope, longestWait),
        connection -> {
          Integer number = account.find(connection);
          return number == null ? List.<V>of() : query.rows(connection, number);
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
