package dev.turntable.store;

import dev.turntable.source.Column;
import dev.turntable.source.ColumnType;
import dev.turntable.source.TableDef;
import dev.turntable.source.ValueSize;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table in the store: a column for each of its columns, and before them whose they are,
 * when they were read, in what place, and what is not known of them.
 */
final class RowTable {
  private static final String OWN =
      "_account INTEGER, _read_at TIMESTAMP, _place INTEGER, _left_out VARCHAR, _hash UBIGINT,"
          + " _key VARCHAR, _listed TIMESTAMP";

  private static final int OWN_BYTES = 128;

  /** So many bytes of rows are handed to DuckDB at once. */
  private static final long MOST_STAGED = 2L << 20;

  private final String schema;
  private final TableDef<?> table;
  private final Set<String> leftOut;
  private final String leftOutText;
  private final List<Column<?>> columns;
  private final int[] keyPositions;

  /**
   * A row as it is kept.
   *
   * @param key the text of its primary key
   * @param place its place among the rows it came with
   * @param values the values of the columns, as their readers give them; null too where left out
   */
  record Kept(String key, int place, List<@Nullable Object> values) {}

  /**
   * @param leftOut the names of the columns that are not kept
   */
  RowTable(String schema, TableDef<?> table, Set<String> leftOut) {
    this.schema = schema;
    this.table = table;
    this.leftOut = Set.copyOf(leftOut);
    this.leftOutText = leftOut.stream().sorted().collect(Collectors.joining(","));
    this.columns = List.copyOf(table.columns());
    List<String> names = columns.stream().<String>map(Column::name).toList();
    this.keyPositions = table.primaryKey().stream().mapToInt(names::indexOf).toArray();
  }

  String qualifiedName() {
    return schema + "." + table.name();
  }

  String schema() {
    return schema;
  }

  TableDef<?> table() {
    return table;
  }

  List<Column<?>> columns() {
    return columns;
  }

