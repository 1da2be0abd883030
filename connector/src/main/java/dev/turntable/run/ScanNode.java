package dev.turntable.run;

import dev.turntable.source.ColumnFilter;
import dev.turntable.source.Ordering;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.TableDef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The scan of one table: opens the cheapest access path, checks every row again, hands up the columns
 * wanted. The one point that every fetched row passes.
 *
 * @param schema the schema of the table, for messages
 * @param table the table
 * @param conditions what the access paths may use of the predicate
 * @param premises parts of the predicate that read no column: no row can match unless all are true
 * @param check the whole predicate over a row of all columns, or null if there is none
 * @param checkedColumns the columns that the check reads
 * @param residual whether the predicate holds more than the conditions
 * @param output the positions of the columns handed up
 * @param fetch how many rows the statement wants at most, or null
 * @param order the order that the statement relies on; empty if on none
 * @param feedsResult whether every row goes straight into the result, so that the row limit of the
 *     caller is one of the scan too
 */
public record ScanNode<T>(
    String schema,
    TableDef<T> table,
    List<Condition> conditions,
    List<Scalar> premises,
    @Nullable Scalar check,
    Set<Integer> checkedColumns,
    boolean residual,
    List<Integer> output,
    @Nullable Scalar fetch,
    List<Ordering> order,
    boolean feedsResult)
    implements RowNode {
  public ScanNode {
    conditions = List.copyOf(conditions);
    premises = List.copyOf(premises);
    checkedColumns = Set.copyOf(checkedColumns);
    output = List.copyOf(output);
    order = List.copyOf(order);
  }

  /** Returns the names of the columns that must be fetched. */
  public Set<String> neededColumns() {
    Set<String> names = new LinkedHashSet<>();
    output.forEach(column -> names.add(table.columns().get(column).name()));
    checkedColumns.forEach(column -> names.add(table.columns().get(column).name()));
    return names;
  }

  /**
   * Returns the path for the values of one execution, or null if no row can match.
   *
   * @throws dev.turntable.source.TurntableException if no path can serve them
   */
  public @Nullable AccessChoice<T> choose(Execution execution) {
    Map<String, ColumnFilter> filters = filters(execution);
    if (filters == null || wantedRows(execution).equals(OptionalLong.of(0))) {
      return null;
    }
    return AccessChoice.of(schema, table, filters, neededColumns(), order);
  }

  /**
   * Returns the keys that the predicate names, if it says nothing else: for a DELETE that needs no
   * read.
   *
   * @param keys the columns of the key
   * @return the keys, or null if the predicate says anything else
   */
  public @Nullable List<List<Object>> namedKeys(List<String> keys, Execution execution) {
    boolean onlyKeys =
        !residual
            && fetch == null
            && conditions.stream()
                .allMatch(
                    condition ->
                        condition.operator() == Condition.Operator.ONE_OF
                            && keys.contains(table.columns().get(condition.column()).name()));
    if (!onlyKeys) {
      return null;
    }
    Map<String, ColumnFilter> filters = filters(execution);
    if (filters == null) {
      return List.of();
    }
    return AccessChoice.tuples(keys, filters);
  }

  /** Returns what is known of the columns, or null if no row can match. */
  private @Nullable Map<String, ColumnFilter> filters(Execution execution) {
    return premises.stream().anyMatch(execution::isNotTrue)
        ? null
        : Filters.evaluate(table.columns(), conditions, execution);
  }

  /** Returns how many rows the statement wants at most, if that is known. */
  public OptionalLong wantedRows(Execution execution) {
    long wanted = Long.MAX_VALUE;
    if (fetch != null && fetch.eval(Execution.NO_ROW, execution) instanceof Number rows) {
      wanted = Math.max(0, rows.longValue());
    }
    if (feedsResult && execution.maxRows() > 0) {
      wanted = Math.min(wanted, execution.maxRows());
    }
    return wanted == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(wanted);
  }

  @Override
  public Operator open(Execution execution) {
    AccessChoice<T> choice = choose(execution);
    if (choice == null) {
      return EmptyOperator.INSTANCE;
    }
    boolean exact = !residual && choice.complete();
    Demand demand = new Demand(wantedRows(execution), exact, execution.stopsEarly());
    return new ScanOperator<>(this, choice.path(), request(choice, demand), demand, execution);
  }

  private ScanRequest request(AccessChoice<T> choice, Demand demand) {
    return new ScanRequest(
        choice.request().columns(),
        choice.request().keys(),
        choice.request().filters(),
        demand.exact() ? demand.rows() : OptionalLong.empty(),
        !order.isEmpty());
  }

  /** Returns what takes each needed column out of a record, null for the columns not needed. */
  @Nullable Function<T, @Nullable Object>[] readers() {
    Set<Integer> needed = new LinkedHashSet<>(output);
    needed.addAll(checkedColumns);
    List<@Nullable Function<T, @Nullable Object>> readers = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      readers.add(needed.contains(i) ? InternalForm.reader(table.columns().get(i)) : null);
    }
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of functions, filled from the list
    Function<T, @Nullable Object>[] array = readers.toArray(new Function[0]);
    return array;
  }
}
