package dev.turntable.store.sync;

import dev.turntable.source.ForeignKey;
import dev.turntable.source.RowCount;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import dev.turntable.store.table.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one source tells of how many rows a table has, and how many of them the store has. */
public final class StoredCounts {
  private final StoreSync store;
  private final SyncTable counted;
  private final @Nullable SyncTable telling;
  private final RowCount count;
  private final String parent;
  private final String parentKey;

  private StoredCounts(
      StoreSync store,
      SyncTable counted,
      @Nullable SyncTable telling,
      RowCount count,
      ForeignKey parent) {
    this.store = store;
    this.counted = counted;
    this.telling = telling;
    this.count = count;
    this.parent = parent.schema() + "." + parent.table();
    this.parentKey = parent.referenced().get(0);
  }

  /** Returns what is told of the tables of a store. */
  public static List<StoredCounts> all(StoreSync store) {
    List<StoredCounts> all = new ArrayList<>();
    store
        .sources()
        .forEach(
            (counted, source) -> {
              for (RowCount count : source.source().rowCounts()) {
                if (count.counted().equals(counted.qualifiedName())) {
                  all.add(
                      new StoredCounts(
                          store,
                          counted,
                          find(store, count.table()),
                          count,
                          parent(counted.definition(source.source()), count)));
                }
              }
            });
    return all;
  }

  private static @Nullable SyncTable find(StoreSync store, String name) {
    return store.tables().stream()
        .filter(table -> table.qualifiedName().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static ForeignKey parent(TableDef<?> counted, RowCount count) {
    return counted.foreignKeys().stream()
        .filter(key -> key.columns().equals(List.of(count.countedKey())))
        .findFirst()
        .orElseThrow();
  }

  public RowCount count() {
    return count;
  }

  /** Returns the table whose rows are counted. */
  public SyncTable counted() {
    return counted;
  }

  /** Returns the table that tells, if that is kept too; else the service has to be asked. */
  public @Nullable SyncTable telling() {
    return telling;
  }

  /** Returns how many rows there are, by key. */
  public Map<String, Long> stored(StatementScope scope) {
    return store.read(
        counted,
        scope,
        Map.of(),
        (connection, account) -> new RowCounts(connection, account, count).stored());
  }

  /** Returns what the rows of {@link #telling} tell, by key. */
  public Map<String, Long> told(StatementScope scope) {
    return store.read(
        counted,
        scope,
        Map.of(),
        (connection, account) -> new RowCounts(connection, account, count).told());
  }

  /** Returns the keys that there are, whether or not they have rows. */
  public List<String> keys(StatementScope scope) {
    return store.read(
        counted,
        scope,
        List.of(),
        (connection, account) -> new RowCounts(connection, account, count).keys(parent, parentKey));
  }

  /**
   * Returns the spans in which a history has rows of some keys that its list has not shown, so that it may
   * be asked for them: until it shows them it is taken to have none.
   */
  public List<TimeSpan> unlisted(List<String> keys, StatementScope scope) {
    return counted.kind() == SyncTable.Kind.HISTORY && !keys.isEmpty()
        ? store.read(
            counted,
            scope,
            List.of(),
            (connection, account) ->
                new RowCounts(connection, account, count).unlisted(counted.keyColumn(), keys))
        : List.of();
  }

  /** Returns the differences that remained when they were last looked at. */
  public List<CountDifference> known(StatementScope scope) {
    return store.read(
        counted,
        scope,
        List.of(),
        (connection, account) -> new RowCounts(connection, account, count).known());
  }

  /** Keeps the differences that remain, in the place of those that did. */
  public void remember(List<CountDifference> differences, StatementScope scope) {
    store.write(
        counted,
        scope,
        (connection, account) -> {
          new RowCounts(connection, account, count).remember(differences);
          return differences;
        });
  }
}
