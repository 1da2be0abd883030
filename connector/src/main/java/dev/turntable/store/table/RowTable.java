package dev.turntable.store.table;

import dev.turntable.source.Column;
import dev.turntable.source.TableDef;
import dev.turntable.source.ValueSize;
import dev.turntable.store.file.JsonText;
import dev.turntable.store.file.Sql;
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
public final class RowTable {
  private static final String OWN =
      "_account INTEGER, _read_at TIMESTAMP, _place INTEGER, _left_out VARCHAR, _hash UBIGINT,"
          + " _key VARCHAR, _listed TIMESTAMP";

  private static final int OWN_BYTES = 128;

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
  public record Kept(String key, int place, List<@Nullable Object> values) {}

  /**
   * @param leftOut the names of the columns that are not kept
   */
  public RowTable(String schema, TableDef<?> table, Set<String> leftOut) {
    this.schema = schema;
    this.table = table;
    this.leftOut = Set.copyOf(leftOut);
    this.leftOutText = leftOut.stream().sorted().collect(Collectors.joining(","));
    this.columns = List.copyOf(table.columns());
    List<String> names = columns.stream().<String>map(Column::name).toList();
    this.keyPositions = table.primaryKey().stream().mapToInt(names::indexOf).toArray();
  }

  public String qualifiedName() {
    return schema + "." + table.name();
  }

  String schema() {
    return schema;
  }

  public TableDef<?> table() {
    return table;
  }

  public List<Column<?>> columns() {
    return columns;
  }

  /** Returns a column by its name. */
  public Column<?> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst().orElseThrow();
  }

  public String leftOutText() {
    return leftOutText;
  }

  /** Returns the quoted name in the store. */
  public String name() {
    return Sql.name(nameOf(qualifiedName()));
  }

  /** Returns the name in the store of what is kept of a table. */
  public static String nameOf(String qualifiedName) {
    return "rows " + qualifiedName;
  }

  /** Returns whether all of some columns are kept. */
  public boolean keeps(Set<String> needed) {
    return needed.stream().noneMatch(leftOut::contains);
  }

  /**
   * Takes the values out of a record.
   *
   * @return null if it cannot be kept as it is
   */
  public @Nullable Kept keep(Object record, int place) {
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
    return KeyText.of(parts);
  }

  public static long size(Kept row) {
    return ValueSize.ofRow(row.values().toArray()) + OWN_BYTES;
  }

  /** Returns the names in the store of what is kept of tables. */
  public static List<String> all(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = 'store' AND table_name"
                    + " LIKE 'rows %'");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  /** Makes the table, or the columns that a newer version has more. */
  public void prepare(Connection connection) throws SQLException {
    Sql.execute(
        connection, "CREATE TABLE IF NOT EXISTS " + name() + " (" + OWN + definitions() + ")");
    Set<String> there = names(connection);
    for (Column<?> column : columns) {
      if (!there.contains(column.name())) {
        Sql.execute(
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
  public boolean isThere(Connection connection) throws SQLException {
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

  /** Returns the type in the store. */
  public static String type(Column<?> column) {
    return switch (column.type()) {
      case VARCHAR, JSON, DECIMAL -> "VARCHAR"; // a decimal keeps its scale
      case BOOLEAN -> "BOOLEAN";
      case INTEGER -> "INTEGER";
      case BIGINT -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case TIMESTAMP -> "TIMESTAMP";
    };
  }
}
