package dev.turntable.store;

import dev.turntable.source.AccessPath;
import dev.turntable.source.KeySet;
import dev.turntable.source.KnownKeysPath;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.SetKeysPath;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TaskCatalog;
import dev.turntable.store.file.Query;
import dev.turntable.store.kept.KeptReading;
import dev.turntable.store.kept.KeptStore;
import dev.turntable.store.kept.KnownState;
import dev.turntable.store.kept.KnownStates;
import dev.turntable.store.read.Selection;
import dev.turntable.store.read.ShownKeys;
import dev.turntable.store.read.SourceStore;
import dev.turntable.store.read.StatementReading;
import dev.turntable.store.read.StoreReader;
import dev.turntable.store.table.KeyText;
import dev.turntable.store.table.Reading;
import dev.turntable.store.table.StoreAccount;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One reading by one path, as far as the store has all of it. */
final class KeptPath<T> {
  private final StoredTable<T> table;
  private final AccessPath<T> path;
  private final ScanRequest request;
  private final StatementScope scope;
  private final StatementReading reading;
  private final StoreAccount account;
  private final Selection selection;

  KeptPath(
      StoredTable<T> table,
      AccessPath<T> path,
      ScanRequest request,
      StoreAccount account,
      StatementReading reading) {
    this.table = table;
    this.path = path;
    this.request = request;
    this.scope = reading.scope();
    this.reading = reading;
    this.account = account;
    this.selection = Selection.of(table.rows(), request, path.keys());
  }

  /** Returns the rows of what {@code read} finds of a key, of a list or of a span. */
  private KeptReading of(StoreReader.Kept kept) {
    return of(kept, () -> {});
  }

  private KeptReading of(StoreReader.Kept kept, Runnable told) {
    return new KeptReading(
        new KeptStore(reading),
        reading,
        selection,
        kept.rows(),
        kept.readAt(),
        reading.hold(),
        new HashMap<>(),
        (column, keys) -> missing(column, keys, kept.rows()),
        told);
  }

  private Set<Object> missing(String column, Set<Object> keys, Query rows) {
    KeySet set = path.coverage(request).wholeFor().get(column);
    if (set == null) {
      return Set.of();
    }
    if (set.takesNotes()) {
      ShownKeys shown = new ShownKeys(table.rows(), path, request);
      reading.ask(
          connection -> {
            shown.tell(connection, rows, scope);
            return true;
          });
    }
    return set.missing(keys, scope);
  }

  /** Returns the rows of some keys, or of a list. */
  @Nullable KeptReading keys(String readingScope, Set<String> keys) {
    StoreReader.Kept known = ofKnown(readingScope, keys);
    if (known != null) {
      return of(known);
    }
    StoreReader.Kept kept = table.reader().kept(reading, account, readingScope, keys, selection);
    return kept == null ? null : of(kept);
  }

  /**
   * Returns the rows of keys that are known, where it was found that the rows of all known keys are there:
   * nothing is looked at but they.
   */
  private StoreReader.@Nullable Kept ofKnown(String readingScope, Set<String> keys) {
    boolean catalogued =
        table.definition().paths().stream()
            .anyMatch(
                each ->
                    each instanceof KnownKeysPath<?> known
                        && Reading.keyScope(List.of(known.keyColumn())).equals(readingScope));
    if (!catalogued) {
      return null;
    }
    return reading
        .<Optional<StoreReader.Kept>>ask(
            connection -> {
              Integer number = account.find(connection);
              KnownState state =
                  number == null
                      ? null
                      : KnownStates.of(reading.file())
                          .found(connection, number, table.rows(), readingScope);
              if (number == null
                  || state == null
                  || !isFresh(state)
                  || state.others() == null
                  || !Collections.disjoint(state.others(), keys)
                  || state.leftOut().stream().anyMatch(selection.columns()::contains)) {
                return Optional.empty();
              }
              return Optional.ofNullable(copied(connection, number, readingScope, keys))
                  .map(rows -> new StoreReader.Kept(rows, state.readAt()));
            })
        .orElse(null);
  }