  /** Returns a column by its name. */
  Column<?> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst().orElseThrow();
  }

  String leftOutText() {
    return leftOutText;
  }

  /** Returns the quoted name in the store. */
  String name() {
    return Sql.name(nameOf(qualifiedName()));
  }

  /** Returns the name in the store of what is kept of a table. */
  static String nameOf(String qualifiedName) {
    return "rows " + qualifiedName;
  }

  /** Returns the quoted name of the table through which rows come. */
  private String staging() {
    return "temp.main." + Sql.name("new " + qualifiedName());
  }

  /** Returns whether all of some columns are kept. */
  boolean keeps(Set<String> needed) {
    return needed.stream().noneMatch(leftOut::contains);
  }

  /**
   * Takes the values out of a record.
   *
   * @return null if it cannot be kept as it is
   */
  @Nullable Kept keep(Object record, int place) {
    @Nullable Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      if (!leftOut.contains(columns.get(i).name())) {
        values[i] = value(columns.get(i), record);
        if ((values[i] instanceof String text && !JsonText.isKept(text))
            || (values[i] instanceof Double number && !Double.isFinite(number))
            || (values[i] instanceof Instant time
                && new TimeSpan(time, time.plusMillis(1)).within(TimeSpan.ALL).isEmpty())) {
          return null;
        }
      }
    }
    String key = key(values);
    return key == null ? null : new Kept(key, place, Arrays.asList(values));
  }

  @SuppressWarnings("unchecked") // the records of a table are of its type
  private static @Nullable Object value(Column<?> column, Object record) {
    return ((Column<Object>) column).reader().apply(record);
  }

  private @Nullable String key(@Nullable Object[] values) {
    List<@Nullable Object> parts = new ArrayList<>();
    for (int position : keyPositions) {
      parts.add(values[position]);
    }
    return Reading.keyText(parts);
  }

  static long size(Kept row) {
    return ValueSize.ofRow(row.values().toArray()) + OWN_BYTES;
  }

  /** Makes the table, or the columns that a newer version has more. */
  void prepare(Connection connection) throws SQLException {
    StoreFile.execute(
        connection, "CREATE TABLE IF NOT EXISTS " + name() + " (" + OWN + definitions() + ")");
    Set<String> there = names(connection);
    for (Column<?> column : columns) {
      if (!there.contains(column.name())) {
        StoreFile.execute(
            connection,
            "ALTER TABLE "
                + name()
                + " ADD COLUMN "
                + Sql.name(column.name())
                + " "
                + type(column));
      }
    }
  }

  /** Returns whether rows of the table were ever kept, and with all of its columns. */
  boolean isThere(Connection connection) throws SQLException {
    return names(connection).containsAll(columns.stream().<String>map(Column::name).toList());
  }

  private Set<String> names(Connection connection) throws SQLException {
    Set<String> there = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT column_name FROM duckdb_columns() WHERE database_name = 'store'"
                    + " AND table_name = "
                    + Sql.text(nameOf(qualifiedName())))) {
      while (rows.next()) {
        there.add(rows.getString(1));
      }
    }
    return there;
  }

  private String definitions() {
    return columns.stream()
        .map(column -> ", " + Sql.name(column.name()) + " " + type(column))
        .collect(Collectors.joining());
  }

  private static String type(Column<?> column) {
    return switch (column.type()) {
      case VARCHAR, JSON, DECIMAL -> "VARCHAR"; // a decimal keeps its scale
      case BOOLEAN -> "BOOLEAN";
      case INTEGER -> "INTEGER";
      case BIGINT -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case TIMESTAMP -> "TIMESTAMP";
    };
  }

  /** Puts rows in the place of those with the same key, unless those are younger. */
  void write(Connection connection, int account, List<Staged> rows, @Nullable SyncTally tally)
      throws SQLException {
    prepare(connection);
    stage(connection, account, rows);
    if (tally != null) {
      count(connection, tally);
    }
    String updated =
        columns.stream()
            .map(column -> ", " + Sql.name(column.name()) + " = s." + Sql.name(column.name()))
            .collect(Collectors.joining());
    String own =
        "_read_at = s._read_at, _place = s._place, _left_out = s._left_out, _listed ="
            + " COALESCE(s._listed, t._listed)";
    StoreFile.execute(
        connection,
        "MERGE INTO "
            + name()
            + " t USING "
            + staging()
            + " s ON t._account = s._account AND t._key = s._key"
            + " WHEN MATCHED AND s._read_at < t._read_at THEN DO NOTHING"
            + " WHEN MATCHED AND s._hash = t._hash AND s._left_out = t._left_out THEN UPDATE SET "
            + own
            + " WHEN MATCHED THEN UPDATE SET "
            + own
            + ", _hash = s._hash"
            + updated
            + " WHEN NOT MATCHED THEN INSERT BY NAME");
    StoreFile.execute(connection, "DROP TABLE " + staging());
  }

  private void count(Connection connection, SyncTally tally) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet counts =
            statement.executeQuery(
                "SELECT COUNT(*) FILTER (t._key IS NULL), COUNT(*) FILTER (t._hash <> s._hash AND"
                    + " t._left_out = s._left_out AND s._read_at >= t._read_at) FROM "
                    + staging()
                    + " s LEFT JOIN "
                    + name()
                    + " t ON t._account = s._account AND t._key = s._key")) {
      if (counts.next()) {
        tally.count(counts.getLong(1), counts.getLong(2));
      }
    }
  }

  /** Part by part, for the text of many rows takes several times their memory. */
  private void stage(Connection connection, int account, List<Staged> rows) throws SQLException {
    String into = "CREATE OR REPLACE TEMP TABLE " + staging() + " AS ";
    int from = 0;
    long bytes = 0;
    for (int i = 0; i < rows.size(); i++) {
      bytes += size(rows.get(i).row());
      if (bytes >= MOST_STAGED || i + 1 == rows.size()) {
        try (PreparedStatement statement = connection.prepareStatement(into + staged(account))) {
          statement.setString(1, json(rows.subList(from, i + 1)));
          statement.execute();
        }
        into = "INSERT INTO " + staging() + " ";
        from = i + 1;
        bytes = 0;
      }
    }
  }

  /** A row that is about to be written. */
  record Staged(Kept row, Instant readAt, String leftOut, boolean listed) {}

  /** A query of the rows that its parameter has. */
  private String staged(int account) {
    StringBuilder columnsOf = new StringBuilder();
    StringBuilder shape =
        new StringBuilder(
            "[{\"_t\":\"BIGINT\",\"_p\":\"INTEGER\",\"_l\":\"VARCHAR\",\"_k\":\"VARCHAR\",\"_b\":\"BOOLEAN\"");
    StringBuilder hashed = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      Column<?> column = columns.get(i);
      boolean time = column.type() == ColumnType.TIMESTAMP;
      String field = "c" + i;
      shape
          .append(",\"")
          .append(field)
          .append("\":\"")
          .append(time ? "BIGINT" : type(column))
          .append('"');
      columnsOf
          .append(", ")
          .append(time ? "make_timestamp(" + field + ")" : field)
          .append(" AS ")
          .append(Sql.name(column.name()));
      hashed.append(i == 0 ? "" : ", ").append(field);
    }
    shape.append("}]");
    return "SELECT "
        + account
        + " AS _account, make_timestamp(_t) AS _read_at, _p AS _place, _l AS _left_out, hash("
        + hashed
        + ") AS _hash, _k AS _key, CASE WHEN _b THEN make_timestamp(_t) END AS _listed"
        + columnsOf
        + " FROM (SELECT unnest(from_json(?, "
        + Sql.text(shape.toString())
        + "), max_depth := 2))";
  }

  private String json(List<Staged> rows) {
    StringBuilder out = new StringBuilder("[");
    for (Staged staged : rows) {
      out.append(out.length() == 1 ? "{" : ",{");
      out.append("\"_t\":").append(Micros.of(staged.readAt()));
      out.append(",\"_p\":").append(staged.row().place());
      out.append(",\"_b\":").append(staged.listed());
      out.append(",\"_l\":");
      JsonText.append(out, staged.leftOut());
      out.append(",\"_k\":");
      JsonText.append(out, staged.row().key());
      for (int i = 0; i < columns.size(); i++) {
        Object value = staged.row().values().get(i);
        if (value != null) {
          out.append(",\"c").append(i).append("\":");
          append(out, value);
        }
      }
      out.append('}');
    }
    return out.append(']').toString();
  }

  private static void append(StringBuilder out, Object value) {
    if (value instanceof Instant time) {
      out.append(Micros.of(time));
    } else if (value instanceof Number number && !(value instanceof BigDecimal)) {
      out.append(number);
    } else if (value instanceof Boolean flag) {
      out.append(flag.booleanValue());
    } else {
      JsonText.append(out, value.toString());
    }
  }
}
