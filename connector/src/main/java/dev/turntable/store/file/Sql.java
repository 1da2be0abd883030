package dev.turntable.store.file;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** SQL that the store writes itself. */
public final class Sql {
  private Sql() {}

  /** Returns a text literal. */
  public static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** Returns whether the store has a table of that name. */
  public static boolean isThere(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT 1 FROM duckdb_tables() WHERE database_name = 'store' AND table_name = "
                    + text(table))) {
      return rows.next();
    }
  }

  /** Returns a quoted name. */
  public static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  public static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Returns how many rows it changed. */
  public static int run(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  /** Returns a statement with its values, which the caller closes. */
  public static PreparedStatement prepare(
      Connection connection, String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
