package dev.turntable.handinger;

import dev.turntable.source.AccessPath;
import dev.turntable.source.Coverage;
import dev.turntable.source.Fetch;
import dev.turntable.source.Ordering;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table by ids that the statement gives.
 *
 * @param name what EXPLAIN shows
 * @param keys the columns that must be bound
 * @param unique whether a key has one row at most
 * @param order the documented order of the rows of a key
 * @param serves further columns it makes use of
 * @param costs what reading so many keys sends
 * @param steps the first steps for one key
 * @param given a column whose values only a statement gives, or null
 */
record KeyedPath<T>(
    String name,
    List<String> keys,
    boolean unique,
    List<Ordering> order,
    Map<String, Set<Operator>> serves,
    Costs costs,
    Steps<T> steps,
    @Nullable String given)
    implements AccessPath<T> {
  /** A path whose keys may have any number of rows, in any order. */
  static <T> KeyedPath<T> of(String name, List<String> keys, Costs costs, Steps<T> steps) {
    return new KeyedPath<>(name, keys, false, List.of(), Map.of(), costs, steps, null);
  }

  /** Returns the same path, whose keys have one row at most. */
  KeyedPath<T> withOneRow() {
    return new KeyedPath<>(name, keys, true, order, serves, costs, steps, given);
  }

  /** Returns the same path, where the rows of a key come in an order. */
  KeyedPath<T> withOrder(List<Ordering> documented) {
    return new KeyedPath<>(name, keys, unique, documented, serves, costs, steps, given);
  }

  /** Returns the same path, which makes use of what a statement says of further columns. */
  KeyedPath<T> withServed(Map<String, Set<Operator>> served) {
    return new KeyedPath<>(name, keys, unique, order, served, costs, steps, given);
  }

  /** Returns the same path, which sees the rows of further values of a column only if it is given them. */
  KeyedPath<T> withGiven(String column) {
    return new KeyedPath<>(name, keys, unique, order, serves, costs, steps, column);
  }

  /** What reading sends. */
  @FunctionalInterface
  interface Costs {
    List<RequestEstimate> of(List<List<Object>> keys, ScanRequest request);
  }

  /** How one key is read. */
  @FunctionalInterface
  interface Steps<T> {
    /**
     * Returns the first steps.
     *
     * @param ends told if the service has nothing for the key
     */
    List<Fetch<T>> of(List<Object> key, ScanRequest request, ExecutionLog.Ends ends);
  }

  /** A path where every key is one request, and has one row at most. */
  static <T> KeyedPath<T> pointRead(String name, String key, String line, Steps<T> steps) {
    return of(name, List.of(key), perKey(line), steps).withOneRow();
  }

  static Costs perKey(String line) {
    return (keys, request) -> List.of(RequestEstimate.exactly(line, keys.size()));
  }

  @Override
  public Coverage coverage(ScanRequest request) {
    return given == null || request.filter(given) != null
        ? Coverage.EXHAUSTIVE
        : Coverage.withoutValuesOf(given);
  }

  @Override
  public List<RequestEstimate> estimate(ScanRequest request) {
    return costs.of(possible(request), request);
  }

  @Override
  public boolean readsKeysApart() {
    return true;
  }

  @Override
  public List<RequestEstimate> estimatePerKey() {
    List<Object> key = List.copyOf(keys);
    return costs.of(List.of(key), ScanRequest.all(Set.of()));
  }

  @Override
  public List<Fetch<T>> open(ScanRequest request, StatementScope scope) {
    List<Fetch<T>> fetches = new ArrayList<>();
    for (List<Object> key : possible(request)) {
      fetches.addAll(steps.of(key, request, ExecutionLog.Ends.IGNORED));
    }
    return fetches;
  }

  /** Entries that arrive shift the others from page to page. */
  @Override
  public boolean keepsOrder() {
    return false;
  }

  private static List<List<Object>> possible(ScanRequest request) {
    return request.keys().stream().filter(key -> key.stream().allMatch(Ids::isPossible)).toList();
  }
}
