package dev.turntable.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turntable.source.ErrorKind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/**
 * Any text gives a result or an SQLException that is no defect, and the same again when a comment
 * follows it, which keeps it from the plan that was made and from the short ways past the planner.
 */
public final class SqlFuzz {
  private static final int ROWS = 3;
  private static final String TIMED_OUT = "HYT00";

  /** What tells of the time, of chance, or of what the connection has done so far. */
  private static final Pattern MAY_CHANGE =
      Pattern.compile("(?i)turntable|explain|current|local|rand|now|uuid|today|date|time|seq|/\\*");

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
    String outcome = outcome(sql);
    if (!MAY_CHANGE.matcher(sql).find() && !outcome.equals(TIMED_OUT)) {
      String again = outcome(sql + "\n/* again */");
      if (!again.equals(outcome) && !again.equals(TIMED_OUT)) {
        throw new AssertionError(sql + "\ngave " + outcome + "\nand with a comment " + again);
      }
    }
  }

  /** Returns the rows, or the state of a refusal. */
  private static String outcome(String sql) {
    try (Statement statement = Demo.CONNECTION.createStatement()) {
      statement.setMaxRows(ROWS);
      statement.setQueryTimeout(5);
      return statement.execute(sql)
          ? read(statement.getResultSet())
          : String.valueOf(statement.getUpdateCount());
    } catch (SQLException e) {
      ensureNoDefect(e, sql);
      return e.getSQLState();
    }
  }

  private static String read(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    StringBuilder read = new StringBuilder();
    while (rows.next()) {
      for (int i = 1; i <= columns; i++) {
        read.append(rows.getString(i)).append('|');
        rows.getObject(i);
      }
      read.append('\n');
    }
    return read.toString();
  }

  static void ensureNoDefect(SQLException e, String text) {
    if (e.getSQLState() == null || e.getSQLState().equals(ErrorKind.INTERNAL.sqlState())) {
      throw new AssertionError("a defect, found by: " + text, e);
    }
  }
}
