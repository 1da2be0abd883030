package dev.turntable.store.kept;

import dev.turntable.store.file.JsonText;
import dev.turntable.store.file.Micros;
import dev.turntable.store.file.Query;
import dev.turntable.store.table.KeyText;
import dev.turntable.store.table.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the store has of all keys of a catalogue, in one table. Looking at every row takes long where there
 * are many, so that it is kept for as long as the store does not change.
 *
 * @param known how many keys are known
 * @param whole whether all rows of each of them are there, and none was written since
 * @param oldest when the oldest of those was read that may change; null if there is none
 * @param oldestFinal the same of those that hardly change
 * @param youngest when the youngest was read; null if nothing is known
 * @param others the keys that have rows and are not known, archived ones for example; null if they are many
 * @param leftOut the columns that some row does not have
 * @param ordersTextsByBytes what was found of the texts of some columns
 */
public record KnownState(
    long known,
    boolean whole,
    @Nullable Instant oldest,
    @Nullable Instant oldestFinal,
    @Nullable Instant youngest,
    @Nullable List<String> others,
    Set<String> leftOut,
    Map<Set<String>, Boolean> ordersTextsByBytes) {
  private static final int MOST_OTHERS = 1_000;

  /** The ids of an account that a reading of all known ones asks for; its parameter is the account. */
  public static final String KNOWN =
      "(SELECT n.id FROM named_tasks n LEFT JOIN task_states s ON s.account = n.account AND s.id = n.id"
          + " WHERE n.account = ? GROUP BY n.id HAVING NOT bool_or(s.archived_at IS NOT NULL)"
          + " AND bool_or(s.found IS DISTINCT FROM FALSE OR n.named_at > s.last_read))";

  /** Looks at all rows, once. */
  static KnownState of(Connection connection, int account, RowTable table, String scope)
      throws SQLException {
    Query counts =
        new Query()
            .add("WITH known AS " + KNOWN, account)
            .add(", r AS (SELECT key, read_at, row_count, is_final FROM readings WHERE account = ?")
            .add(" AND table_name = ? AND scope = ?)", account, table.qualifiedName(), scope)
            .add(", n AS (" + counts(table, scope), account)
            .add("), written AS (SELECT value, MAX(written_at) AS written_at FROM writes WHERE")
            .add(
                " account = ? GROUP BY value) SELECT COUNT(k.id), COUNT(*) FILTER (k.id IS NOT NULL",
                account)
            .add(" AND (r.key IS NULL OR n.rows IS DISTINCT FROM r.row_count OR w.written_at >=")
            .add(
                " r.read_at OR r.read_at <= (SELECT MAX(written_at) FROM written WHERE value = '*'))),")
            .add(" epoch_us(MIN(r.read_at) FILTER (NOT r.is_final)),")
            .add(" epoch_us(MIN(r.read_at) FILTER (r.is_final)), epoch_us(MAX(r.read_at)),")
            .add(" COUNT(*) FILTER (k.id IS NULL)")
            .add(" FROM known k FULL JOIN n ON n.key = k.id LEFT JOIN r ON r.key = k.id")
            .add(" LEFT JOIN written w ON w.value = k.id");
    Set<String> leftOut = leftOut(connection, account, table);
    try (PreparedStatement statement = counts.prepare(connection);
        ResultSet row = statement.executeQuery()) {
      row.next();
      long others = row.getLong(6);
      return new KnownState(
          row.getLong(1),
          row.getLong(2) == 0,
          time(row, 3),
          time(row, 4),
          time(row, 5),
          others > MOST_OTHERS ? null : others(connection, account, table, scope, others),
          leftOut,
          new ConcurrentHashMap<>());
    }
  }

  /** A key that names one row need not be counted. */
  private static String counts(RowTable table, String scope) {
    String key = KeyText.sqlOfRow(scope) + " AS key, ";
    String from = " FROM " + table.name() + " t WHERE t._account = ?";
    return table.table().primaryKey().equals(List.of(scope))
        ? "SELECT " + key + "1 AS rows" + from
        : "SELECT " + key + "COUNT(*) AS rows" + from + " GROUP BY 1";
  }

  private static List<String> others(
      Connection connection, int account, RowTable table, String scope, long most)
      throws SQLException {
    List<String> keys = new ArrayList<>();
    if (most > 0) {
      String key = KeyText.sqlOfRow(scope);
      Query query =
          new Query()
              .add("WITH known AS " + KNOWN, account)
              .add(" SELECT DISTINCT " + key + " FROM " + table.name() + " t ANTI JOIN known k")
              .add(" ON k.id = " + key + " WHERE t._account = ?", account);
      try (PreparedStatement statement = query.prepare(connection);
          ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          keys.add(rows.getString(1));
        }
      }
    }
    return keys;
  }

  private static @Nullable Instant time(ResultSet row, int at) throws SQLException {
    long micros = row.getLong(at);
    return row.wasNull() ? null : Micros.time(micros);
  }

  private static Set<String> leftOut(Connection connection, int account, RowTable table)
      throws SQLException {
    Query query =
        new Query()
            .add("SELECT DISTINCT _left_out FROM " + table.name())
            .add(" WHERE _account = ? AND _left_out <> ''", account);
    Set<String> columns = new HashSet<>();
    try (PreparedStatement statement = query.prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        columns.addAll(List.of(rows.getString(1).split(",", -1)));
      }
    }
    return columns;
  }

  /** Returns when the oldest was read. */
  public Instant readAt() {
    if (oldest == null || oldestFinal == null) {
      return oldest != null ? oldest : oldestFinal != null ? oldestFinal : Instant.MAX;
    }
    return oldest.isBefore(oldestFinal) ? oldest : oldestFinal;
  }

  /** Returns FROM and WHERE of the rows {@code t} of all known keys. */
  public Query rows(int account, RowTable table, String scope) {
    String key = KeyText.sqlOfRow(scope);
    Query query = new Query().add(" FROM " + table.name() + " t");
    if (others == null) {
      query.add(" SEMI JOIN " + KNOWN + " k ON k.id = " + key, account);
    }
    query.add(" WHERE t._account = ?", account);
    if (others != null && !others.isEmpty()) {
      query.add(
          " AND NOT list_contains(from_json(?, '[\"VARCHAR\"]'), " + key + ")",
          JsonText.array(others));
    }
    return query;
  }
}
