package dev.turntable.store.read;

import dev.turntable.store.file.JsonText;
import dev.turntable.store.file.Micros;
import dev.turntable.store.file.Query;
import dev.turntable.store.table.Reading;
import dev.turntable.store.table.RowTable;
import dev.turntable.store.table.TimeSpan;
import dev.turntable.store.table.Window;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds which parts of a span of time a store has, by the windows that were read. */
public final class WindowCovers {
  private static final String TOUCHED =
      "EXISTS (SELECT 1 FROM writes w WHERE w.account = r.account AND w.written_at >= r.read_at AND ";

  private final SourceStore store;
  private final RowTable table;
  private final String scope;
  private final @Nullable ListsOfParents lists;

  /**
   * Lists that show the rows of all keys that another list names, as one of a project shows the runs of its
   * tasks.
   *
   * @param scopes the lists
   * @param parents the table whose list names the keys
   */
  public record ListsOfParents(List<String> scopes, String parents) {}

  /**
   * How a span is had.
   *
   * @param covered the parts that the store has, each with the window that tells so
   * @param gaps the parts that it does not have
   */
  public record Cover(List<Part> covered, List<TimeSpan> gaps) {
    public static Cover none(TimeSpan wanted) {
      return new Cover(List.of(), List.of(wanted));
    }
  }

  /**
   * A part of a span.
   *
   * @param readAt when it was read
   * @param listed whether a list showed its rows, so that those are meant that it did show
   */
  public record Part(TimeSpan span, Instant readAt, boolean listed) {}

  WindowCovers(SourceStore store, RowTable table, String scope, @Nullable ListsOfParents lists) {
    this.store = store;
    this.table = table;
    this.scope = scope;
    this.lists = lists;
  }

  /** Returns how each of some keys is had. */
  Map<String, Cover> find(
      Connection connection,
      @Nullable Integer account,
      String asked,
      Collection<String> keys,
      TimeSpan wanted,
      boolean anyAge)
      throws SQLException {
    Map<String, Cover> covers = new LinkedHashMap<>();
    keys.forEach(key -> covers.put(key, Cover.none(wanted)));
    if (account == null || !table.isThere(connection)) {
      return covers;
    }
    StoreReader.ask(connection, asked, covers.keySet());
    add(connection, windows(account, asked), isList(), covers, anyAge);
    if (lists != null) {
      add(connection, windowsOfLists(account, asked, lists, anyAge), true, covers, anyAge);
    }
    return covers;
  }

  private void add(
      Connection connection,
      Query windows,
      boolean listed,
      Map<String, Cover> covers,
      boolean anyAge)
      throws SQLException {
    try (PreparedStatement statement = windows.prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) { // of a key, the youngest first
        String key = rows.getString(1);
        TimeSpan usable = usable(rows, anyAge);
        Cover cover = covers.get(key);
        if (cover != null && !usable.isEmpty()) {
          covers.put(key, with(cover, usable, Micros.time(rows.getLong(4)), listed));
        }
      }
    }
  }

  private Query windows(int account, String asked) {
    return new Query()
        .add("SELECT r.key, epoch_us(r.from_time), epoch_us(r.to_time), epoch_us(r.read_at),")
        .add(" epoch_us(r.settled_to), (r.key = '' AND " + TOUCHED + "TRUE))")
        .add(" OR " + TOUCHED + "w.value = '*') OR " + TOUCHED + "w.value = r.key)")
        .add(" FROM windows r SEMI JOIN temp.main." + asked + " a ON r.key = a.key")
        .add(" WHERE r.account = ? AND r.table_name = ?", account, table.qualifiedName())
        .add(" AND r.scope = ? ORDER BY r.read_at DESC, r.from_time", scope);
  }

  /** What a list named after it was read was not left out by it. */
  private Query windowsOfLists(int account, String asked, ListsOfParents parents, boolean anyAge) {
    return new Query()
        .add("SELECT a.key, epoch_us(r.from_time), epoch_us(r.to_time), epoch_us(r.read_at),")
        .add(" epoch_us(r.settled_to), " + TOUCHED + "TRUE) FROM windows r, temp.main." + asked)
        .add(" a WHERE r.account = ? AND r.table_name = ?", account, table.qualifiedName())
        .add(" AND r.key = '' AND list_contains(from_json(?,", JsonText.array(parents.scopes()))
        .add(" '[\"VARCHAR\"]'), r.scope) AND EXISTS (SELECT 1 FROM readings l JOIN members m")
        .add(" ON m.account = l.account AND m.table_name = l.table_name AND m.scope = l.scope")
        .add(" WHERE l.account = ? AND l.table_name = ?", account, parents.parents())
        .add(" AND l.key = '' AND m.key = a.key AND l.read_at >= r.read_at")
        .add(anyAge ? "" : store.freshness("l"))
        .add(") ORDER BY r.read_at DESC, r.from_time");
  }

  /** Returns the part of a window that is young enough, of which nothing was written since. */
  private TimeSpan usable(ResultSet row, boolean anyAge) throws SQLException {
    TimeSpan span = new TimeSpan(Micros.time(row.getLong(2)), Micros.time(row.getLong(3)));
    Window window = new Window(span, Micros.time(row.getLong(4)), Micros.time(row.getLong(5)));
    boolean young = store.isFresh(window.readAt(), false);
    if (anyAge || (young && !row.getBoolean(6))) {
      return span;
    }
    return young || store.isFresh(window.readAt(), true) ? window.settled() : TimeSpan.NONE;
  }

  private static Cover with(Cover cover, TimeSpan usable, Instant readAt, boolean listed) {
    List<Part> covered = new ArrayList<>(cover.covered());
    List<TimeSpan> gaps = new ArrayList<>();
    for (TimeSpan gap : cover.gaps()) {
      TimeSpan common = gap.within(usable);
      if (!common.isEmpty()) {
        covered.add(new Part(common, readAt, listed));
      }
      gaps.addAll(gap.without(usable));
    }
    return new Cover(covered, gaps);
  }

  /** Returns when the oldest of what is covered was read. */
  static Instant oldest(Map<String, Cover> covers) {
    return covers.values().stream()
        .flatMap(cover -> cover.covered().stream())
        .map(Part::readAt)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  boolean isList() {
    return scope.startsWith(Reading.listScope(""));
  }
}
