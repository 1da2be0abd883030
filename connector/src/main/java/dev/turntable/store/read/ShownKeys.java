package dev.turntable.store.read;

import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import dev.turntable.source.KeySet;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import dev.turntable.store.file.Query;
import dev.turntable.store.file.Sql;
import dev.turntable.store.table.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells the sets of keys that a list is whole for what it showed, out of the store: the rows of other keys
 * are then read besides, and those of these not twice.
 */
public record ShownKeys(RowTable table, AccessPath<?> path, ScanRequest request) {
  /** Returns whether the sets can be told. */
  public boolean canBeTold() {
    return sets().values().stream().allMatch(set -> set.equals(KeySet.NONE) || set.takesNotes());
  }

  /**
   * Tells the keys of all rows of a list, also of those that do not fulfil what the statement asks.
   *
   * @param rows FROM and WHERE of the rows {@code t}
   */
  public void tell(Connection connection, Query rows, StatementScope scope) throws SQLException {
    for (Map.Entry<String, KeySet> entry : sets().entrySet()) {
      if (!entry.getValue().equals(KeySet.NONE)) {
        entry.getValue().note(keys(connection, table.column(entry.getKey()), rows), scope);
      }
    }
  }

  private static Set<Object> keys(Connection connection, Column<?> column, Query rows)
      throws SQLException {
    Query query = new Query().add("SELECT DISTINCT t." + Sql.name(column.name())).add(rows);
    Set<Object> keys = new HashSet<>();
    try (PreparedStatement statement = query.prepare(connection);
        ResultSet values = statement.executeQuery()) {
      while (values.next()) {
        Object key = Selection.value(values, 1, column.type());
        if (key != null) {
          keys.add(key);
        }
      }
    }
    return keys;
  }

  private Map<String, KeySet> sets() {
    return path.coverage(request).wholeFor();
  }
}
