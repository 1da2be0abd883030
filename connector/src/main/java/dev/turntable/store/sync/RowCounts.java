package dev.turntable.store.sync;

import dev.turntable.source.RowCount;
import dev.turntable.store.file.JsonText;
import dev.turntable.store.file.Micros;
import dev.turntable.store.file.Sql;
import dev.turntable.store.table.RowTable;
import dev.turntable.store.table.TimeSpan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How many rows the store has of each key, how many the service tells, and where that was known to differ. */
record RowCounts(Connection connection, int account, RowCount count) {
  /** So many rows come with one request. */
  private static final int PAGE = 100;

  /** Returns how many rows there are, by key. */
  Map<String, Long> stored() throws SQLException {
    return isThere(count.counted())
        ? counts(
            "SELECT "
                + Sql.name(count.countedKey())
                + ", COUNT(*) FROM "
                + rows(count.counted())
                + " WHERE _account = ? GROUP BY 1")
        : Map.of();
  }

  /** Returns what rows of the store itself tell of keys whose rows were read, by key. */
  Map<String, Long> told() throws SQLException {
    return isThere(count.table())
        ? counts(
            "SELECT t."
                + Sql.name(count.key())
                + ", SUM(t."
                + Sql.name(count.count())
                + ") FROM "
                + rows(count.table())
                + " t WHERE t._account = ? AND EXISTS (SELECT 1 FROM readings r WHERE r.account ="
                + " t._account AND r.table_name = "
                + Sql.text(count.counted())
                + " AND r.scope = "
                + Sql.text(count.countedKey())
                + " AND r.key = t."
                + Sql.name(count.key())
                + ") GROUP BY 1")
        : Map.of();
  }

  /** Returns the keys of a table. */
  List<String> keys(String table, String column) throws SQLException {
    return isThere(table)
        ? List.copyOf(
            counts("SELECT " + Sql.name(column) + ", 1 FROM " + rows(table) + " WHERE _account = ?")
                .keySet())
        : List.of();
  }

  /** Returns the spans of rows of some keys that no list has shown, those together that a page can hold. */
  List<TimeSpan> unlisted(String timeColumn, List<String> keys) throws SQLException {
    List<TimeSpan> spans = new ArrayList<>();
    if (!isThere(count.counted())) {
      return spans;
    }
    String sql =
        """
        WITH numbered AS (
          SELECT %1$s AS t, row_number() OVER (ORDER BY %1$s, _key) AS n, _listed IS NULL
            AND %2$s IN (SELECT unnest(from_json(?, '["VARCHAR"]'))) AS missing
          FROM %3$s WHERE _account = ?),
        apart AS (
          SELECT t, n, n - lag(n) OVER (ORDER BY n) > %4$d AS far FROM numbered WHERE missing),
        parted AS (
          SELECT t, SUM(CASE WHEN far THEN 1 ELSE 0 END) OVER (ORDER BY n) AS part FROM apart)
        SELECT epoch_us(MIN(t)), epoch_us(MAX(t)) FROM parted GROUP BY part ORDER BY 1 DESC
        """
            .formatted(
                Sql.name(timeColumn), Sql.name(count.countedKey()), rows(count.counted()), PAGE);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, JsonText.array(keys));
      statement.setInt(2, account);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          spans.add(
              new TimeSpan(
                  Micros.time(rows.getLong(1)).truncatedTo(ChronoUnit.MILLIS),
                  Micros.time(rows.getLong(2)).truncatedTo(ChronoUnit.MILLIS).plusMillis(1)));
        }
      }
    }
    return spans;
  }

  /** Returns the differences that remained when they were last looked at. */
  List<CountDifference> known() throws SQLException {
    List<CountDifference> known = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT key, told, stored FROM differences WHERE account = ? AND told_by = ?")) {
      statement.setInt(1, account);
      statement.setString(2, name());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          known.add(
              new CountDifference(count, rows.getString(1), rows.getLong(2), rows.getLong(3)));
        }
      }
    }
    return known;
  }

  /** Puts others in the place of those that are known. */
  void remember(List<CountDifference> differences) throws SQLException {
    Sql.run(
        connection, "DELETE FROM differences WHERE account = ? AND told_by = ?", account, name());
    for (CountDifference each : differences) {
      Sql.run(
          connection,
          "INSERT INTO differences VALUES (?, ?, ?, ?, ?)",
          account,
          name(),
          each.key(),
          each.told(),
          each.stored());
    }
  }

  private String name() {
    return count.table() + "." + count.count();
  }

  private boolean isThere(String table) throws SQLException {
    return Sql.isThere(connection, RowTable.nameOf(table));
  }

  private static String rows(String table) {
    return Sql.name(RowTable.nameOf(table));
  }

  private Map<String, Long> counts(String sql) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, account);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          @Nullable String key = rows.getString(1);
          long number = rows.getLong(2);
          if (key != null && !rows.wasNull()) {
            counts.put(key, number);
          }
        }
      }
    }
    return counts;
  }
}
