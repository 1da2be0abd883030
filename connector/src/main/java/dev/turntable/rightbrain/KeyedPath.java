package dev.turntable.rightbrain;

import dev.turntable.source.AccessPath;
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
 */
record KeyedPath<T>(
    String name,
    List<String> keys,
    boolean unique,
    List<Ordering> order,
    Map<String, Set<Operator>> serves,
    Costs costs,
    Steps<T> steps)
    implements AccessPath<T> {
  /** A path whose keys may have any number of rows, in any order. */
  static <T> KeyedPath<T> of(String name, List<String> keys, Costs costs, Steps<T> steps) {
    return new KeyedPath<>(name, keys, false, List.of(), Map.of(), costs, steps);
  }

  /** Returns the same path, whose keys have one row at most. */
  KeyedPath<T> withOneRow() {
    return new KeyedPath<>(name, keys, true, order, serves, costs, steps);
  }

  /** Returns the same path, where the rows of a key come in an order. */
  KeyedPath<T> withOrder(List<Ordering> documented) {
    return new KeyedPath<>(name, keys, unique, documented, serves, costs, steps);
  }

  /** Returns the same path, which makes use of what a statement says of further columns. */
  KeyedPath<T> withServed(Map<String, Set<Operator>> served) {
    return new KeyedPath<>(name, keys, unique, order, served, costs, steps);
  }

  /** What reading sends. */
  @FunctionalInterface
  interface Costs {
    List<RequestEstimate> of(long keys, ScanRequest request);
  }

  /** How one key is read. */
  @FunctionalInterface
  interface Steps<T> {
    List<Fetch<T>> of(List<String> key, ScanRequest request);
  }

  /** One request for each key. */
  static Costs perKey(String line) {
    return (keys, request) -> List.of(RequestEstimate.exactly(line, keys));
  }

  @Override
  public List<RequestEstimate> estimate(ScanRequest request) {
    return costs.of(possible(request).size(), request);
  }

  @Override
  public @Nullable String timeColumn() {
    return serves.containsKey(RunFilter.TIME) ? RunFilter.TIME : null;
  }

  @Override
  public boolean readsKeysApart() {
    return true;
  }

  @Override
  public List<RequestEstimate> estimatePerKey() {
    return costs.of(1, ScanRequest.all(Set.of()));
  }

  @Override
  public List<Fetch<T>> open(ScanRequest request, StatementScope scope) {
    List<Fetch<T>> fetches = new ArrayList<>();
    for (List<String> key : possible(request)) {
      fetches.addAll(steps.of(key, request));
    }
    return fetches;
  }

  /** Ids that cannot exist have no row, and need no request. */
  private static List<List<String>> possible(ScanRequest request) {
    return request.keys().stream()
        .filter(key -> key.stream().allMatch(Ids::isPossible))
        .map(key -> key.stream().map(String.class::cast).toList())
        .toList();
  }
}
