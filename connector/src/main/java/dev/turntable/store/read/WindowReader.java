package dev.turntable.store.read;

import dev.turntable.source.StatementScope;
import dev.turntable.store.file.JsonText;
import dev.turntable.store.file.Micros;
import dev.turntable.store.file.Query;
import dev.turntable.store.file.Sql;
import dev.turntable.store.file.Waiting;
import dev.turntable.store.table.KeyText;
import dev.turntable.store.table.RowTable;
import dev.turntable.store.table.StoreAccount;
import dev.turntable.store.table.TimeSpan;
import dev.turntable.store.write.StoreWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a store has of spans of time: what is covered, and the rows there. */
public final class WindowReader {
  private final SourceStore store;
  private final RowTable table;
  private final String timeColumn;
  private final String scope;
  private final WindowCovers covers;

  /** What is covered of the span, and the rows there. */
  public record Found(Map<String, WindowCovers.Cover> covers, List<StoredRows> rows) {}

  /**
   * What is wanted.
   *
   * @param span the span
   * @param apart whether the rows of each part are wanted by themselves, in the order of the parts; else
   *     all of them are one result
   * @param anyAge whether they may be of any age
   */
  public record Wanted(TimeSpan span, boolean apart, boolean anyAge) {}

  /**
   * How much of what is asked is there.
   *
   * @param readAt when the oldest of it was read, or null if nothing is there
   */
  public record Summary(
      Map<String, WindowCovers.Cover> covers, long rows, @Nullable Instant readAt) {}

  /**
   * @param scope the columns of the keys, or the name of the list
   * @param lists which lists may stand for a key
   */
  public WindowReader(
      SourceStore store,
      RowTable table,
      String timeColumn,
      String scope,
      WindowCovers.@Nullable ListsOfParents lists) {
    this.store = store;
    this.table = table;
    this.timeColumn = timeColumn;
    this.scope = scope;
    this.covers = new WindowCovers(store, table, scope, lists);
  }

  /**
   * Finds the rows of a span.
   *
   * @param keys the texts of the keys
   */
  public Found find(
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
          Map<String, WindowCovers.Cover> found =
              covers.find(connection, number, asked, keys, rows.span(), rows.anyAge());
          if (number == null || found.values().stream().allMatch(c -> c.covered().isEmpty())) {
            return new Found(found, List.of());
          }
          for (String key : lacking(connection, number, asked, found, selection)) {
            found.put(key, WindowCovers.Cover.none(rows.span()));
          }
          Query all = rows(connection, number, asked + "_whole", found);
          shown.tell(connection, all, statement);
          List<StoredRows> results = new ArrayList<>();
          if (rows.apart() && found.size() == 1) {
            for (Map.Entry<String, WindowCovers.Cover> entry : found.entrySet()) {
              for (WindowCovers.Part part : entry.getValue().covered()) {
                Query one = ofOneKey(number, entry.getKey(), List.of(part));
                results.add(result(reading, connection, selection, one, part.readAt()));
              }
            }
          } else {
            results.add(result(reading, connection, selection, all, WindowCovers.oldest(found)));
          }
          return new Found(found, results);
        });
  }

  /** Returns the rows of a span, or null if not all are there and young enough. */
  public StoreReader.@Nullable Kept kept(
      StatementReading reading,
      StoreAccount account,
      Collection<String> keys,
      TimeSpan wanted,
      Selection selection) {
    return reading
        .<Optional<StoreReader.Kept>>ask(
            connection -> {
              String asked = "asked_" + reading.nextResult();
              Integer number = account.find(connection);
              Map<String, WindowCovers.Cover> found =
                  covers.find(connection, number, asked, keys, wanted, false);
              if (number == null
                  || found.values().stream().anyMatch(cover -> !cover.gaps().isEmpty())
                  || !lacking(connection, number, asked, found, selection).isEmpty()) {
                return Optional.empty();
              }
              return Optional.of(
                  new StoreReader.Kept(
                      rows(connection, number, asked + "_whole", found),
                      WindowCovers.oldest(found)));
            })
        .orElse(null);
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
  public Summary look(StoreAccount account, Collection<String> keys, TimeSpan wanted) {
    Waiting waiting = store.file().impatient();
    StoreWriter.of(store.file()).flush(waiting);
    return store
        .file()
        .read(
            waiting,
            connection -> {
              Integer number = account.find(connection);
              Map<String, WindowCovers.Cover> found =
                  covers.find(connection, number, "asked", keys, wanted, false);
              if (number == null || found.values().stream().allMatch(c -> c.covered().isEmpty())) {
                return new Summary(found, 0, null);
              }
              Query query =
                  new Query().add("SELECT COUNT(*)").add(rows(connection, number, "parts", found));
              try (PreparedStatement statement = query.prepare(connection);
                  ResultSet row = statement.executeQuery()) {
                row.next();
                return new Summary(found, row.getLong(1), WindowCovers.oldest(found));
              }
            });
  }

  /** Returns the keys of which a row lacks a column that is wanted. */
  private Set<String> lacking(
      Connection connection,
      int account,
      String asked,
      Map<String, WindowCovers.Cover> found,
      Selection selection)
      throws SQLException {
    String key = covers.isList() ? "''" : KeyText.sqlOfRow(scope);
    Query query =
        new Query()
            .add("SELECT DISTINCT " + key)
            .add(rows(connection, account, asked + "_parts", found))
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

  private String time() {
    return "t." + Sql.name(timeColumn);
  }

  /** Returns FROM and WHERE of the rows of all parts: one join, however many keys there are. */
  private Query rows(
      Connection connection, int account, String parts, Map<String, WindowCovers.Cover> found)
      throws SQLException {
    if (found.size() == 1) {
      Map.Entry<String, WindowCovers.Cover> only = found.entrySet().iterator().next();
      return ofOneKey(account, only.getKey(), only.getValue().covered());
    }
    put(connection, parts, found);
    return new Query()
        .add(" FROM " + table.name() + " t JOIN temp.main." + parts + " p ON p.k = ")
        .add(KeyText.sqlOfRow(scope) + " AND " + time() + " >= make_timestamp(p.f) AND ")
        .add(
            time() + " < make_timestamp(p.u) AND (p.l IS NULL OR t._listed >= make_timestamp(p.l))")
        .add(" WHERE t._account = ?", account);
  }

  private static void put(
      Connection connection, String parts, Map<String, WindowCovers.Cover> found)
      throws SQLException {
    StringBuilder json = new StringBuilder("[");
    found.forEach(
        (key, cover) -> {
          for (WindowCovers.Part part : cover.covered()) {
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

  private Query ofOneKey(int account, String key, List<WindowCovers.Part> parts) {
    Query query = new Query().add(" FROM " + table.name() + " t WHERE t._account = ?", account);
    if (!covers.isList()) {
      query.add(" AND " + KeyText.sqlOfRow(scope) + " = ?", key);
    }
    query.add(" AND (FALSE");
    for (WindowCovers.Part part : parts) {
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
