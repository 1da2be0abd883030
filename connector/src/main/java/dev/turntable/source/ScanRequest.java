package dev.turntable.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one opening of an {@link AccessPath} is to fetch. An immutable value.
 *
 * @param columns the columns the statement needs; a path may skip requests that serve no other
 * @param keys one tuple per key, in the order of {@link AccessPath#keys()}; no two are equal; empty
 *     if the path has no keys
 * @param filters predicates on the columns that the path {@linkplain AccessPath#serves() serves};
 *     sending them is an optimisation, the rows are checked again
 * @param limit how many matching rows the statement wants at most, if that is known; a hint that
 *     shrinks pages, never a promise that no further row will be asked for
 * @param ordered whether the statement relies on {@link AccessPath#order()}
 * @param keysFollow whether the statement names further keys of the table, whose rows are read after
 *     these; an open-ended path then has no reason to complain that it found nothing
 * @param atHand what a path may do by itself whose rows are at hand
 */
public record ScanRequest(
    Set<String> columns,
    List<List<Object>> keys,
    Map<String, ColumnFilter> filters,
    OptionalLong limit,
    boolean ordered,
    boolean keysFollow,
    AtHand atHand) {
  /**
   * What is known of all rows that are wanted, whether the path serves it or not. A path whose rows are at
   * hand may leave out the others; they are checked again.
   *
   * @param predicate predicates by column
   * @param order in which order the rows are meant that come first, where nulls count as the largest value;
   *     empty if any will do
   * @param limit how many of the first rows that fulfil the predicate are enough; empty if something else
   *     decides, too
   */
  public record AtHand(
      Map<String, ColumnFilter> predicate, List<Ordering> order, OptionalLong limit) {
    /** Nothing is known. */
    public static final AtHand NOTHING = new AtHand(Map.of(), List.of(), OptionalLong.empty());

    public AtHand {
      order = List.copyOf(order);
      predicate = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(predicate));
    }
  }

  public ScanRequest {
    columns = Set.copyOf(columns);
    keys = List.copyOf(keys);
    // Keeps the order of the statement, which Map.copyOf would shuffle between runs.
    filters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(filters));
  }

  /** A request of which nothing is known beside what the path serves. */
  public ScanRequest(
      Set<String> columns,
      List<List<Object>> keys,
      Map<String, ColumnFilter> filters,
      OptionalLong limit,
      boolean ordered,
      boolean keysFollow) {
    this(columns, keys, filters, limit, ordered, keysFollow, AtHand.NOTHING);
  }

  /** A request for all rows of a path without keys. */
  public static ScanRequest all(Set<String> columns) {
    return new ScanRequest(columns, List.of(), Map.of(), OptionalLong.empty(), false, false);
  }

  public ScanRequest withColumns(Set<String> newColumns) {
    return new ScanRequest(newColumns, keys, filters, limit, ordered, keysFollow, atHand);
  }

  public ScanRequest withKeys(List<List<Object>> newKeys) {
    return new ScanRequest(columns, newKeys, filters, limit, ordered, keysFollow, atHand);
  }

  public ScanRequest withFilters(Map<String, ColumnFilter> newFilters) {
    return new ScanRequest(columns, keys, newFilters, limit, ordered, keysFollow, atHand);
  }

  public ScanRequest withLimit(OptionalLong newLimit) {
    return new ScanRequest(columns, keys, filters, newLimit, ordered, keysFollow, atHand);
  }

  public ScanRequest withOrdered(boolean newOrdered) {
    return new ScanRequest(columns, keys, filters, limit, newOrdered, keysFollow, atHand);
  }

  public ScanRequest withKeysFollowing(boolean newKeysFollow) {
    return new ScanRequest(columns, keys, filters, limit, ordered, newKeysFollow, atHand);
  }

  public ScanRequest withAtHand(AtHand newAtHand) {
    return new ScanRequest(columns, keys, filters, limit, ordered, keysFollow, newAtHand);
  }

  /** Returns the filter on a column, or null. */
  public @Nullable ColumnFilter filter(String column) {
    return filters.get(column);
  }

  /** Returns the value that a column must equal, or null if it is not bound to one value. */
  public @Nullable Object equalTo(String column) {
    return ColumnFilter.onlyValue(filters.get(column));
  }
}
