package dev.turntable.store;

import dev.turntable.source.StatementScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a store has of spans of time: what is covered, and the rows there. */
final class WindowReader {
  private final SourceStore store;
  private final RowTable table;
  private final String timeColumn;
  private final String scope;
  private final @Nullable ListsOfParents lists;

  /**
   * Lists that show the rows of all keys that another list names, as one of a project shows the runs of its
   * tasks.
   *
   * @param scopes the lists
   * @param parents the table whose list names the keys
   */
  record ListsOfParents(List<String> scopes, String parents) {}

  /**
   * How a span is had.
   *
   * @param covered the parts that the store has, each with the window that tells so
   * @param gaps the parts that it does not have
   */
  record Cover(List<Part> covered, List<TimeSpan> gaps) {
    static Cover none(TimeSpan wanted) {
      return new Cover(List.of(), List.of(wanted));
    }
  }

  /**
   * A part of a span.
   *
   * @param readAt when it was read
   * @param listed whether a list showed its rows, so that those are meant that it did show
   */
  record Part(TimeSpan span, Instant readAt, boolean listed) {}

  /** What is covered of the span, and the rows there. */
  record Found(Map<String, Cover> covers, List<StoredRows> rows) {}

  /**
   * What is wanted.
   *
   * @param span the span
   * @param apart whether the rows of each part are wanted by themselves, in the order of the parts; else
   *     all of them are one result
   * @param anyAge whether they may be of any age
   */
  record Wanted(TimeSpan span, boolean apart, boolean anyAge) {}

  /**
   * How much of what is asked is there.
   *
   * @param readAt when the oldest of it was read, or null if nothing is there
   */
  record Summary(Map<String, Cover> covers, long rows, @Nullable Instant readAt) {}

  /**
   * @param scope the columns of the keys, or the name of the list
   * @param lists which lists may stand for a key
   */
  WindowReader(
      SourceStore store,
      RowTable table,
      String timeColumn,
      String scope,
      @Nullable ListsOfParents lists) {
    this.store = store;
    this.table = table;
    this.timeColumn = timeColumn;
    this.scope = scope;
    this.lists = lists;
  }

  /**
   * Finds the rows of a span.
   *
   * @param keys the texts of the keys
   */
  Found find(
      StatementScope statement,
      StoreAccount account,
      Collection<String> keys,
      Wanted rows,
      Selection selection,
      ShownKeys shown) {
    StatementReading reading = StatementReading.of(store, statement);
    return reading.ask(
        connection -> {
          String asked = "asked_" + reading.nextResult();
          Integer number = account.find(connection);
          Map<String, Cover> covers =
              covers(connection, number, asked, keys, rows.span(), rows.anyAge());
          if (number == null || covers.values().stream().allMatch(c -> c.covered().isEmpty())) {
            return new Found(covers, List.of());
          }
          for (String key : lacking(connection, number, asked, covers, selection)) {
            covers.put(key, Cover.none(rows.span()));
          }
          Query all = rows(connection, number, asked + "_whole", covers);
          shown.tell(connection, all, statement);
          List<StoredRows> results = new ArrayList<>();
          if (rows.apart() && covers.size() == 1) {
            for (Map.Entry<String, Cover> entry : covers.entrySet()) {
              for (Part part : entry.getValue().covered()) {
                Query one = ofOneKey(number, entry.getKey(), List.of(part));
                results.add(result(reading, connection, selection, one, part.readAt()));
              }
            }
          } else {
            results.add(result(reading, connection, selection, all, oldest(covers)));
          }
          return new Found(covers, results);
        });
  }

  private StoredRows result(
      StatementReading reading,
      Connection connection,
      Selection selection,
      Query rows,
      Instant readAt)
      throws SQLException {
    Query query =
        new Query()
            .add("SELECT " + selection.list())
            .add(rows)
            .add(selection.where() + selection.orderBy(time() + " DESC, t._place, t._key"));
    return StoredRows.of(reading, connection, selection, query, readAt);
  }

