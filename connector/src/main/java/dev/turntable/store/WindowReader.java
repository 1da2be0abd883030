package dev.turntable.store;

import dev.turntable.source.StatementScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a store has of spans of time: what is covered, and the rows there. */
final class WindowReader {
  private static final String WINDOWS =
      "SELECT epoch_us(r.from_time), epoch_us(r.to_time), epoch_us(r.read_at), epoch_us(r.settled_to), EXISTS (SELECT 1 FROM"
          + " writes w WHERE w.account = r.account AND w.written_at >= r.read_at AND (w.value = '*' OR"
          + " r.key = '' OR w.value = r.key)) FROM windows r WHERE r.account = ? AND r.table_name = ?"
          + " AND r.scope = ? AND r.key = ? ORDER BY r.read_at DESC";

  private final SourceStore store;
  private final RowTable table;
  private final String timeColumn;

  /**
   * How a span is had.
   *
   * @param covered the parts that the store has, each with the window that tells so
   * @param gaps the parts that it does not have
   * @param rows how many rows the covered parts have
   */
  record Cover(List<Part> covered, List<TimeSpan> gaps, long rows) {
    @Nullable Instant readAt() {
      return covered.stream()
          .map(part -> part.window().readAt())
          .min(Instant::compareTo)
          .orElse(null);
    }
  }

  /** A part of a span, and the window that covers it. */
  record Part(TimeSpan span, Window window) {}

  WindowReader(SourceStore store, RowTable table, String timeColumn) {
    this.store = store;
    this.table = table;
    this.timeColumn = timeColumn;
  }

  /** Returns what is covered of a span; waits for others as long as {@code waiting} lets it. */
  Cover cover(
      StoreFile.Waiting waiting, StoreAccount account, String scope, String key, TimeSpan wanted) {
    store.file().writer().flush(waiting);
    return store
        .file()
        .read(
            waiting,
            connection -> {
              Integer number = account.find(connection);
              if (number == null || !table.isThere(connection)) {
                return new Cover(List.of(), List.of(wanted), 0);
              }
              return cover(connection, number, scope, key, wanted);
            });
  }

  private Cover cover(Connection connection, int account, String scope, String key, TimeSpan wanted)
      throws SQLException {
    List<Part> covered = new ArrayList<>();
    List<TimeSpan> gaps = new ArrayList<>(List.of(wanted));
    for (Part usable : usable(connection, account, scope, key)) {
      List<TimeSpan> left = new ArrayList<>();
      for (TimeSpan gap : gaps) {
        TimeSpan common = gap.within(usable.span());
        if (!common.isEmpty()) {
          covered.add(new Part(common, usable.window()));
        }
        left.addAll(gap.without(usable.span()));
      }
      gaps = left;
    }
    long rows = 0;
    for (Part part : covered) {
      rows += count(connection, account, scope, key, part);
    }
    return new Cover(covered, gaps, rows);
  }

  /** The youngest first. */
  private List<Part> usable(Connection connection, int account, String scope, String key)
      throws SQLException {
    List<Part> usable = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(WINDOWS)) {
      statement.setInt(1, account);
      statement.setString(2, table.qualifiedName());
      statement.setString(3, scope);
      statement.setString(4, key);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          TimeSpan span = new TimeSpan(Micros.time(rows.getLong(1)), Micros.time(rows.getLong(2)));
          Window window =
              new Window(span, Micros.time(rows.getLong(3)), Micros.time(rows.getLong(4)));
          boolean young = store.isFresh(window.readAt(), false);
          boolean settledIsYoung = young || store.isFresh(window.readAt(), true);
          if (young && !rows.getBoolean(5)) {
            usable.add(new Part(span, window));
          } else if (settledIsYoung && !window.settled().isEmpty()) {
            usable.add(new Part(window.settled(), window));
          }
        }
      }
    }
    return usable;
  }

  /**
   * Returns the rows of a part, newest first; null if the store has them no more, or not with all columns
   * that are needed.
   */
  @Nullable List<StoredRow> rows(
      StatementScope statement,
      StoreAccount account,
      String scope,
      String key,
      Part part,
      Set<String> needed) {
    StoreFile.Waiting waiting = store.waiting(statement);
    Optional<List<StoredRow>> rows =
        store
            .file()
            .read(
                waiting,
                connection -> {
                  Integer number = account.find(connection);
                  return number != null && isThere(connection, number, scope, key, part)
                      ? Optional.of(read(connection, number, scope, key, part))
                      : Optional.empty();
                });
    return rows.filter(all -> all.stream().allMatch(row -> StoreReader.has(row, needed)))
        .orElse(null);
  }

  private boolean isThere(Connection connection, int account, String scope, String key, Part part)
      throws SQLException {
    return usable(connection, account, scope, key).stream()
        .anyMatch(
            each ->
                each.window().equals(part.window()) && part.span().without(each.span()).isEmpty());
  }

  private List<StoredRow> read(
      Connection connection, int account, String scope, String key, Part part) throws SQLException {
    List<StoredRow> rows = new ArrayList<>();
    try (PreparedStatement statement =
            prepared(connection, table.selected(), account, scope, key, part);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(table.read(result));
      }
    }
    return rows;
  }

  private long count(Connection connection, int account, String scope, String key, Part part)
      throws SQLException {
    try (PreparedStatement statement = prepared(connection, "COUNT(*)", account, scope, key, part);
        ResultSet result = statement.executeQuery()) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  private PreparedStatement prepared(
      Connection connection, String what, int account, String scope, String key, Part part)
      throws SQLException {
    boolean list = key.isEmpty();
    String time = Sql.name(timeColumn);
    PreparedStatement statement =
        connection.prepareStatement(
            "SELECT "
                + what
                + " FROM "
                + table.name()
                + " WHERE _account = ? AND "
                + time
                + " >= make_timestamp(?) AND "
                + time
                + " < make_timestamp(?) AND "
                + (list ? "_listed >= make_timestamp(?)" : StoreReader.keyOf(scope) + " = ?")
                + (what.startsWith("COUNT") ? "" : " ORDER BY " + time + " DESC, _place"));
    statement.setInt(1, account);
    statement.setLong(2, Micros.of(part.span().from()));
    statement.setLong(3, Micros.of(part.span().to()));
    if (list) {
      statement.setLong(4, Micros.of(part.window().readAt()));
    } else {
      statement.setString(4, key);
    }
    return statement;
  }
}
