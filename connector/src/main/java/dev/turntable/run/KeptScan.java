package dev.turntable.run;

import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import dev.turntable.source.ColumnFilter;
import dev.turntable.source.ColumnType;
import dev.turntable.source.Coverage;
import dev.turntable.source.KeptDatabase;
import dev.turntable.source.KeptRows;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.TableDef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a scan in a database on this machine: those of its reference, as the statement means
 * them, of which none is left to ask for.
 */
public final class KeptScan<T> {
  private final ScanNode<T> node;
  private final Execution execution;
  private final boolean waits;
  private final Map<String, ColumnFilter> filters;

  /** The columns of which more keys are looked at than the statement may bind. */
  private final Set<String> perhaps = new LinkedHashSet<>();

  private KeptScan(
      ScanNode<T> node, boolean waits, Execution execution, Map<String, ColumnFilter> filters) {
    this.waits = waits;
    this.node = node;
    this.execution = execution;
    this.filters = filters;
  }

  /**
   * What is there.
   *
   * @param rows all rows that can match, and perhaps others that do not
   * @param told tells that a table is not read whole
   */
  public record Found(List<KeptRows> rows, Runnable told) {
    /** Tells what a reading of the same rows would have told at its end. */
    public void tell() {
      rows.forEach(KeptRows::tell);
    }
  }

  /**
   * Returns null if a request is to be sent for some of the rows, or no row can match.
   *
   * @param waits whether to wait for others that use the database
   */
  public static <T> @Nullable Found find(ScanNode<T> node, boolean waits, Execution execution) {
    Map<String, ColumnFilter> filters = node.filters(execution);
    return filters == null ? null : new KeptScan<>(node, waits, execution, filters).find();
  }

  private @Nullable Found find() {
    KeptRows ofKeys = ofKeys(filters);
    if (ofKeys != null) {
      return new Found(List.of(ofKeys), () -> {});
    }
    AccessPath<T> list = list();
    if (list == null) {
      return null;
    }
    ScanRequest request = request(list, filters);
    KeptRows known = request == null ? null : list.kept(request, waits, execution.scope());
    if (request == null || known == null) {
      return null;
    }
    List<KeptRows> all = new ArrayList<>();
    all.add(known);
    Coverage coverage = list.coverage(request);
    List<Map<String, ColumnFilter>> beside = keysBeside(coverage, known);
    if (beside == null || beside.size() > 1) {
      return null; // a row may be of both
    }
    for (Map<String, ColumnFilter> narrowed : beside) {
      KeptRows rows = ofKeys(narrowed);
      if (rows == null) {
        return null;
      }
      all.add(rows);
    }
    return new Found(all, () -> tell(coverage));
  }

  private void tell(Coverage coverage) {
    if (coverage.isTold()) {
      execution
          .knownRows()
          .add(node.schema(), node.table().name(), coverage, node.bound().underOr());
    }
  }

  /** Returns the rows of keys that the statement names, all of which are there. */
  private @Nullable KeptRows ofKeys(Map<String, ColumnFilter> named) {
    TableDef<T> table = node.table();
    Set<String> openKeys = AccessChoice.openKeys(table);
    for (AccessPath<T> path : table.paths()) {
      if (path.keys().isEmpty()
          || path.keys().stream().anyMatch(key -> openKeys.contains(key) && !node.binds(key))) {
        continue;
      }
      ScanRequest request = request(path, named);
      if (request != null && path.coverage(request).isExhaustive()) {
        KeptRows rows = path.kept(request, waits, execution.scope());
        if (rows != null) {
          return rows;
        }
      }
    }
    return null;
  }

  /** Returns the path without keys that sees most, or null if there is none. */
  private @Nullable AccessPath<T> list() {
    AccessPath<T> most = null;
    ScanRequest any = ScanRequest.all(Set.of());
    for (AccessPath<T> path : node.table().paths()) {
      if (path.keys().isEmpty()
          && (most == null || path.coverage(any).seesMoreThan(most.coverage(any)))) {
        most = path;
      }
    }
    return most;
  }

  private @Nullable ScanRequest request(AccessPath<T> path, Map<String, ColumnFilter> of) {
    return AccessChoice.request(path, of, node.neededColumns());
  }

