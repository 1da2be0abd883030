package dev.turntable.store.table;

import dev.turntable.store.file.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows of one key or list of an account.
 *
 * @param table the qualified name of the table that was read
 * @param scope as in {@link Reading}
 * @param key as in {@link Reading}
 */
public record WindowTable(
    Connection connection, int account, String table, String scope, String key) {
  private static final String WHERE =
      " FROM windows WHERE account = ? AND table_name = ? AND scope = ? AND key = ?";

  /** Those of a list. */
  public static WindowTable of(Connection connection, int account, String table, String list) {
    return new WindowTable(connection, account, table, Reading.listScope(list), Reading.LIST);
  }

  /** Returns all, by their begin. */
  public List<Window> all() throws SQLException {
    List<Window> windows = new ArrayList<>();
    try (PreparedStatement statement =
            prepared(
                "SELECT epoch_us(from_time), epoch_us(to_time), epoch_us(read_at),"
                    + " epoch_us(settled_to)"
                    + WHERE
                    + " ORDER BY from_time");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        windows.add(
            new Window(
                new TimeSpan(Micros.time(rows.getLong(1)), Micros.time(rows.getLong(2))),
                Micros.time(rows.getLong(3)),
                Micros.time(rows.getLong(4))));
      }
    }
    return windows;
  }

  public void add(Window window, long rows) throws SQLException {
    try (PreparedStatement statement =
        prepared(
            "INSERT INTO windows VALUES (?, ?, ?, ?, make_timestamp(?), make_timestamp(?),"
                + " make_timestamp(?), make_timestamp(?), ?)",
            Micros.of(window.span().from()),
            Micros.of(window.span().to()),
            Micros.of(window.readAt()),
            Micros.of(window.settledTo()),
            rows)) {
      statement.executeUpdate();
    }
  }

  /** Removes one, and returns how many rows it had. */
  public long remove(Window window) throws SQLException {
    return remove(
        "from_time = make_timestamp(?) AND to_time = make_timestamp(?) AND read_at =", window);
  }

  /** Removes those that another one, which was read later, says all of. */
  public void removeWithin(Window window) throws SQLException {
    remove(
        "from_time >= make_timestamp(?) AND to_time <= make_timestamp(?) AND read_at <=", window);
  }

  private long remove(String which, Window window) throws SQLException {
    String where = WHERE + " AND " + which + " make_timestamp(?)";
    Object[] times = {
      Micros.of(window.span().from()), Micros.of(window.span().to()), Micros.of(window.readAt())
    };
    long rows;
    try (PreparedStatement sum = prepared("SELECT COALESCE(SUM(row_count), 0)" + where, times);
        ResultSet result = sum.executeQuery()) {
      rows = result.next() ? result.getLong(1) : 0;
    }
    try (PreparedStatement delete = prepared("DELETE" + where, times)) {
      delete.executeUpdate();
    }
    return rows;
  }

  private PreparedStatement prepared(String sql, Object... more) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setInt(1, account);
    statement.setString(2, table);
    statement.setString(3, scope);
    statement.setString(4, key);
    for (int i = 0; i < more.length; i++) {
      statement.setObject(i + 5, more[i]);
    }
    return statement;
  }
}
