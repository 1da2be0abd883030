package dev.turntable.run;

import dev.turntable.source.ColumnFilter;
import dev.turntable.source.Coverage;
import dev.turntable.source.CoverageRecord;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.TableDef;
import dev.turntable.source.TurntableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The scan of one table: opens the cheapest access path, checks every row again, hands up the columns
 * wanted. The one point that every fetched row passes.
 *
 * @param schema the schema of the table, for messages
 * @param table the table
 * @param predicate what its rows must fulfil
 * @param output the positions of the columns handed up
 * @param rows which rows are wanted of those that fulfil it
 * @param bound which keys the statement binds, beyond the conditions
 */
public record ScanNode<T>(
    String schema,
    TableDef<T> table,
    ScanPredicate predicate,
    List<Integer> output,
    RowsWanted rows,
    BoundKeys bound)
    implements RowNode {
  public ScanNode {
    output = List.copyOf(output);
  }

  /** Returns the same where only the first rows are kept. */
  public ScanNode<T> withFirst(RowsWanted.First first) {
    return new ScanNode<>(
        schema,
        table,
        predicate,
        output,
        new RowsWanted(rows.fetch(), rows.order(), rows.feedsResult(), first),
        bound);
  }

  /** Returns the names of the columns that must be fetched. */
  public Set<String> neededColumns() {
    return names(neededPositions());
  }

  Set<Integer> neededPositions() {
    Set<Integer> needed = new LinkedHashSet<>(output);
    needed.addAll(predicate.checkedColumns());
    return needed;
  }

  private Set<String> names(Collection<Integer> positions) {
    Set<String> names = new LinkedHashSet<>();
    positions.forEach(column -> names.add(table.columns().get(column).name()));
    return names;
  }

  /**
   * How the rows of one execution are read.
   *
   * @param path the first, or only, path; null if nothing but the keys that follow is read
   * @param keysFollow whether keys that the statement binds are read after it, as far as it leaves them
   *     out
   */
  public record Reading<T>(@Nullable AccessChoice<T> path, boolean keysFollow) {}

  /** Returns whether a join hands over keys to it. */
  public boolean isDriven() {
    return predicate.conditions().stream().anyMatch(condition -> condition.slot() >= 0);
  }

  /**
   * Returns how the table is read with the values of one execution, or null if no row can match.
   *
   * @throws TurntableException if nothing can serve them
   */
  public @Nullable Reading<T> reading(Execution execution) {
    Map<String, ColumnFilter> filters = filters(execution);
    if (filters == null || wantedRows(execution).equals(OptionalLong.of(0))) {
      return null;
    }
    try {
      AccessChoice<T> choice = choose(filters, true, execution);
      return new Reading<>(choice, addsKeys(choice.coverage(), filters));
    } catch (TurntableException e) {
      if (bound.supplies().stream().noneMatch(supply -> hasKeys(supply, execution))) {
        throw e;
      }
      return new Reading<>(null, true);
    }
  }

  /** Returns the first path of {@link #reading}, or null if nothing is read by a path of its own. */
  public @Nullable AccessChoice<T> choose(Execution execution) {
    Reading<T> reading = reading(execution);
    return reading == null ? null : reading.path();
  }

  /**
   * Chooses a path.
   *
   * @param restFollows as for {@link AccessChoice.Wanted}
   */
  AccessChoice<T> choose(
      Map<String, ColumnFilter> filters, boolean restFollows, Execution execution) {
    return AccessChoice.of(
        schema,
        table,
        new AccessChoice.Wanted(
            filters,
            neededColumns(),
            rows.order(),
            this::binds,
            restFollows,
            execution.isReckoning()));
  }

  boolean binds(String column) {
    return bound.columns() == null
        || bound.columns().stream()
            .anyMatch(position -> table.columns().get(position).name().equals(column));
  }

  private boolean addsKeys(Coverage coverage, Map<String, ColumnFilter> filters) {
    Set<String> named = namedOpenKeys(filters).keySet();
    return coverage.wholeFor().keySet().stream()
        .anyMatch(
            key ->
                named.contains(key)
                    || bound.supplies().stream()
                        .anyMatch(
                            supply -> table.columns().get(supply.column()).name().equals(key)));
  }

  /** Returns the open-ended keys that every row must have, which a list may leave out. */
  Map<String, List<Object>> namedOpenKeys(Map<String, ColumnFilter> filters) {
    Map<String, List<Object>> named = new LinkedHashMap<>();
    for (String key : AccessChoice.openKeys(table)) {
      if (binds(key) && filters.get(key) instanceof ColumnFilter.OneOf oneOf) {
        named.put(key, oneOf.values());
      }
    }
    return named;
  }

  static boolean hasKeys(BoundKeys.Supply supply, Execution execution) {
    if (!(supply instanceof BoundKeys.Column column) || column.from() == null) {
      return true;
    }
    try {
      column.from().reading(execution);
      return true;
    } catch (TurntableException e) {
      return false;
    }
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
        !predicate.residual()
            && rows.fetch() == null
            && predicate.conditions().stream()
                .allMatch(
                    condition ->
                        condition.operator() == PushedCondition.Operator.ONE_OF
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
  @Nullable Map<String, ColumnFilter> filters(Execution execution) {
    return predicate.filters(table.columns(), execution);
  }

  /** Returns how many rows the statement wants at most, if that is known. */
  public OptionalLong wantedRows(Execution execution) {
    return rows.atMost(execution);
  }

  @Override
  public Operator open(Execution execution) {
    Reading<T> reading = reading(execution);
    if (reading == null) {
      return EmptyOperator.INSTANCE;
    }
    AccessChoice<T> choice = reading.path();
    if (!reading.keysFollow() && choice != null) {
      return scan(choice, false, wantedRows(execution), execution);
    }
    return new ReferenceOperator<>(this, choice, execution);
  }

  private boolean isExact(AccessChoice<T> choice) {
    return !predicate.residual() && choice.complete();
  }

  /**
   * Returns what a path is asked.
   *
   * @param wanted how many rows are wanted at most, if that is known
   */
  public ScanRequest request(AccessChoice<T> choice, OptionalLong wanted, Execution execution) {
    boolean saysAll =
        !predicate.residual() && predicate.isSaidByFilters(table.columns(), execution);
    RowsWanted.First first = saysAll ? rows.first() : null;
    OptionalLong enough = first == null ? wanted : rows.kept(execution);
    return choice
        .request()
        .withLimit(isExact(choice) ? wanted : OptionalLong.empty())
        .withOrdered(!rows.order().isEmpty())
        .withAtHand(
            new ScanRequest.AtHand(
                choice.request().atHand().predicate(),
                first == null ? List.of() : first.order(),
                saysAll ? enough : OptionalLong.empty()));
  }

  /** Opens one path. */
  Operator scan(
      AccessChoice<T> choice, boolean keysFollow, OptionalLong wanted, Execution execution) {
    Coverage coverage = choice.coverage();
    if (coverage.isTold()) {
      execution.knownRows().add(schema, table.name(), coverage, bound.underOr());
    }
    FetchDemand demand = new FetchDemand(wanted, isExact(choice), execution.stopsEarly());
    ScanRequest asked = request(choice, wanted, execution).withKeysFollowing(keysFollow);
    CachedList list = wanted.isPresent() ? null : execution.lists().of(this, choice, keysFollow);
    // What is kept for other scans is kept with all its rows.
    ScanRequest request =
        list == null
            ? asked
            : asked.withColumns(names(list.columns())).withAtHand(ScanRequest.AtHand.NOTHING);
    Function<CachedList.@Nullable Filling, Operator> scan =
        filling ->
            new ScanOperator<>(
                this,
                choice.asking(request),
                demand,
                execution,
                new ScanOperator.Beside(list == null ? List.of() : list.columns(), filling),
                atItsEnd(choice, execution));
    return list == null ? scan.apply(null) : new ListOperator(this, list, scan, execution);
  }

  /** Keeps in mind that all was read that a path shows, if it asked for nothing less. */
  private LongConsumer atItsEnd(AccessChoice<T> choice, Execution execution) {
    ScanRequest request = choice.request();
    if (!request.keys().isEmpty() || !request.filters().isEmpty() || choice.estimates().isEmpty()) {
      return read -> {};
    }
    Instant begin = Instant.now();
    return read ->
        execution
            .scope()
            .connection()
            .coverage()
            .add(
                new CoverageRecord(
                    schema,
                    table.name(),
                    choice.path().name(),
                    begin,
                    read,
                    choice.coverage().isExhaustive()));
  }

  /**
   * Returns what takes each needed column out of a record, null for the columns not needed.
   *
   * @param more the positions of columns that are needed beside those of the scan itself
   */
  @Nullable Function<T, @Nullable Object>[] readers(Collection<Integer> more) {
    Set<Integer> needed = neededPositions();
    needed.addAll(more);
    List<@Nullable Function<T, @Nullable Object>> readers = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      readers.add(needed.contains(i) ? InternalForm.reader(table.columns().get(i)) : null);
    }
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of functions, filled from the list
    Function<T, @Nullable Object>[] array = readers.toArray(new Function[0]);
    return array;
  }
}
