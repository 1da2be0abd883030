package dev.turntable.store.parquet;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.store.file.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a manifest, by DuckDB.
 *
 * @param file the file, for messages
 * @param text what it says
 */
record ManifestReader(Connection connection, Path file, String text) {
  Manifest read() {
    try {
      List<String> head = rows("{\"version\":\"INTEGER\",\"salt\":\"VARCHAR\"}", null).get(0);
      if (!String.valueOf(Manifest.VERSION).equals(head.get(0))) {
        throw unusable("is of version " + head.get(0) + ", which this driver does not write", null);
      }
      Map<String, String> accounts = new TreeMap<>();
      for (List<String> row : rows(shape("service", "account"), "accounts")) {
        accounts.put(row.get(0), row.get(1));
      }
      List<Manifest.Table> tables = new ArrayList<>();
      for (List<String> row : rows(shape("service", "table", "columns", "settled_to"), "tables")) {
        String settled = row.get(3);
        tables.add(
            new Manifest.Table(
                row.get(0),
                row.get(1),
                row.get(2),
                settled.isEmpty() ? null : Instant.parse(settled)));
      }
      List<ParquetDay> files = new ArrayList<>();
      String[] names = {"service", "table", "day", "path", "rows", "content"};
      for (List<String> row : rows(shape(names), "files")) {
        files.add(
            new ParquetDay(
                row.get(0),
                row.get(1),
                row.get(2),
                row.get(3),
                Long.parseLong(row.get(4)),
                row.get(5)));
      }
      return new Manifest(head.get(1), accounts, tables, files);
    } catch (SQLException | DateTimeException | NumberFormatException e) {
      throw unusable("cannot be read", e);
    }
  }

  private TurntableException unusable(String why, @Nullable Exception cause) {
    return new TurntableException(
        ErrorKind.BAD_VALUE,
        file + " " + why + "; name another directory, or delete this one, which is always safe",
        cause);
  }

  private static String shape(String... names) {
    List<String> members = new ArrayList<>();
    for (String name : names) {
      members.add('"' + name + "\":\"VARCHAR\"");
    }
    return "{" + String.join(",", members) + "}";
  }

  /**
   * @param list the member whose elements are the rows, or null for the whole
   */
  private List<List<String>> rows(String shape, @Nullable String list) throws SQLException {
    String from =
        list == null
            ? "[from_json(?, " + Sql.text(shape) + ")]"
            : "from_json(json_extract(?::JSON, '$."
                + list
                + "'), "
                + Sql.text("[" + shape + "]")
                + ")";
    List<List<String>> rows = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT unnest(" + from + ", max_depth := 2)")) {
      statement.setString(1, text);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            String value = result.getString(i);
            if (value == null) {
              throw new SQLException("a member is missing");
            }
            row.add(value);
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }
}
