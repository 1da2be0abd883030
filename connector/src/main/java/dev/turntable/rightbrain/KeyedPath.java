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