  /** Returns what is read of keys that the statement names and the list leaves out. */
  private @Nullable List<Map<String, ColumnFilter>> keysBeside(Coverage coverage, KeptRows known) {
    Map<String, Set<Object>> wanted = wantedKeys(coverage);
    if (wanted == null) {
      return null;
    }
    List<Map<String, ColumnFilter>> readings = new ArrayList<>();
    for (Map.Entry<String, Set<Object>> entry : wanted.entrySet()) {
      String column = entry.getKey();
      Set<Object> missing = known.missing(column, entry.getValue());
      if (!missing.isEmpty() && perhaps.contains(column)) {
        return null;
      }
      if (!missing.isEmpty()) {
        ReferenceOperator.addNarrowed(
            readings, filters, column, new ColumnFilter.OneOf(List.copyOf(missing)));
      }
    }
    return readings;
  }

  private @Nullable Map<String, Set<Object>> wantedKeys(Coverage coverage) {
    Map<String, Set<Object>> wanted = new LinkedHashMap<>();
    Map<String, List<Object>> named = node.namedOpenKeys(filters);
    named.forEach((column, keys) -> wanted.put(column, new LinkedHashSet<>(keys)));
    for (BoundKeys.Supply supply : node.bound().supplies()) {
      String column = column(supply);
      if (named.containsKey(column) || !coverage.wholeFor().containsKey(column)) {
        continue;
      }
      Collection<Object> values = values(supply);
      if (values == null) {
        return null;
      }
      if (supply instanceof BoundKeys.Column given && given.from() != null) {
        perhaps.add(column);
      }
      Set<Object> keys = wanted.computeIfAbsent(column, name -> new LinkedHashSet<>());
      for (Object value : values) {
        Object key =
            ColumnFilters.external(node.table().columns().get(supply.column()).type(), value);
        if (key != null) {
          keys.add(key);
        }
      }
    }
    wanted.keySet().retainAll(coverage.wholeFor().keySet());
    return wanted;
  }

  /** Returns the keys of a supply, or null if finding them out might send a request. */
  private @Nullable Collection<Object> values(BoundKeys.Supply supply) {
    if (supply instanceof BoundKeys.Constant constant) {
      return constant.values(execution);
    }
    BoundKeys.Column column = (BoundKeys.Column) supply;
    ScanNode<?> from = column.from();
    if (from != null) {
      return ScanNode.hasKeys(column, execution) ? values(from) : List.of();
    }
    if (!readsNothing(column.rows())) {
      return null;
    }
    Set<Object> values = new LinkedHashSet<>();
    try (Operator rows = column.rows().open(execution)) {
      for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
        if (row[0] != null) {
          values.add(row[0]);
        }
      }
    }
    return values;
  }

  private static boolean readsNothing(RowNode rows) {
    return rows instanceof ValuesNode
        || (rows instanceof ProjectNode project && readsNothing(project.input()))
        || (rows instanceof FilterNode filter && readsNothing(filter.input()));
  }

  /** Returns the keys that another scan gives, and perhaps some of rows that do not fulfil all conditions. */
  private @Nullable Collection<Object> values(ScanNode<?> from) {
    Column<?> column = from.table().columns().get(from.output().get(0));
    Found found = column.type() == ColumnType.VARCHAR ? find(from, waits, execution) : null;
    if (found == null) {
      return null;
    }
    String name = '"' + column.name().replace("\"", "\"\"") + '"';
    Set<Object> keys = new LinkedHashSet<>();
    try (KeptDatabase.Rows rows =
        found
            .rows()
            .get(0)
            .database()
            .query(
                "SELECT DISTINCT " + name + " FROM supply WHERE " + name + " IS NOT NULL",
                Map.of("supply", found.rows()),
                List.of(ColumnType.VARCHAR))) {
      if (rows == null) {
        return null;
      }
      for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
        keys.add(Objects.requireNonNull(row[0]));
      }
    }
    return keys;
  }

  private String column(BoundKeys.Supply supply) {
    return node.table().columns().get(supply.column()).name();
  }
}
