package dev.turntable.jdbc.faults;

import java.util.Map;

/**
 * A statement that reads a table in three requests or more.
 *
 * @param table the qualified name of the table
 * @param way by which access path
 * @param key the column whose values the requests are about; empty where they are the pages of a
 *     list, of which none can rightly be missing
 * @param settings the connection properties, without the address
 */
record Reading(
    Scene scene, String table, String way, String key, String sql, Map<String, String> settings) {

  boolean isOrdered() {
    return sql.contains("ORDER BY");
  }

  boolean isOfClient() {
    return settings.containsKey("clientId");
  }

  String schema() {
    return table.substring(0, table.indexOf('.'));
  }

  @Override
  public String toString() {
    return table + " " + way;
  }
}
