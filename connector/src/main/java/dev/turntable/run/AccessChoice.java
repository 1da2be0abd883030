package dev.turntable.run;

import dev.turntable.source.AccessPath;
import dev.turntable.source.ColumnFilter;
import dev.turntable.source.Coverage;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Ordering;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.TableDef;
import dev.turntable.source.TurntableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The access path that serves a scan with the fewest requests, and what it is asked.
 *
 * @param path the path
 * @param request what it will be asked
 * @param estimates what that sends if read to its end
 * @param complete whether the path makes use of every filter
 * @param coverage which of the rows that match the path sees
 */
public record AccessChoice<T>(
    AccessPath<T> path,
    ScanRequest request,
    List<RequestEstimate> estimates,
    boolean complete,
    Coverage coverage) {
  /** What a list of unknown length is taken to cost beyond what is certain. */
  private static final double UNKNOWN_LENGTH = 20;

  /** More combinations of keys than this are not worth a request each. */
  private static final long MAX_COMBINATIONS = 100_000;

  /** What finding out costs which keys a list does not hold. */
  public static final double LOOKUP = 3;

  /**
   * What a scan asks of a path.
   *
   * @param filters what is known of the columns
   * @param columns the columns that are wanted
   * @param order the order that the rows must come in; empty if it does not matter
   * @param bound which columns the statement binds to keys
   * @param restFollows whether the keys that a list leaves out are read after it; if not, a list cannot
   *     stand for them
   * @param estimating whether the keys stand for values that are not known yet
   */
  public record Wanted(
      Map<String, ColumnFilter> filters,
      Set<String> columns,
      List<Ordering> order,
      Predicate<String> bound,
      boolean restFollows,
      boolean estimating) {}

  /**
   * Chooses. Cost decides among the paths that see every row that can match; a path that does not is
   * taken where there is no other, or where the keys that it leaves out are read after it.
   *
   * @throws TurntableException if no path can serve them; tells what is missing
   */
  public static <T> AccessChoice<T> of(String schema, TableDef<T> table, Wanted wanted) {
    Set<String> openKeys = openKeys(table);
    List<AccessChoice<T>> choices = new ArrayList<>();
    List<Coverage> unordered = new ArrayList<>();
    TurntableException refusal = null;
    for (AccessPath<T> path : table.paths()) {
      ScanRequest request = request(path, wanted.filters(), wanted.columns());
      if (request == null
          || path.keys().stream()
              .anyMatch(key -> openKeys.contains(key) && !wanted.bound().test(key))) {
        continue;
      }
      Coverage coverage = path.coverage(request);
      if (!isOrdered(path, request, wanted.order())) {
        unordered.add(coverage);
        continue;
      }
      try {
        choices.add(
            new AccessChoice<>(
                path,
                request,
                estimates(path, request, wanted.estimating()),
                isComplete(path, request, wanted.filters()),
                coverage));
      } catch (TurntableException e) {
        refusal = refusal == null ? e : refusal;
      }
    }
    AccessChoice<T> best = null;
    for (AccessChoice<T> choice : choices) {
      if (unordered.stream().noneMatch(other -> other.seesMoreThan(choice.coverage()))
          && (best == null || choice.isBetterThan(best))) {
        best = choice;
      }
    }
    if (best == null) {
      throw refusal != null ? refusal : missingKey(schema, table);
    }
    for (AccessChoice<T> choice : choices) {
      if (wanted.restFollows() && choice.isCheaperWithTheRest(best, wanted.bound())) {
        best = choice;
      }
    }
    return best;
  }

  /** Returns the same path, asked something else of the same rows. */
  AccessChoice<T> asking(ScanRequest other) {
    return new AccessChoice<>(path, other, estimates, complete, coverage);
  }

  /** A key that is not known yet may be none that can exist, for which nothing is sent. */
  private static List<RequestEstimate> estimates(
      AccessPath<?> path, ScanRequest request, boolean estimating) {
    List<RequestEstimate> estimates = path.estimate(request);
    int keys = request.keys().size();
    if (!estimating || expected(estimates) > 0) {
      return estimates;
    }
    if (keys == 0) {
      return path.estimateServed(request.withFilters(Map.of()), request.filters().keySet());
    }
    return path.estimatePerKey().stream()
        .map(
            each ->
                RequestEstimate.atMost(each.request(), keys)
                    .withLikely(keys * expected(List.of(each))))
        .toList();
  }

  /** Returns the columns whose values name rows that a path without them may leave out. */
  public static Set<String> openKeys(TableDef<?> table) {
    Set<String> keys = new LinkedHashSet<>();
    for (AccessPath<?> path : table.paths()) {
      keys.addAll(path.coverage(ScanRequest.all(Set.of())).wholeFor().keySet());
    }
    // Without a path that needs no key there is no row but those of the keys that are given.
    if (table.paths().stream().noneMatch(path -> path.keys().isEmpty())) {
      table.paths().stream()
          .filter(path -> path.keys().size() == 1)
          .forEach(path -> keys.addAll(path.keys()));
    }
    return keys;
  }

  /** Whether reading a list, and then what it leaves out, beats asking for every key. */
  private boolean isCheaperWithTheRest(AccessChoice<T> whole, Predicate<String> bound) {
    return whole.coverage().seesMoreThan(coverage)
        && coverage.wholeFor().entrySet().stream()
            .allMatch(
                entry ->
                    entry.getValue().holdsMost()
                        && bound.test(entry.getKey())
                        && whole.path().keys().contains(entry.getKey()))
        && expected(estimates) + LOOKUP < expected(whole.estimates());
  }

  /** A documented order is that of one key; several keys come one after the other. */
  private static boolean isOrdered(AccessPath<?> path, ScanRequest request, List<Ordering> order) {
    return order.isEmpty()
        || (request.keys().size() <= 1
            && path.order().size() >= order.size()
            && path.order().subList(0, order.size()).equals(order));
  }

  private static boolean isComplete(
      AccessPath<?> path, ScanRequest request, Map<String, ColumnFilter> filters) {
    return filters.entrySet().stream()
        .allMatch(
            filter ->
                path.keys().contains(filter.getKey())
                    || serves(request.filter(filter.getKey()), filter.getValue()));
  }

  /** Null first: a new process makes the methods of a record when they are called, for 20 ms. */
  private static boolean serves(@Nullable ColumnFilter served, ColumnFilter wanted) {
    return served != null && served.equals(wanted);
  }

  private boolean isBetterThan(AccessChoice<T> other) {
    if (coverage.seesMoreThan(other.coverage) || other.coverage.seesMoreThan(coverage)) {
      return coverage.seesMoreThan(other.coverage);
    }
    double mine = expected(estimates);
    double theirs = expected(other.estimates);
    if (mine != theirs) {
      return mine < theirs;
    }
    return served() > other.served();
  }

  private int served() {
    return path.keys().size() + request.filters().size();
  }

  /** Returns the expected number of requests. */
  public static double expected(List<RequestEstimate> estimates) {
    double total = 0;
    for (RequestEstimate estimate : estimates) {
      OptionalLong max = estimate.max();
      double bounds =
          max.isPresent()
              ? (estimate.min() + max.getAsLong()) / 2.0
              : estimate.min() + UNKNOWN_LENGTH;
      total += estimate.likely().orElse(bounds);
    }
    return total;
  }

  /** Returns what a path is asked, or null if a key of it is not bound. */
  static @Nullable ScanRequest request(
      AccessPath<?> path, Map<String, ColumnFilter> filters, Set<String> columns) {
    List<List<Object>> tuples = tuples(path.keys(), filters);
    if (tuples == null) {
      return null;
    }
    Map<String, ColumnFilter> served = new LinkedHashMap<>();
    filters.forEach(
        (column, filter) -> {
          if (path.keys().contains(column)) {
            return;
          }
          ColumnFilter span = span(filter);
          if (serves(path, column, filter)) {
            served.put(column, filter);
          } else if (span != null && serves(path, column, span)) {
            served.put(column, span);
          }
        });
    return new ScanRequest(
            columns,
            path.keys().isEmpty() ? List.of() : tuples,
            served,
            OptionalLong.empty(),
            false,
            false)
        .withAtHand(new ScanRequest.AtHand(filters, List.of(), OptionalLong.empty()));
  }

  /** Returns the combinations of the keys' values, or null if a key is not bound to values. */
  static @Nullable List<List<Object>> tuples(List<String> keys, Map<String, ColumnFilter> filters) {
    List<List<Object>> tuples = new ArrayList<>();
    tuples.add(List.of());
    for (String key : keys) {
      if (!(filters.get(key) instanceof ColumnFilter.OneOf oneOf)
          || (tuples.size() > 1
              && (long) tuples.size() * oneOf.values().size() > MAX_COMBINATIONS)) {
        return null;
      }
      tuples = product(tuples, oneOf.values());
    }
    return tuples;
  }

  private static boolean serves(AccessPath<?> path, String column, ColumnFilter filter) {
    Set<AccessPath.Operator> operators = path.serves().getOrDefault(column, Set.of());
    if (filter instanceof ColumnFilter.OneOf oneOf) {
      return operators.contains(AccessPath.Operator.IN)
          || (oneOf.values().size() == 1 && operators.contains(AccessPath.Operator.EQUALS));
    }
    return operators.contains(AccessPath.Operator.RANGE);
  }

  /** Returns the range that holds several points in time, or null for any other filter. */
  private static @Nullable ColumnFilter span(ColumnFilter filter) {
    if (!(filter instanceof ColumnFilter.OneOf oneOf)
        || !oneOf.values().stream().allMatch(Instant.class::isInstance)
        || oneOf.values().isEmpty()) {
      return null;
    }
    List<Instant> times = oneOf.values().stream().map(Instant.class::cast).sorted().toList();
    Instant last = times.get(times.size() - 1);
    // A column of milliseconds hides smaller fractions.
    return new ColumnFilter.Range(times.get(0), true, last.plusMillis(1), false);
  }

  private static List<List<Object>> product(List<List<Object>> tuples, List<Object> values) {
    List<List<Object>> result = new ArrayList<>(tuples.size() * values.size());
    for (List<Object> tuple : tuples) {
      for (Object value : values) {
        List<Object> longer = new ArrayList<>(tuple);
        longer.add(value);
        result.add(longer);
      }
    }
    return result;
  }

  private static TurntableException missingKey(String schema, TableDef<?> table) {
    List<String> ways =
        table.paths().stream().map(path -> String.join(" and ", path.keys())).distinct().toList();
    return new TurntableException(
        ErrorKind.INVALID_STATEMENT,
        schema
            + "."
            + table.name()
            + " cannot be read as a whole: it needs a condition (=, IN or a join) on "
            + String.join(", or on ", ways));
  }
}