  /** Returns what {@link #find} would find, but for rows that lack a column. Waits for nobody. */
  Summary look(StoreAccount account, Collection<String> keys, TimeSpan wanted) {
    StoreFile.Waiting waiting = store.file().impatient();
    store.file().writer().flush(waiting);
    return store
        .file()
        .read(
            waiting,
            connection -> {
              Integer number = account.find(connection);
              Map<String, Cover> covers = covers(connection, number, "asked", keys, wanted, false);
              if (number == null || covers.values().stream().allMatch(c -> c.covered().isEmpty())) {
                return new Summary(covers, 0, null);
              }
              Query query =
                  new Query().add("SELECT COUNT(*)").add(rows(connection, number, "parts", covers));
              try (PreparedStatement statement = query.prepare(connection);
                  ResultSet row = statement.executeQuery()) {
                row.next();
                return new Summary(covers, row.getLong(1), oldest(covers));
              }
            });
  }

  private static Instant oldest(Map<String, Cover> covers) {
    return covers.values().stream()
        .flatMap(cover -> cover.covered().stream())
        .map(Part::readAt)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  private Map<String, Cover> covers(
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

  private static final String TOUCHED =
      "EXISTS (SELECT 1 FROM writes w WHERE w.account = r.account AND w.written_at >= r.read_at AND ";

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

  /** Returns the keys of which a row lacks a column that is wanted. */
  private Set<String> lacking(
      Connection connection,
      int account,
      String asked,
      Map<String, Cover> covers,
      Selection selection)
      throws SQLException {
    String key = isList() ? "''" : StoreReader.keyOfRow(scope);
    Query query =
        new Query()
            .add("SELECT DISTINCT " + key)
            .add(rows(connection, account, asked + "_parts", covers))
            .add(" AND " + selection.lacks());
    Set<String> keys = new HashSet<>();
    try (PreparedStatement statement = query.prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        keys.add(rows.getString(1));
      }
    }
    return keys;
  }

  private boolean isList() {
    return scope.startsWith(Reading.listScope(""));
  }

  private String time() {
    return "t." + Sql.name(timeColumn);
  }

  /** Returns FROM and WHERE of the rows of all parts: one join, however many keys there are. */
  private Query rows(Connection connection, int account, String parts, Map<String, Cover> covers)
      throws SQLException {
    if (covers.size() == 1) {
      Map.Entry<String, Cover> only = covers.entrySet().iterator().next();
      return ofOneKey(account, only.getKey(), only.getValue().covered());
    }
    put(connection, parts, covers);
    return new Query()
        .add(" FROM " + table.name() + " t JOIN temp.main." + parts + " p ON p.k = ")
        .add(StoreReader.keyOfRow(scope) + " AND " + time() + " >= make_timestamp(p.f) AND ")
        .add(
            time() + " < make_timestamp(p.u) AND (p.l IS NULL OR t._listed >= make_timestamp(p.l))")
        .add(" WHERE t._account = ?", account);
  }

  private static void put(Connection connection, String parts, Map<String, Cover> covers)
      throws SQLException {
    StringBuilder json = new StringBuilder("[");
    covers.forEach(
        (key, cover) -> {
          for (Part part : cover.covered()) {
            json.append(json.length() == 1 ? "{\"k\":" : ",{\"k\":");
            JsonText.append(json, key);
            json.append(",\"f\":").append(Micros.of(part.span().from()));
            json.append(",\"u\":").append(Micros.of(part.span().to()));
            if (part.listed()) {
              json.append(",\"l\":").append(Micros.of(part.readAt()));
            }
            json.append('}');
          }
        });
    Query query =
        new Query()
            .add("CREATE TEMP TABLE " + parts + " AS SELECT unnest(from_json(?,", json + "]")
            .add(
                " '[{\"k\":\"VARCHAR\",\"f\":\"BIGINT\",\"u\":\"BIGINT\",\"l\":\"BIGINT\"}]'), max_depth := 2)");
    try (PreparedStatement statement = query.prepare(connection)) {
      statement.execute();
    }
  }

  private Query ofOneKey(int account, String key, List<Part> parts) {
    Query query = new Query().add(" FROM " + table.name() + " t WHERE t._account = ?", account);
    if (!isList()) {
      query.add(" AND " + StoreReader.keyOfRow(scope) + " = ?", key);
    }
    query.add(" AND (FALSE");
    for (Part part : parts) {
      query
          .add(" OR (" + time() + " >= make_timestamp(?)", Micros.of(part.span().from()))
          .add(" AND " + time() + " < make_timestamp(?)", Micros.of(part.span().to()));
      if (part.listed()) {
        query.add(" AND t._listed >= make_timestamp(?)", Micros.of(part.readAt()));
      }
      query.add(")");
    }
    return query.add(")");
  }
}
