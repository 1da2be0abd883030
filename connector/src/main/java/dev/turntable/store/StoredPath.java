package dev.turntable.store;

import dev.turntable.source.AccessPath;
import dev.turntable.source.AgeText;
import dev.turntable.source.Coverage;
import dev.turntable.source.Fetch;
import dev.turntable.source.KeptRows;
import dev.turntable.source.KnownKeysPath;
import dev.turntable.source.Ordering;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.SetKeysPath;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import dev.turntable.store.read.Selection;
import dev.turntable.store.read.ShownKeys;
import dev.turntable.store.read.StatementReading;
import dev.turntable.store.read.StoreReader;
import dev.turntable.store.table.KeyText;
import dev.turntable.store.table.Reading;
import dev.turntable.store.table.StoreAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A path of a source, whose rows come from the store as far as they are there and young enough. */
final class StoredPath<T> implements AccessPath<Object> {
  private static final Duration LONG = Duration.ofMillis(50);
  private static final Duration LASTING = Duration.ofSeconds(30);

  private final StoredTable<T> table;
  private final AccessPath<T> path;

  /** What reading a great many known keys would send; planning asks often, and counting takes long. */
  private volatile @Nullable Lasting lasting;

  private record Lasting(List<RequestEstimate> estimates, long nanos) {}

  StoredPath(StoredTable<T> table, AccessPath<T> path) {
    this.table = table;
    this.path = path;
  }

  @Override
  public String name() {
    return path.name();
  }

  @Override
  public List<String> keys() {
    return path.keys();
  }

  @Override
  public Map<String, Set<Operator>> serves() {
    return path.serves();
  }

  @Override
  public List<Ordering> order() {
    return path.order();
  }

  @Override
  public boolean keepsOrder() {
    return path.keepsOrder();
  }

  @Override
  public boolean unique() {
    return path.unique();
  }

  @Override
  public boolean looksUpKeys() {
    return table.store().answers();
  }

  @Override
  public @Nullable String timeColumn() {
    return path.timeColumn();
  }

  @Override
  public boolean readsKeysApart() {
    return path.readsKeysApart();
  }

  @Override
  public Coverage coverage(ScanRequest request) {
    return path.coverage(request);
  }

  @Override
  public List<RequestEstimate> estimateServed(ScanRequest request, Set<String> columns) {
    return path.estimateServed(request, columns);
  }

  @Override
  public List<RequestEstimate> estimatePerKey() {
    return path.estimatePerKey();
  }

  private static boolean keysAreTexts(ScanRequest request) {
    return request.keys().stream().allMatch(key -> KeyText.of(key) != null);
  }

