package dev.turntable.store;

import dev.turntable.source.Column;
import dev.turntable.source.ForeignKey;
import dev.turntable.source.TableDef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are kept when they are read, and come from the store as far as they are young enough.
 *
 * @param definition the table as its source defines it
 * @param taskColumns its columns that name tasks of a catalogue
 */
record StoredTable<T>(
    SourceStore store,
    String schema,
    TableDef<T> definition,
    RowTable rows,
    StoreReader reader,
    Set<String> taskColumns) {

  /**
   * Returns the table as statements read it.
   *
   * @param catalogued the tables whose keys are known by name only, as {@code schema.table}
   */
  static <T> TableDef<Object> of(
      SourceStore store, String schema, TableDef<T> definition, Set<String> catalogued) {
    Set<String> leftOut = new HashSet<>();
    for (Column<T> column : definition.columns()) {
      if (store.settings().leftOut().contains(definition.name() + "." + column.name())
          && !definition.primaryKey().contains(column.name())) {
        leftOut.add(column.name());
      }
    }
    Set<String> taskColumns = new HashSet<>();
    for (ForeignKey key : definition.foreignKeys()) {
      if (key.columns().size() == 1 && catalogued.contains(key.schema() + "." + key.table())) {
        taskColumns.add(key.columns().get(0));
      }
    }
    RowTable rows = new RowTable(schema, definition, leftOut);
    StoredTable<T> table =
        new StoredTable<>(
            store, schema, definition, rows, new StoreReader(store, rows), taskColumns);
    return table.definitionOfRows();
  }

  private TableDef<Object> definitionOfRows() {
    List<Column<Object>> columns = new ArrayList<>();
    for (int i = 0; i < definition.columns().size(); i++) {
      columns.add(column(definition.columns().get(i), i));
    }
    WriteJournal journal = new WriteJournal(store, rows.qualifiedName());
    return TableDef.readOnly(
            definition.name(),
            definition.remarks(),
            columns,
            definition.primaryKey(),
            definition.paths().stream()
                .<dev.turntable.source.AccessPath<Object>>map(path -> new StoredPath<>(this, path))
                .toList())
        .withForeignKeys(definition.foreignKeys())
        .withInserter(StoredWrites.inserter(journal, definition.inserter(), false))
        .withDeleter(StoredWrites.deleter(journal, definition.deleter(), false));
  }

  private static <T> Column<Object> column(Column<T> column, int position) {
    return new Column<>(
        column.name(),
        column.type(),
        column.nullable(),
        column.use(),
        column.remarks(),
        record -> value(column, position, record));
  }

  @SuppressWarnings("unchecked") // whatever is not out of the store is a record of the source
  private static <T> @Nullable Object value(Column<T> column, int position, Object record) {
    return record instanceof StoredRow row
        ? row.values().get(position)
        : column.reader().apply((T) record);
  }

  /** Returns whether a kept row can hardly change. */
  boolean isFinal(RowTable.Kept row) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (int i = 0; i < row.values().size(); i++) {
      values.put(definition.columns().get(i).name(), row.values().get(i));
    }
    return store.source().isFinal(rows.qualifiedName(), values::get);
  }
}
