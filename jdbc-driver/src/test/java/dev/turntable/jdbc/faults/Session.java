package dev.turntable.jdbc.faults;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A connection over a line on which things go wrong for a time, and then no longer. */
final class Session implements AutoCloseable {
  private final Line line;
  private final Connection connection;
  private volatile Line.Plan plan = (number, request) -> null;

  /** What a program asks a connection for. */
  @FunctionalInterface
  interface Question {
    List<List<String>> ask(Connection connection) throws SQLException;

    /** All rows of a statement. */
    static Question of(String sql, int queryTimeout) {
      return connection -> {
        try (Statement statement = connection.createStatement()) {
          statement.setQueryTimeout(queryTimeout);
          return rows(statement.executeQuery(sql));
        }
      };
    }
  }

  /**
   * What came of a question.
   *
   * @param rows the answer in order of their texts; empty if there was none
   */
  record Asked(List<List<String>> rows, @Nullable SQLException failure) {
    String state() {
      return failure == null ? "" : String.valueOf(failure.getSQLState());
    }

    @Override
    public String toString() {
      return failure == null ? rows.size() + " rows" : state() + ": " + failure.getMessage();
    }
  }

  private Session(Scene scene, Map<String, String> settings) throws IOException, SQLException {
    line = Line.open(scene.upstream(), (number, request) -> plan.trouble(number, request));
    Properties properties = new Properties();
    properties.putAll(settings);
    connection = DriverManager.getConnection(scene.jdbcUrl(line), properties);
  }

  static Session open(Scene scene, Map<String, String> settings) throws IOException, SQLException {
    return new Session(scene, settings);
  }

  /** From now on this goes wrong, and nothing else. */
  void let(Line.Plan what) {
    plan = what;
  }

  Line line() {
    return line;
  }

  Connection connection() {
    return connection;
  }

  Asked ask(Question question) {
    try {
      List<List<String>> rows = new ArrayList<>(question.ask(connection));
      rows.sort((one, other) -> one.toString().compareTo(other.toString()));
      return new Asked(rows, null);
    } catch (SQLException e) {
      return new Asked(List.of(), e);
    }
  }

  /** Reads a result to its end, and closes it. */
  static List<List<String>> rows(ResultSet result) throws SQLException {
    try (result) {
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    line.close();
  }
}