  @Override
  public List<RequestEstimate> estimate(ScanRequest request) {
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
      StoreAccount account = table.store().knownAccount();
      return account == null
              || !table.store().answers()
              || !isWithinReach(request)
              || !keysAreTexts(request)
          ? path.estimate(request)
          : spans(account, request).estimate();
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

  @Override
  public List<String> notes(ScanRequest request) {
    List<String> notes = new ArrayList<>(path.notes(request));
    StoreAccount account = table.store().knownAccount();
    if (path.timeColumn() != null
        && account != null
        && table.store().answers()
        && isWithinReach(request)
        && keysAreTexts(request)) {
      notes.addAll(spans(account, request).notes());
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

  private StoredSpans<T> spans(StoreAccount account, ScanRequest request) {
    Capture<T> capture = new Capture<>(table, account, false);
    return new StoredSpans<>(table, path, capture, account, scope(), request);
  }

  /** Returns what is there, or null if that is not known. Sends nothing and waits for nobody. */
  private StoreReader.@Nullable Summary look(ScanRequest request) {
    StoreAccount account = table.store().knownAccount();
    if (!table.store().answers() || account == null || !isWithinReach(request)) {
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
      return table.reader().look(account, scope(), keys.keySet());
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

  private String scope() {
    if (path instanceof KnownKeysPath<T> known) {
      return Reading.keyScope(List.of(known.keyColumn()));
    }
    return path.keys().isEmpty() ? Reading.listScope(path.name()) : Reading.keyScope(path.keys());
  }

  /** Returns whether what the store has can stand for what is asked. */
  private boolean isWithinReach(ScanRequest request) {
    // A list that is asked for more than it shows, as of one task, tells of that by itself.
    return table.rows().keeps(request.columns())
        && (path instanceof KnownKeysPath<T>
            || new ShownKeys(table.rows(), path, request).canBeTold())
        && (path.keys().isEmpty()
            ? path.coverage(request).isExhaustive()
                == path.coverage(request.withFilters(Map.of())).isExhaustive()
            : path.coverage(request).isExhaustive());
  }

  /** Returns whether what is read is whole: all columns that are kept, of all rows. */
  private boolean isWhole(ScanRequest request) {
    Set<String> kept = new LinkedHashSet<>();
    table.definition().columns().forEach(column -> kept.add(column.name()));
    kept.removeIf(column -> !table.rows().keeps(Set.of(column)));
    return table.store().source().readsWholeRecords() || request.columns().containsAll(kept);
  }

  @Override
  public void begin(StatementScope scope) {
    path.begin(scope);
  }

  @Override
  public @Nullable KeptRows kept(ScanRequest request, boolean waits, StatementScope scope) {
    boolean withinReach =
        path instanceof SetKeysPath<T> set
            ? set.byKey().coverage(request).isExhaustive() && table.rows().keeps(request.columns())
            : isWithinReach(request);
    if (!table.store().answers() || !withinReach) {
      return null;
    }
    StoreAccount account = waits ? table.store().account(scope) : table.store().knownAccount();
    if (account == null) {
      return null;
    }
    KeptPath<T> kept =
        new KeptPath<>(
            table, path, request, account, StatementReading.of(table.store(), waits, scope));
    if (path instanceof KnownKeysPath<T> known) {
      return kept.known(known);
    }
    if (path instanceof SetKeysPath<T> set) {
      return kept.set(set);
    }
    if (!keysAreTexts(request)) {
      return null;
    }
    if (path.timeColumn() != null) {
      Capture<T> capture = new Capture<>(table, account, false);
      return kept.spans(new StoredSpans<>(table, path, capture, account, scope(), request));
    }
    Set<String> keys = new LinkedHashSet<>();
    if (path.keys().isEmpty()) {
      keys.add(Reading.LIST);
    }
    request.keys().forEach(key -> keys.add(Objects.requireNonNull(KeyText.of(key), "key")));
    return path.keys().isEmpty() || path.readsKeysApart() ? kept.keys(scope(), keys) : null;
  }

  @Override
  public List<Fetch<Object>> open(ScanRequest request, StatementScope scope) {
    StoreAccount account = table.store().account(scope);
    Capture<T> capture = new Capture<>(table, account, isWhole(request));
    ShownKeys shown = new ShownKeys(table.rows(), path, request);
    boolean mayAnswer = isWithinReach(request);
    StoredSteps<T> steps =
        new StoredSteps<>(
            table,
            capture,
            account,
            scope(),
            Selection.of(table.rows(), request, path.keys()),
            request.ordered() ? path.order() : List.of(),
            shown,
            table.store().answers() && mayAnswer);
    if (path instanceof KnownKeysPath<T>) {
      return steps.known(path.open(request, scope));
    }
    boolean unlimited = request.limit().isEmpty() || path.unique();
    if (path.timeColumn() != null && mayAnswer && keysAreTexts(request)) {
      return new StoredSpans<>(table, path, capture, account, scope(), request).open(scope);
    }
    boolean all = request.filters().isEmpty() && unlimited && shown.canBeTold();
    if (path.keys().isEmpty()) {
      return steps.list(() -> path.open(request, scope), all);
    }
    if (!path.coverage(request).isExhaustive()) {
      return capture.rows(path.open(request, scope));
    }
    if (!path.readsKeysApart()) {
      return capture.rows(path.open(request, scope));
    }
    List<StoredSteps.Asked<T>> asked = new ArrayList<>();
    for (List<Object> key : request.keys()) {
      asked.add(
          new StoredSteps.Asked<>(
              KeyText.of(key), () -> path.open(request.withKeys(List.of(key)), scope)));
    }
    return steps.keyed(asked, all);
  }
}
