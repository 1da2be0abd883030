package dev.turntable.store.parquet;

import dev.turntable.source.Column;
import dev.turntable.source.ColumnType;
import dev.turntable.store.file.Sql;
import dev.turntable.store.table.RowTable;
import dev.turntable.store.table.StoreAccount;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are written.
 *
 * @param account whose rows
 * @param schema its schema
 * @param name its name
 * @param columns the columns that are kept, with their types
 * @param time the column that tells the day of a row, or null if there is none
 * @param list the name of the path that lists a history, of which only days are written that were read
 *     whole; else null
 */
public record ParquetTable(
    StoreAccount account,
    String schema,
    String name,
    List<Column<?>> columns,
    @Nullable String time,
    @Nullable String list) {
  public ParquetTable {
    columns = List.copyOf(columns);
  }

  String qualifiedName() {
    return schema + "." + name;
  }

  /** Returns its directory, below that of all. */
  String place() {
    return "service=" + account.service() + "/table=" + name;
  }

  /** Returns its name in the store. */
  String rows() {
    return RowTable.nameOf(qualifiedName());
  }

  /** Returns the day of a row in SQL, null where it has none. */
  String day() {
    return time == null ? "NULL::VARCHAR" : "strftime(" + Sql.name(time) + ", '%Y-%m-%d')";
  }

  /** Returns the columns of a file, as a select list: what a statement would show. */
  String values() {
    return columns.stream().map(ParquetTable::value).collect(Collectors.joining(", "));
  }

  private static String value(Column<?> column) {
    String name = Sql.name(column.name());
    return switch (column.type()) {
      case DECIMAL -> "CAST(" + name + " AS DECIMAL(38, 6)) AS " + name;
      case TIMESTAMP -> "date_trunc('millisecond', " + name + ") AS " + name;
      default -> name;
    };
  }

  /** Returns what files of the same columns have in common. */
  String shape() {
    return columns.stream()
        .map(column -> column.name() + " " + type(column.type()))
        .collect(Collectors.joining(", "));
  }

  private static String type(ColumnType type) {
    return type == ColumnType.JSON ? ColumnType.VARCHAR.name() : type.name();
  }
}
