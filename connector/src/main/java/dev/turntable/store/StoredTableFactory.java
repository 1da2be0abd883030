package dev.turntable.store;

import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import dev.turntable.source.ForeignKey;
import dev.turntable.source.TableDef;
import dev.turntable.store.read.SourceStore;
import dev.turntable.store.read.StoreReader;
import dev.turntable.store.table.RowTable;
import dev.turntable.store.table.StoredRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes of the table of a source one whose rows are kept. */
final class StoredTableFactory {
  private StoredTableFactory() {}

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
    return definitionOfRows(table);
  }

  private static <T> TableDef<Object> definitionOfRows(StoredTable<T> table) {
    TableDef<T> definition = table.definition();
    List<Column<Object>> columns = new ArrayList<>();
    for (int i = 0; i < definition.columns().size(); i++) {
      columns.add(column(definition.columns().get(i), i));
    }
    WriteJournal journal = new WriteJournal(table.store(), table.rows().qualifiedName());
    return TableDef.readOnly(
            definition.name(),
            definition.remarks(),
            columns,
            definition.primaryKey(),
            definition.paths().stream()
                .<AccessPath<Object>>map(path -> new StoredPath<>(table, path))
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
}
