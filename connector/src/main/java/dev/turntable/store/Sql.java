package dev.turntable.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Text of SQL that the store writes itself. */
final class Sql {
  private Sql() {}

  /** Returns a text literal. */
  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** Returns whether the store has a table of that name. */
  static boolean isThere(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT 1 FROM duckdb_tables() WHERE database_name = 'store' AND table_name = "
                    + text(table))) {
      return rows.next();
    }
  }

  /** Returns a quoted name. */
  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
