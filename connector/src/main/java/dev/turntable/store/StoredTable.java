package dev.turntable.store;

import dev.turntable.source.TableDef;
import dev.turntable.store.read.SourceStore;
import dev.turntable.store.read.StoreReader;
import dev.turntable.store.table.RowTable;
import java.util.HashMap;
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

  /** Returns whether a kept row can hardly change. */
  boolean isFinal(RowTable.Kept row) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (int i = 0; i < row.values().size(); i++) {
      values.put(definition.columns().get(i).name(), row.values().get(i));
    }
    return store.source().isFinal(rows.qualifiedName(), values::get);
  }
}
