package dev.turntable.run;

import dev.turntable.source.ColumnFilter;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.KeySet;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a reference to a table that no list shows whole: first those of the list or of the known
 * ids, then those of the keys that the statement binds and the list left out, each asked for once.
 */
final class ReferenceOperator<T> implements Operator {
  private final ScanNode<T> node;
  private final @Nullable AccessChoice<T> known;
  private final Execution execution;
  private final MemoryTracker held;
  private @Nullable Operator current;
  private boolean keysAreRead;
  private long returned;

  /**
   * @param known reads the list, or the known ids; null if the connection has no source of them
   */
  ReferenceOperator(ScanNode<T> node, @Nullable AccessChoice<T> known, Execution execution) {
    this.node = node;
    this.known = known;
    this.execution = execution;
    this.held = new MemoryTracker(execution, "the keys of a reference");
    this.current =
        known == null ? null : node.scan(known, true, node.wantedRows(execution), execution);
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    while (true) {
      Operator rows = current;
      if (rows != null) {
        @Nullable Object[] row = rows.next();
        if (row != null) {
          returned++;
          return row;
        }
        rows.close();
        current = null;
      }
      if (keysAreRead || isEnough()) {
        return null;
      }
      keysAreRead = true;
      current = ofKeys();
    }
  }

  private boolean isEnough() {
    OptionalLong wanted = node.wantedRows(execution);
    return wanted.isPresent() && returned >= wanted.getAsLong();
  }

  /** Opens the keys that are bound and not read yet, or null if there are none. */
  private @Nullable Operator ofKeys() {
    Map<String, ColumnFilter> filters = node.filters(execution);
    if (filters == null) {
      return null;
    }
    List<Map<String, ColumnFilter>> readings = new ArrayList<>();
    wantedKeys(filters)
        .forEach(
            (column, keys) -> {
              List<Object> missing = missing(column, keys);
              if (!missing.isEmpty()) {
                addNarrowed(readings, filters, column, new ColumnFilter.OneOf(missing));
              }
            });
    List<Operator> scans = new ArrayList<>();
    for (Map<String, ColumnFilter> narrowed : readings) {
      AccessChoice<T> choice = choose(narrowed);
      if (choice != null) {
        scans.add(node.scan(choice, true, wantedRows(), execution));
      }
    }
    return scans.isEmpty() ? null : new Concatenation(scans);
  }

  private OptionalLong wantedRows() {
    OptionalLong all = node.wantedRows(execution);
    return all.isPresent() ? OptionalLong.of(all.getAsLong() - returned) : all;
  }

  /** Where two columns are bound, the keys of each are read with all of the other. */
  static void addNarrowed(
      List<Map<String, ColumnFilter>> readings,
      Map<String, ColumnFilter> filters,
      String column,
      ColumnFilter keys) {
    List<Map<String, ColumnFilter>> others = new ArrayList<>(readings);
    others.add(filters);
    for (Map<String, ColumnFilter> other : others) {
      Map<String, ColumnFilter> narrowed = new LinkedHashMap<>(other);
      narrowed.put(column, keys);
      readings.add(narrowed);
    }
  }

  /** Returns how some keys are read; null if that wants the known ids, and there are none. */
  private @Nullable AccessChoice<T> choose(Map<String, ColumnFilter> filters) {
    try {
      return node.choose(filters, false, execution);
    } catch (TurntableException e) {
      if (known == null && e.kind() == ErrorKind.INVALID_STATEMENT) {
        return null;
      }
      throw e;
    }
  }

  private Map<String, Set<Object>> wantedKeys(Map<String, ColumnFilter> filters) {
    Map<String, Set<Object>> wanted = new LinkedHashMap<>();
    Map<String, List<Object>> named = node.namedOpenKeys(filters);
    // No row of another key can match.
    named.forEach((column, keys) -> wanted.put(column, new LinkedHashSet<>(keys)));
    for (BoundKeys.Supply supply : node.bound().supplies()) {
      String column = node.table().columns().get(supply.column()).name();
      if (named.containsKey(column)) {
        continue;
      }
      Set<Object> keys = wanted.computeIfAbsent(column, name -> new LinkedHashSet<>());
      for (Object value : values(supply)) {
        Object key =
            ColumnFilters.external(node.table().columns().get(supply.column()).type(), value);
        if (key != null && keys.add(key)) {
          held.addValue(key);
        }
      }
    }
    return wanted;
  }

  /** Returns the keys of a supply in internal form, without nulls. */
  private List<Object> values(BoundKeys.Supply supply) {
    if (supply instanceof BoundKeys.Constant constant) {
      return constant.values(execution);
    }
    List<Object> values = new ArrayList<>();
    if (supply instanceof BoundKeys.Column column && ScanNode.hasKeys(column, execution)) {
      // A reference that has no source of rows itself binds nothing.
      Set<Object> distinct = new LinkedHashSet<>();
      try (Operator rows = column.rows().open(execution)) {
        for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
          if (row[0] != null) {
            distinct.add(row[0]);
          }
        }
      }
      values.addAll(distinct);
    }
    return values;
  }

  private List<Object> missing(String column, Set<Object> keys) {
    if (known == null || keys.isEmpty()) {
      return List.copyOf(keys);
    }
    KeySet covered = known.coverage().wholeFor().get(column);
    return covered == null ? List.of() : List.copyOf(covered.missing(keys, execution.scope()));
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
    keysAreRead = true;
    held.releaseAll();
  }

  /** One scan after the other. */
  private static final class Concatenation implements Operator {
    private final List<Operator> scans;
    private int at;

    Concatenation(List<Operator> scans) {
      this.scans = scans;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      for (; at < scans.size(); at++) {
        @Nullable Object[] row = scans.get(at).next();
        if (row != null) {
          return row;
        }
        scans.get(at).close();
      }
      return null;
    }

    @Override
    public void close() {
      scans.forEach(Operator::close);
    }
  }
}
