package dev.turntable.store;

import dev.turntable.source.AccessPath;
import dev.turntable.source.AgeText;
import dev.turntable.source.KnownKeysPath;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.TurntableException;
import dev.turntable.store.read.Selection;
import dev.turntable.store.read.StoreReader;
import dev.turntable.store.table.KeyText;
import dev.turntable.store.table.Reading;
import dev.turntable.store.table.StoreAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a path would send beside what the store has. Sends nothing, and waits for nobody. */
final class StoredEstimates<T> {
  private static final Duration LONG = Duration.ofMillis(50);
  private static final Duration LASTING = Duration.ofSeconds(30);

  private final StoredReach<T> reach;
  private final StoredTable<T> table;
  private final AccessPath<T> path;

  /** What reading a great many known keys would send; planning asks often, and counting takes long. */
  private volatile @Nullable Lasting lasting;

  private record Lasting(List<RequestEstimate> estimates, long nanos) {}

  StoredEstimates(StoredReach<T> reach) {
    this.reach = reach;
    this.table = reach.table();
    this.path = reach.path();
  }

  List<RequestEstimate> estimate(ScanRequest request) {
    if (!(path instanceof KnownKeysPath<T> known)) {
      return estimated(request);
    }
    Lasting last = lasting;
    long start = System.nanoTime();
    if (last != null && start - last.nanos() < LASTING.toNanos()) {
      return last.estimates();
    }
    List<RequestEstimate> estimates = estimated(request);
    if (System.nanoTime() - start > LONG.toNanos()
        && known.knownKeys().size() > StoreNotes.MOST_LOOKED_UP) {
      lasting = new Lasting(List.copyOf(estimates), System.nanoTime());
    }
    return estimates;
  }

  private List<RequestEstimate> estimated(ScanRequest request) {
    if (path.timeColumn() != null) {
      StoredSpans<T> spans = spans(request);
      return spans == null ? path.estimate(request) : spans.estimate();
    }
    StoreReader.Summary there = look(request);
    if (there == null || there.keys().isEmpty()) {
      return path.estimate(request);
    }
    if (path instanceof KnownKeysPath<T> known) {
      List<Object> keys = new ArrayList<>(known.knownKeys());
      keys.removeIf(key -> !there.keys().contains(KeyText.of(List.of(key))));
      return known.estimateWithout(request, keys);
    }
    if (path.keys().isEmpty()) {
      return List.of();
    }
    List<List<Object>> rest = new ArrayList<>(request.keys());
    rest.removeIf(key -> there.keys().contains(KeyText.of(key)));
    return rest.isEmpty() ? List.of() : path.estimate(request.withKeys(rest));
  }

  /** Returns what EXPLAIN tells besides. */
  List<String> notes(ScanRequest request) {
    List<String> notes = new ArrayList<>(path.notes(request));
    StoredSpans<T> spans = path.timeColumn() == null ? null : spans(request);
    if (spans != null) {
      notes.addAll(spans.notes());
      return notes;
    }
    StoreReader.Summary there = look(request);
    if (there != null && there.readAt() != null) {
      Duration age = Duration.between(there.readAt(), table.store().clock().instant());
      notes.addAll(
          StoreNotes.of(
              there.rows(), AgeText.text(age), Selection.of(table.rows(), request, path.keys())));
    }
    return notes;
  }

  private @Nullable StoredSpans<T> spans(ScanRequest request) {
    StoreAccount account = table.store().knownAccount();
    return account == null
            || !table.store().answers()
            || !reach.isWithin(request)
            || !reach.keysAreTexts(request)
        ? null
        : reach.spans(account, request);
  }

  /** Returns what is there, or null if that is not known. Sends nothing and waits for nobody. */
  private StoreReader.@Nullable Summary look(ScanRequest request) {
    StoreAccount account = table.store().knownAccount();
    if (!table.store().answers() || account == null || !reach.isWithin(request)) {
      return null;
    }
    Map<String, List<Object>> keys = new LinkedHashMap<>();
    if (path instanceof KnownKeysPath<T> known) {
      List<Object> all = known.knownKeys();
      if (all.size() <= StoreNotes.MOST_LOOKED_UP) {
        all.forEach(key -> put(keys, List.of(key)));
      }
    } else if (request.keys().size() > StoreNotes.MOST_LOOKED_UP) {
      return null;
    } else if (path.keys().isEmpty()) {
      keys.put(Reading.LIST, List.of());
    } else {
      request.keys().forEach(key -> put(keys, key));
    }
    if (keys.isEmpty()) {
      return null;
    }
    try {
      return table.reader().look(account, reach.scope(), keys.keySet());
    } catch (TurntableException e) {
      return null; // told where rows are read
    }
  }

  private static void put(Map<String, List<Object>> keys, List<Object> key) {
    String text = KeyText.of(key);
    if (text != null) {
      keys.put(text, key);
    }
  }
}
