package dev.turntable.store.read;

import dev.turntable.source.Ordering;
import dev.turntable.source.StatementScope;
import dev.turntable.store.file.JsonText;
import dev.turntable.store.file.Micros;
import dev.turntable.store.file.Query;
import dev.turntable.store.file.Sql;
import dev.turntable.store.file.Waiting;
import dev.turntable.store.table.KeyText;
import dev.turntable.store.table.Reading;
import dev.turntable.store.table.RowTable;
import dev.turntable.store.table.StoreAccount;
import dev.turntable.store.write.StoreWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of one table out of the store by their keys, or those of a list: what is known to be all
 * of it. Keys are asked for together, by one join with a temporary table, however many there are.
 */
public final class StoreReader {
  private final SourceStore store;
  private final RowTable table;

  /**
   * What is there.
   *
   * @param keys the keys whose rows are all there, each with the time at which the oldest was read
   * @param rows the rows that were asked for, of these keys, in the order of the keys; null if there is no
   *     key
   */
  public record Found(Map<String, Instant> keys, @Nullable StoredRows rows) {
    public static final Found NOTHING = new Found(Map.of(), null);
  }

  /**
   * How much of what is asked is there.
   *
   * @param keys the texts of the keys that are
   * @param rows how many rows they have
   * @param readAt when the oldest was read, or null if nothing is there
   */
  public record Summary(Set<String> keys, long rows, @Nullable Instant readAt) {}

  public StoreReader(SourceStore store, RowTable table) {
    this.store = store;
    this.table = table;
  }

  /**
   * Finds the rows of those keys whose rows are all there, and young enough.
   *
   * @param scope the columns of the keys
   * @param keys their texts
   * @param anyAge whether they may be of any age
   */
  public Found find(
      StatementScope statement,
      StoreAccount account,
      String scope,
      Collection<String> keys,
      Selection selection,
      List<Ordering> order,
      ShownKeys shown,
      boolean anyAge) {
    StatementReading reading = StatementReading.of(store, statement);
    return reading.ask(
        connection -> {
          Integer number = account.find(connection);
          if (number == null || !table.isThere(connection)) {
            return Found.NOTHING;
          }
          String name = "asked_" + reading.nextResult();
          ask(connection, name, keys);
          Map<String, Instant> found = answered(connection, name, number, scope, selection, anyAge);
          if (found.isEmpty()) {
            return Found.NOTHING;
          }
          boolean list = scope.startsWith(Reading.listScope(""));
          Query rows =
              list ? ofList(number, scope) : ofKeys(number, scope, "temp.main." + name + "_there");
          shown.tell(connection, rows, statement);
          Query query =
              new Query()
                  .add("SELECT " + selection.list())
                  .add(rows)
                  .add(selection.where() + selection.orderBy(orderBy(order, list)));
          Instant oldest = found.values().stream().min(Instant::compareTo).orElseThrow();
          return new Found(found, StoredRows.of(reading, connection, selection, query, oldest));
        });
  }

  /**
   * What is all there.
   *
   * @param rows FROM and WHERE of the rows {@code t}
   * @param readAt when the oldest was read
   */
  public record Kept(Query rows, Instant readAt) {}

  /** Returns the rows of some keys, or of a list, or null if not all are there and young enough. */
  public @Nullable Kept kept(
      StatementReading reading,
      StoreAccount account,
      String scope,
      Set<String> keys,
      Selection selection) {
    return reading
        .<Optional<Kept>>ask(
            connection -> {
              Integer number = account.find(connection);
              if (number == null || keys.isEmpty() || !table.isThere(connection)) {
                return Optional.empty();
              }
              String name = "asked_" + reading.nextResult();
              ask(connection, name, keys);
              Map<String, Instant> found =
                  answered(connection, name, number, scope, selection, false);
              if (found.size() < keys.size()) {
                return Optional.empty();
              }
              boolean list = scope.startsWith(Reading.listScope(""));
              Query rows =
                  list
                      ? ofList(number, scope)
                      : ofKeys(number, scope, "temp.main." + name + "_there");
              return Optional.of(
                  new Kept(rows, found.values().stream().min(Instant::compareTo).orElseThrow()));
            })
        .orElse(null);
  }

  /** Returns what {@link #find} would find, but for rows that lack a column. Waits for nobody. */
  public Summary look(StoreAccount account, String scope, Collection<String> keys) {
    Waiting waiting = store.file().impatient();
    StoreWriter.of(store.file()).flush(waiting);
    return store
        .file()
        .read(
            waiting,
            connection -> {
              Integer number = account.find(connection);
              if (number == null) {
                return new Summary(Set.of(), 0, null);
              }
              ask(connection, "asked", keys);
              return look(connection, number, scope);
            });
  }

