package dev.turntable.store;

import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import dev.turntable.source.KeySet;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells the sets of keys that a list is whole for what it showed, out of the store: the rows of other keys
 * are then read besides, and those of these not twice.
 */
record ShownKeys(RowTable table, AccessPath<?> path, ScanRequest request) {
  /** Returns whether the sets can be told. */
  boolean canBeTold(StatementScope scope) {
    return sets().values().stream()
        .allMatch(set -> set.equals(KeySet.NONE) || set.note(Set.of(), scope));
  }

  void tell(List<StoredRow> rows, StatementScope scope) {
    sets()
        .forEach(
            (column, set) -> {
              int at = table.columns().stream().<String>map(Column::name).toList().indexOf(column);
              Set<Object> keys = new HashSet<>();
              for (StoredRow row : rows) {
                Object key = row.values().get(at);
                if (key != null) {
                  keys.add(key);
                }
              }
              if (!set.equals(KeySet.NONE)) {
                set.note(keys, scope);
              }
            });
  }

  private Map<String, KeySet> sets() {
    return path.coverage(request).wholeFor();
  }
}
