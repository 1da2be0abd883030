package dev.turntable.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies the rows of the service to files, so that plain Calcite can hold them in memory. */
final class Rows {
  private Rows() {}

  static void copy(String jdbcUrl, Path directory) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      for (String table : Opener.TABLES) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
          Files.write(directory.resolve(table + ".tsv"), lines(rows));
        }
      }
    }
  }

  private static List<String> lines(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    List<String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnLabel(i));
      types.add(
          switch (columns.getColumnType(i)) {
            case Types.BIGINT -> "BIGINT";
            case Types.TIMESTAMP -> "TIMESTAMP";
            default -> "VARCHAR";
          });
    }
    List<String> lines = new ArrayList<>(List.of(MemoryTable.line(names), MemoryTable.line(types)));
    while (rows.next()) {
      List<@Nullable Object> row = new ArrayList<>();
      for (int i = 1; i <= names.size(); i++) {
        Object value = rows.getObject(i);
        row.add(value instanceof Timestamp time ? (Object) time.getTime() : value);
      }
      lines.add(MemoryTable.line(row));
    }
    return lines;
  }
}
