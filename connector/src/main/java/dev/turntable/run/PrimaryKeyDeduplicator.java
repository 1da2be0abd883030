package dev.turntable.run;

import dev.turntable.source.Column;
import dev.turntable.source.IdSet;
import dev.turntable.source.TableDef;
import java.util.List;

/**
 * Knows which rows of a scan came before. The rows of a table are unique by its key; a service may
 * give one twice all the same, for instance because its pages have shifted meanwhile.
 */
final class PrimaryKeyDeduplicator<T> {
  private static final char SEPARATOR = '\0';

  private final List<Column<T>> key;
  private final IdSet seen = new IdSet();

  PrimaryKeyDeduplicator(TableDef<T> table) {
    this.key = table.primaryKey().stream().map(table::column).toList();
  }

  /** Returns whether a record came before, and keeps it in mind. */
  boolean isRepeat(T record) {
    return !seen.add(text(record));
  }

  private String text(T record) {
    if (key.size() == 1) {
      return String.valueOf(key.get(0).reader().apply(record));
    }
    StringBuilder text = new StringBuilder();
    for (Column<T> column : key) {
      text.append(column.reader().apply(record)).append(SEPARATOR);
    }
    return text.toString();
  }
}
