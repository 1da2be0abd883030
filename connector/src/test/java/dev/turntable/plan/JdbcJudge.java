package dev.turntable.plan;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What judges have in common: tables that are filled once, and queries. */
abstract class JdbcJudge implements Judge {
  private final Connection connection;

  JdbcJudge(Connection connection) {
    this.connection = connection;
  }

  final void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public final void load(RandomSources.Table table, List<List<@Nullable Object>> rows)
      throws SQLException {
    String name = table.source().text(reader());
    run(
        table.columns().stream()
            .map(c -> c.reference().text(reader()) + " " + c.type().sql().text(reader()))
            .collect(Collectors.joining(", ", "CREATE TABLE " + name + " (", ")")));
    String marks = table.columns().stream().map(c -> "?").collect(Collectors.joining(", "));
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + name + " VALUES (" + marks + ")")) {
      for (List<@Nullable Object> row : rows) {
        for (int i = 0; i < row.size(); i++) {
          insert.setObject(i + 1, row.get(i));
        }
        insert.executeUpdate();
      }
    }
  }

  @Override
  public final List<List<@Nullable Object>> rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      List<List<@Nullable Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(value(result, i));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /** Without a zone, which java.sql's own classes have. */
  private static @Nullable Object value(ResultSet result, int column) throws SQLException {
    Object value = result.getObject(column);
    if (value instanceof Timestamp) {
      return result.getObject(column, LocalDateTime.class);
    }
    return value instanceof Date ? result.getObject(column, LocalDate.class) : value;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