  /** Returns a copy of the rows of some keys, or null if not every key has one. */
  private @Nullable Query copied(
      Connection connection, int account, String readingScope, Set<String> keys)
      throws SQLException {
    String name = "copy_" + reading.nextResult();
    String key = KeyText.sqlOfRow(readingScope);
    Query query =
        new Query()
            .add("CREATE TEMP TABLE " + name + " AS SELECT " + selection.columnsOfRow())
            .add(", " + key + " AS _of FROM " + table.rows().name() + " t");
    if (keys.size() == 1) {
      query.add(" WHERE t._account = ? AND " + key + " = ?", account, keys.iterator().next());
    } else {
      String asked = "asked_" + reading.nextResult();
      StoreReader.ask(connection, asked, keys);
      query
          .add(" SEMI JOIN temp.main." + asked + " a ON a.key = " + key)
          .add(" WHERE t._account = ?", account);
    }
    try (PreparedStatement statement = query.prepare(connection)) {
      statement.execute();
    }
    Query count = new Query().add("SELECT COUNT(DISTINCT _of) FROM temp.main." + name);
    try (PreparedStatement statement = count.prepare(connection);
        ResultSet row = statement.executeQuery()) {
      return row.next() && row.getLong(1) == keys.size()
          ? new Query().add(" FROM temp.main." + name + " t WHERE TRUE")
          : null;
    }
  }

  /** Returns the rows of the keys that are set. */
  @Nullable KeptReading set(SetKeysPath<T> set) {
    Map<String, Object> keys = new LinkedHashMap<>();
    for (List<Object> key : set.setKeys()) {
      String text = KeyText.of(key);
      if (text == null) {
        return null;
      }
      keys.put(text, key);
    }
    StoreReader.Kept kept =
        table
            .reader()
            .kept(reading, account, Reading.keyScope(set.byKey().keys()), keys.keySet(), selection);
    return kept == null ? null : of(kept, () -> set.tell(scope));
  }

  /** Returns the rows of spans of time. */
  @Nullable KeptReading spans(StoredSpans<T> spans) {
    StoreReader.Kept kept = spans.kept(reading);
    return kept == null ? null : of(kept);
  }

  /** Returns the rows of all keys that are known. */
  @Nullable KeptReading known(KnownKeysPath<T> known) {
    String readingScope = Reading.keyScope(List.of(known.keyColumn()));
    List<Object> own = known.ownKeys();
    return reading
        .<Optional<KeptReading>>ask(
            connection -> {
              Integer number = account.find(connection);
              if (number == null || !table.rows().isThere(connection)) {
                return Optional.empty();
              }
              KnownState state =
                  KnownStates.of(reading.file())
                      .state(connection, number, table.rows(), readingScope);
              if (!isFresh(state)
                  || state.leftOut().stream().anyMatch(selection.columns()::contains)
                  || !areLogsFresh(connection, number, known.namingWorkers())) {
                return Optional.empty();
              }
              Set<Object> remembered = KnownKeys.remembered(connection, number, own);
              if (remembered == null) {
                return Optional.empty();
              }
              TaskCatalog.@Nullable Logs logs = StoreCatalog.logs(connection, number);
              return Optional.of(
                  new KeptReading(
                      new KeptStore(reading),
                      reading,
                      selection,
                      state.rows(number, table.rows(), readingScope),
                      state.readAt(),
                      reading.hold(),
                      state.ordersTextsByBytes(),
                      (column, keys) ->
                          column.equals(known.keyColumn())
                              ? KnownKeys.unknown(reading, number, keys)
                              : Set.of(),
                      () ->
                          known.tell(remembered, state.known() - remembered.size(), logs, scope)));
            })
        .orElse(null);
  }

  private boolean isFresh(KnownState state) {
    SourceStore store = table.store();
    return state.whole()
        && state.known() > 0
        && (state.oldest() == null || store.isFresh(state.oldest(), false))
        && (state.oldestFinal() == null || store.isFresh(state.oldestFinal(), true))
        && state.youngest() != null
        && !state.youngest().isAfter(store.clock().instant());
  }

  private boolean areLogsFresh(Connection connection, int account, List<String> workers)
      throws SQLException {
    return workers.isEmpty()
        || StoreCatalog.freshLogs(
                connection, account, readAt -> table.store().isFresh(readAt, false))
            .containsAll(workers);
  }
}
