package dev.turntable.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turntable.source.ErrorKind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Any text gives a result or an SQLException that is no defect. */
public final class SqlFuzz {
  private static final int ROWS = 3;

  private SqlFuzz() {}

  /** Opened once, for the fuzzer calls thousands of times a second. */
  private static final class Demo {
    static final Connection CONNECTION = open();

    private static Connection open() {
      try {
        return DriverManager.getConnection("jdbc:turntable:demo:readOnly=true");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public static void fuzzerTestOneInput(byte[] data) {
    String sql = new String(data, UTF_8);
    try (Statement statement = Demo.CONNECTION.createStatement()) {
      statement.setMaxRows(ROWS);
      statement.setQueryTimeout(5);
      if (statement.execute(sql)) {
        read(statement.getResultSet());
      }
    } catch (SQLException e) {
      ensureNoDefect(e, sql);
    }
  }

  private static void read(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      for (int i = 1; i <= columns; i++) {
        rows.getString(i);
        rows.getObject(i);
      }
    }
  }

  static void ensureNoDefect(SQLException e, String text) {
    if (e.getSQLState() == null || e.getSQLState().equals(ErrorKind.INTERNAL.sqlState())) {
      throw new AssertionError("a defect, found by: " + text, e);
    }
  }
}
