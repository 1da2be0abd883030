package dev.turntable.store;

import dev.turntable.source.AccessPath;
import dev.turntable.source.KnownKeysPath;
import dev.turntable.source.ScanRequest;
import dev.turntable.store.read.ShownKeys;
import dev.turntable.store.table.KeyText;
import dev.turntable.store.table.Reading;
import dev.turntable.store.table.StoreAccount;
import java.util.List;
import java.util.Map;

/** What of a path the store can stand for, and what it is called there. */
record StoredReach<T>(StoredTable<T> table, AccessPath<T> path) {
  /** Returns the columns of the keys, or the name of the list. */
  String scope() {
    if (path instanceof KnownKeysPath<T> known) {
      return Reading.keyScope(List.of(known.keyColumn()));
    }
    return path.keys().isEmpty() ? Reading.listScope(path.name()) : Reading.keyScope(path.keys());
  }

  /** Returns whether what the store has can stand for what is asked. */
  boolean isWithin(ScanRequest request) {
    // A list that is asked for more than it shows, as of one task, tells of that by itself.
    return table.rows().keeps(request.columns())
        && (path instanceof KnownKeysPath<T>
            || new ShownKeys(table.rows(), path, request).canBeTold())
        && (path.keys().isEmpty()
            ? path.coverage(request).isExhaustive()
                == path.coverage(request.withFilters(Map.of())).isExhaustive()
            : path.coverage(request).isExhaustive());
  }

  /** Returns whether every key has a text of its own. */
  boolean keysAreTexts(ScanRequest request) {
    return request.keys().stream().allMatch(key -> KeyText.of(key) != null);
  }

  /** Returns the spans of a request, of which nothing is kept that is read. */
  StoredSpans<T> spans(StoreAccount account, ScanRequest request) {
    Capture<T> capture = new Capture<>(table, account, false);
    return new StoredSpans<>(table, path, capture, account, scope(), request);
  }
}
