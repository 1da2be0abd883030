package dev.turntable.run;

import dev.turntable.source.AccessPath;
import dev.turntable.source.ColumnFilter;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Ordering;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.TableDef;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The access path that serves a scan with the fewest requests, and what it is asked.
 *
 * @param path the path
 * @param request what it will be asked
 * @param estimates what that sends if read to its end
 * @param complete whether the path makes use of every filter
 */
public record AccessChoice<T>(
    AccessPath<T> path, ScanRequest request, List<RequestEstimate> estimates, boolean complete) {
  /** What a list of unknown length is taken to cost beyond what is certain. */
  private static final double UNKNOWN_LENGTH = 20;

  /** More combinations of keys than this are not worth a request each. */
  private static final long MAX_COMBINATIONS = 100_000;

  /**
   * Chooses.
   *
   * @param filters what is known of the columns
   * @param order the order that the rows must come in; empty if it does not matter
   * @throws TurntableException if no path can serve them; tells what is missing
   */
  public static <T> AccessChoice<T> of(
      String schema,
      TableDef<T> table,
      Map<String, ColumnFilter> filters,
      Set<String> columns,
      List<Ordering> order) {
    AccessChoice<T> best = null;
    TurntableException refusal = null;
    for (AccessPath<T> path : table.paths()) {
      ScanRequest request = request(path, filters, columns);
      if (request == null || !isOrdered(path, request, order)) {
        continue;
      }
      try {
        AccessChoice<T> choice =
            new AccessChoice<>(
                path, request, path.estimate(request), isComplete(path, request, filters));
        if (best == null || choice.isBetterThan(best)) {
          best = choice;
        }
      } catch (TurntableException e) {
        refusal = refusal == null ? e : refusal;
      }
    }
    if (best != null) {
      return best;
    }
    throw refusal != null ? refusal : missingKey(schema, table);
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
    return filters.keySet().stream()
        .allMatch(column -> path.keys().contains(column) || request.filter(column) != null);
  }

  private boolean isBetterThan(AccessChoice<T> other) {
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

  /** Returns the number of requests to reckon with. */
  public static double expected(List<RequestEstimate> estimates) {
    double total = 0;
    for (RequestEstimate estimate : estimates) {
      OptionalLong max = estimate.max();
      total +=
          max.isPresent()
              ? (estimate.min() + max.getAsLong()) / 2.0
              : estimate.min() + UNKNOWN_LENGTH;
    }
    return total;
  }

  /** Returns what a path is asked, or null if a key of it is not bound. */
  private static @Nullable ScanRequest request(
      AccessPath<?> path, Map<String, ColumnFilter> filters, Set<String> columns) {
    List<List<Object>> tuples = tuples(path.keys(), filters);
    if (tuples == null) {
      return null;
    }
    Map<String, ColumnFilter> served = new LinkedHashMap<>();
    filters.forEach(
        (column, filter) -> {
          if (!path.keys().contains(column) && serves(path, column, filter)) {
            served.put(column, filter);
          }
        });
    return new ScanRequest(
        columns, path.keys().isEmpty() ? List.of() : tuples, served, OptionalLong.empty(), false);
  }

  /** Returns the combinations of the keys' values, or null if a key is not bound to values. */
  static @Nullable List<List<Object>> tuples(List<String> keys, Map<String, ColumnFilter> filters) {
    List<List<Object>> tuples = new ArrayList<>();
    tuples.add(List.of());
    for (String key : keys) {
      if (!(filters.get(key) instanceof ColumnFilter.OneOf oneOf)
          || (long) tuples.size() * oneOf.values().size() > MAX_COMBINATIONS) {
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
