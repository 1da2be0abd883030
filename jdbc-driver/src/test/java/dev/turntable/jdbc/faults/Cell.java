package dev.turntable.jdbc.faults;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Runs one statement over one line. What the driver emits meanwhile is heard. */
final class Cell {
  private final Emissions emissions;
  private final Reading reading;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final int queryTimeout;

  /**
   * What came of it.
   *
   * @param columns the labels
   * @param rows the rows as text, in their order; empty if it failed
   * @param failure the failure, or null
   * @param line what came over the line
   */
  record Result(
      List<String> columns, List<List<String>> rows, @Nullable SQLException failure, Line line) {
    /** Returns the values of a column. */
    List<String> column(String label) {
      int at = columns.indexOf(label);
      return rows.stream().map(row -> row.get(at)).toList();
    }
  }

  Cell(Emissions emissions, Reading reading, Map<String, String> more, int queryTimeout) {
    this.emissions = emissions;
    this.reading = reading;
    this.settings.putAll(reading.settings());
    this.settings.putAll(more);
    this.queryTimeout = queryTimeout;
  }

  Result run(Line.Plan plan) throws IOException {
    List<String> columns = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    try (Line line = Line.open(reading.scene().upstream(), plan)) {
      try {
        read(line, columns, rows);
        return new Result(columns, rows, null, line);
      } catch (SQLException e) {
        emissions.hear(reading.toString(), e);
        return new Result(columns, List.of(), e, line);
      }
    }
  }

  private void read(Line line, List<String> columns, List<List<String>> rows) throws SQLException {
    String url = reading.scene().jdbcUrl(line);
    Properties properties = new Properties();
    properties.putAll(settings);
    try (Connection connection = DriverManager.getConnection(url, properties);
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(queryTimeout);
      try (ResultSet result = statement.executeQuery(reading.sql())) {
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          columns.add(result.getMetaData().getColumnLabel(i));
        }
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= columns.size(); i++) {
            row.add(String.valueOf(result.getString(i)));
          }
          rows.add(row);
        }
        hear(statement.getWarnings());
        hear(result.getWarnings());
        emissions.hear("toString", result + " " + result.getMetaData());
      } finally {
        hearConnection(connection);
      }
    }
  }

  private void hear(@Nullable SQLWarning first) {
    for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
      emissions.hear(reading.toString(), warning);
    }
  }

  private void hearConnection(Connection connection) throws SQLException {
    hear(connection.getWarnings());
    emissions.hear("getURL", connection.getMetaData().getURL());
    hear(connection, "SELECT sql, url FROM turntable.requests");
    emissions.hear("toString", connection + " " + connection.getMetaData());
  }

  private void hear(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      emissions.hear("toString", statement + " " + rows);
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          emissions.hear(sql, String.valueOf(rows.getString(i)));
        }
      }
    }
  }

  /** Hears what faults do not change: settings, plans, what tools are shown. */
  void hearTheRest() throws IOException, SQLException {
    try (Line line = Line.open(reading.scene().upstream(), (number, request) -> null)) {
      String url = reading.scene().jdbcUrl(line);
      Properties properties = new Properties();
      properties.putAll(settings);
      try (Connection connection = DriverManager.getConnection(url, properties)) {
        hear(connection, "SELECT * FROM turntable.properties");
        hear(connection, "EXPLAIN " + reading.sql());
      }
      for (DriverPropertyInfo info :
          DriverManager.getDriver(url).getPropertyInfo(url, properties)) {
        emissions.hear("DriverPropertyInfo", info.name + "=" + info.value);
        emissions.hear("DriverPropertyInfo", info.description);
      }
    }
  }
}
