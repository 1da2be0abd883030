package dev.turntable.source;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table over records of type {@code T}: everything that SQL can know of it without a request.
 *
 * @param name the name, unique in its schema
 * @param remarks the meaning; shown as REMARKS
 * @param columns the columns, in order
 * @param primaryKey the columns that identify a row; rows that come twice by it are one row
 * @param foreignKeys references to other tables
 * @param paths the ways to read it; the first that serves a statement at the least cost is taken
 * @param inserter how INSERT works, or null
 * @param deleter how DELETE works, or null
 */
public record TableDef<T>(
    String name,
    String remarks,
    List<Column<T>> columns,
    List<String> primaryKey,
    List<ForeignKey> foreignKeys,
    List<AccessPath<T>> paths,
    @Nullable Inserter inserter,
    @Nullable Deleter deleter) {
  public TableDef {
    requireNonNull(name, "name");
    requireNonNull(remarks, "remarks");
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    foreignKeys = List.copyOf(foreignKeys);
    paths = List.copyOf(paths);
  }

  /** A read-only table. */
  public static <T> TableDef<T> readOnly(
      String name,
      String remarks,
      List<Column<T>> columns,
      List<String> primaryKey,
      List<AccessPath<T>> paths) {
    return new TableDef<>(name, remarks, columns, primaryKey, List.of(), paths, null, null);
  }

  public TableDef<T> withForeignKeys(List<ForeignKey> newForeignKeys) {
    return new TableDef<>(
        name, remarks, columns, primaryKey, newForeignKeys, paths, inserter, deleter);
  }

  /** Returns the same table with another way to insert, or none. */
  public TableDef<T> withInserter(@Nullable Inserter newInserter) {
    return new TableDef<>(
        name, remarks, columns, primaryKey, foreignKeys, paths, newInserter, deleter);
  }

  /** Returns the same table with another way to delete, or none. */
  public TableDef<T> withDeleter(@Nullable Deleter newDeleter) {
    return new TableDef<>(
        name, remarks, columns, primaryKey, foreignKeys, paths, inserter, newDeleter);
  }

  /**
   * Returns the column of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Column<T> column(String columnName) {
    return columns.stream()
        .filter(column -> column.name().equals(columnName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no column " + columnName + " in " + name));
  }
}