  private Summary look(Connection connection, int account, String scope) throws SQLException {
    Query query =
        new Query()
            .add("SELECT r.key, r.row_count, epoch_us(r.read_at) FROM readings r SEMI JOIN")
            .add(" temp.main.asked a ON r.key = a.key")
            .add(known(account, scope, false));
    Set<String> found = new HashSet<>();
    long count = 0;
    long oldest = Long.MAX_VALUE;
    try (PreparedStatement statement = query.prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(rows.getString(1));
        count += rows.getLong(2);
        oldest = Math.min(oldest, rows.getLong(3));
      }
    }
    return new Summary(found, count, found.isEmpty() ? null : Micros.time(oldest));
  }

  /** Makes a table of the texts of keys, each with its place. */
  public static void ask(Connection connection, String name, Collection<String> keys)
      throws SQLException {
    Query query =
        new Query()
            .add("CREATE TEMP TABLE " + name + " AS SELECT k AS key, ROW_NUMBER() OVER () AS place")
            .add(" FROM (SELECT unnest(from_json(?, '[\"VARCHAR\"]')) AS k)", JsonText.array(keys));
    try (PreparedStatement statement = query.prepare(connection)) {
      statement.execute();
    }
  }

  /** Leaves of the asked keys those whose rows are there, and young enough. */
  private Map<String, Instant> answered(
      Connection connection,
      String asked,
      int account,
      String scope,
      Selection selection,
      boolean anyAge)
      throws SQLException {
    boolean list = scope.startsWith(Reading.listScope(""));
    Query rows = list ? ofList(account, scope) : ofKeys(account, scope, "known");
    Query query =
        new Query()
            .add("CREATE TEMP TABLE " + asked + "_there AS WITH known AS (SELECT r.key, r.read_at,")
            .add(" r.row_count, a.place FROM readings r JOIN temp.main." + asked)
            .add(" a ON r.key = a.key")
            .add(known(account, scope, anyAge))
            .add("), there AS (SELECT " + (list ? "''" : "a.key") + " AS key, COUNT(*) AS rows,")
            .add(" MIN(t._read_at) AS read_at, bool_or(" + selection.lacks() + ") AS lacks")
            .add(rows)
            .add(" GROUP BY 1) SELECT k.key, k.place, LEAST(k.read_at, t.read_at) AS read_at")
            .add(" FROM known k LEFT JOIN there t ON t.key = k.key")
            .add(" WHERE COALESCE(t.rows, 0) = k.row_count AND NOT COALESCE(t.lacks, FALSE)");
    try (PreparedStatement statement = query.prepare(connection)) {
      statement.execute();
    }
    Map<String, Instant> found = new HashMap<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT key, epoch_us(read_at) FROM temp.main." + asked + "_there");
        ResultSet there = statement.executeQuery()) {
      while (there.next()) {
        found.put(there.getString(1), Micros.time(there.getLong(2)));
      }
    }
    return found;
  }

  /** The readings {@code r} that tell of what was read late enough, and not written since. */
  private Query known(int account, String scope, boolean anyAge) {
    Query query =
        new Query()
            .add(" WHERE r.account = ? AND r.table_name = ?", account, table.qualifiedName())
            .add(" AND r.scope = ?", scope);
    return anyAge ? query : query.add(store.freshness("r")).add(untouched(account, scope));
  }

  /** What was written later than it was read says nothing more. */
  private static String untouched(int account, String scope) {
    StringBuilder sql = new StringBuilder();
    boolean list = scope.startsWith(Reading.listScope(""));
    int parts = list ? 0 : scope.split(",", -1).length;
    for (int part = 0; part <= parts; part++) {
      sql.append(" AND NOT EXISTS (SELECT 1 FROM writes w WHERE w.account = ").append(account);
      sql.append(" AND w.written_at >= r.read_at");
      if (part > 0) {
        sql.append(" AND w.value = split_part(r.key, chr(31), ").append(part).append(')');
      } else if (!list) {
        sql.append(" AND w.value = '*'");
      }
      sql.append(')');
    }
    return sql.toString();
  }

  private Query ofKeys(int account, String scope, String keys) {
    return new Query()
        .add(" FROM " + table.name() + " t JOIN " + keys + " a ON a.key = ")
        .add(KeyText.sqlOfRow(scope))
        .add(" WHERE t._account = ?", account);
  }

  private Query ofList(int account, String scope) {
    return new Query()
        .add(" FROM " + table.name() + " t JOIN members m ON m.account = t._account AND")
        .add(" m.key = t._key WHERE t._account = ?", account)
        .add(" AND m.table_name = ? AND m.scope = ?", table.qualifiedName(), scope);
  }

  private static String orderBy(List<Ordering> order, boolean list) {
    StringBuilder by = new StringBuilder(list ? "" : "a.place, ");
    for (Ordering each : order) {
      by.append("t.")
          .append(Sql.name(each.column()))
          .append(each.descending() ? " DESC NULLS FIRST, " : " ASC NULLS LAST, ");
    }
    return by.append(list ? "m.place" : "t._place").toString();
  }
}
