package dev.turntable.jdbc.pages;

import dev.turntable.jdbc.RequestUsage;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * What the demo answers to the statements of a block, on one connection of its own: the rows of the
 * last one and the requests that it took, or why it fails.
 */
final class Answer {
  /** More than this is a listing, which nobody reads on a page. */
  private static final int MOST_ROWS = 20;

  private static final Set<Integer> NUMBERS =
      Set.of(Types.INTEGER, Types.BIGINT, Types.DOUBLE, Types.DECIMAL);

  private Answer() {}

  /** Returns the answer as Markdown, without an empty line at its end. */
  static String to(String block) throws SQLException {
    List<String> statements = Markdown.split(block);
    try (Connection connection = DriverManager.getConnection("jdbc:turntable:demo")) {
      for (String before : statements.subList(0, statements.size() - 1)) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(before);
          readAll(statement);
        }
      }
      return last(connection, statements.get(statements.size() - 1));
    }
  }

  private static void readAll(Statement statement) throws SQLException {
    ResultSet rows = statement.getResultSet();
    while (rows != null && rows.next()) {
      // What it has cost is known after the last row.
    }
  }

  private static String last(Connection connection, String sql) throws SQLException {
    SentRequests before = SentRequests.of(connection);
    try (Statement statement = connection.createStatement()) {
      String rows =
          statement.execute(sql)
              ? table(sql, statement.getResultSet())
              : count(statement.getUpdateCount());
      long requests = statement.unwrap(RequestUsage.class).requests();
      return rows + "\n\n" + SentRequests.of(connection).since(before).text(requests);
    } catch (SQLException e) {
      return "> `" + e.getSQLState() + "` " + escaped(e.getMessage());
    }
  }

  private static String count(int rows) {
    return rows == 1 ? "1 row written." : rows + " rows written.";
  }

  private static String table(String sql, ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    if (columns.getColumnCount() == 1 && columns.getColumnLabel(1).equals("plan")) {
      return plan(rows);
    }
    List<String> names = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(escaped(columns.getColumnLabel(i)));
      rules.add(NUMBERS.contains(columns.getColumnType(i)) ? "---:" : "---");
    }
    List<String> lines = new ArrayList<>(List.of(line(names), line(rules)));
    while (rows.next()) {
      List<String> cells = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        String value = rows.getString(i);
        cells.add(value == null ? "NULL" : escaped(value));
      }
      lines.add(line(cells));
    }
    if (lines.size() > MOST_ROWS + 2) {
      throw new AssertionError("more than " + MOST_ROWS + " rows; add a LIMIT: " + sql);
    }
    return String.join("\n", lines);
  }

  private static String plan(ResultSet rows) throws SQLException {
    StringBuilder text = new StringBuilder("```text\n");
    while (rows.next()) {
      text.append(rows.getString(1)).append('\n');
    }
    return text.append("```").toString();
  }

  private static String line(Iterable<String> cells) {
    StringBuilder line = new StringBuilder("|");
    for (Iterator<String> each = cells.iterator(); each.hasNext(); ) {
      line.append(' ').append(each.next()).append(" |");
    }
    return line.toString();
  }

  /** Returns a text as Markdown shows it, in one line. */
  static String escaped(String text) {
    return text.replace("|", "\\|")
        .replace("<", "&lt;")
        .replace("*", "\\*")
        .replaceAll("\\s*\\R\\s*", " ");
  }
}
