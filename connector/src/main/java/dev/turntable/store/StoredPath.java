package dev.turntable.store;

import dev.turntable.source.AccessPath;
import dev.turntable.source.Coverage;
import dev.turntable.source.Fetch;
import dev.turntable.source.KeptRows;
import dev.turntable.source.KnownKeysPath;
import dev.turntable.source.Ordering;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.SetKeysPath;
import dev.turntable.source.StatementScope;
import dev.turntable.store.read.Selection;
import dev.turntable.store.read.ShownKeys;
import dev.turntable.store.read.StatementReading;
import dev.turntable.store.table.KeyText;
import dev.turntable.store.table.Reading;
import dev.turntable.store.table.StoreAccount;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A path of a source, whose rows come from the store as far as they are there and young enough. */
final class StoredPath<T> implements AccessPath<Object> {
  private final StoredTable<T> table;
  private final AccessPath<T> path;
  private final StoredReach<T> reach;
  private final StoredEstimates<T> estimates;

  StoredPath(StoredTable<T> table, AccessPath<T> path) {
    this.table = table;
    this.path = path;
    this.reach = new StoredReach<>(table, path);
    this.estimates = new StoredEstimates<>(reach);
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

  @Override
  public List<RequestEstimate> estimate(ScanRequest request) {
    return estimates.estimate(request);
  }

  @Override
  public List<String> notes(ScanRequest request) {
    return estimates.notes(request);
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
            : reach.isWithin(request);
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
    if (!reach.keysAreTexts(request)) {
      return null;
    }
    if (path.timeColumn() != null) {
      return kept.spans(reach.spans(account, request));
    }
    Set<String> keys = new LinkedHashSet<>();
    if (path.keys().isEmpty()) {
      keys.add(Reading.LIST);
    }
    request.keys().forEach(key -> keys.add(Objects.requireNonNull(KeyText.of(key), "key")));
    return path.keys().isEmpty() || path.readsKeysApart() ? kept.keys(reach.scope(), keys) : null;
  }

  @Override
  public List<Fetch<Object>> open(ScanRequest request, StatementScope scope) {
    StoreAccount account = table.store().account(scope);
    Capture<T> capture = new Capture<>(table, account, isWhole(request));
    ShownKeys shown = new ShownKeys(table.rows(), path, request);
    boolean mayAnswer = reach.isWithin(request);
    StoredSteps<T> steps =
        new StoredSteps<>(
            table,
            capture,
            account,
            reach.scope(),
            Selection.of(table.rows(), request, path.keys()),
            request.ordered() ? path.order() : List.of(),
            shown,
            table.store().answers() && mayAnswer);
    if (path instanceof KnownKeysPath<T>) {
      return steps.known(path.open(request, scope));
    }
    boolean unlimited = request.limit().isEmpty() || path.unique();
    if (path.timeColumn() != null && mayAnswer && reach.keysAreTexts(request)) {
      return new StoredSpans<>(table, path, capture, account, reach.scope(), request).open(scope);
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
