package dev.turntable.source;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way to read a table: which predicates, order and limit it serves, what it requires, and what
 * it costs in requests. The planner chooses between the paths of a table by that cost.
 */
public interface AccessPath<T> {

  /** What a path can do with a predicate on a column. */
  enum Operator {
    /** One value. */
    EQUALS,
    /** Several values at once. */
    IN,
    /** A lower or an upper bound, or both. */
    RANGE
  }

  /** Returns the name that EXPLAIN shows, for example {@code by id}. */
  String name();

  /**
   * Returns the columns that must be bound to values, by the statement or by the other side of a
   * join. Empty if the path reads without.
   */
  default List<String> keys() {
    return List.of();
  }

  /** Returns the further columns whose predicates the path can make use of, and how. */
  default Map<String, Set<Operator>> serves() {
    return Map.of();
  }

  /**
   * Returns the order of the rows of one key (or of the whole, without keys), if the service
   * documents it; else empty.
   */
  default List<Ordering> order() {
    return List.of();
  }

  /**
   * Returns whether a reading to the end stays in that order also where the rows change meanwhile. If
   * not, only a statement with a limit relies on the order; others sort.
   */
  default boolean keepsOrder() {
    return true;
  }

  /**
   * Returns whether no step has more than one row, as where a key names one record; a limit then
   * starts no more steps than it wants rows.
   */
  default boolean unique() {
    return false;
  }

  /**
   * Returns whether the path, opened with several keys, does the same as opened with each of them alone;
   * if not, they share requests.
   */
  default boolean readsKeysApart() {
    return unique();
  }

  /**
   * Returns whether keys are looked up together where their rows are at hand, so that many of them take
   * hardly longer than one.
   */
  default boolean looksUpKeys() {
    return false;
  }

  /**
   * Returns the column, served as {@link Operator#RANGE}, of the time at which a row was made: it never
   * changes, and an hour after it the row is there and stays as it is. Null if there is none.
   */
  default @Nullable String timeColumn() {
    return null;
  }

  /** Returns what EXPLAIN tells of a reading beside its requests. */
  default List<String> notes(ScanRequest request) {
    return List.of();
  }

  /**
   * Returns which rows the path sees of those that match a request. Cost decides only between ways that
   * see the same rows.
   */
  default Coverage coverage(ScanRequest request) {
    return Coverage.EXHAUSTIVE;
  }

  /**
   * Returns what {@link #open} would send if read to its end, from what is known now. Sends nothing.
   *
   * @throws TurntableException if the path cannot serve the request at all, for instance because
   *     nothing names the rows to read; the message tells the ways out
   */
  List<RequestEstimate> estimate(ScanRequest request);

  /**
   * Returns what {@link #open} would send where each of some columns equals a value that is not known
   * yet, as while a join is planned. Sends nothing.
   *
   * @param request the rest of what is asked
   * @param columns of those that the path serves
   */
  default List<RequestEstimate> estimateServed(ScanRequest request, Set<String> columns) {
    return estimate(request);
  }

  /**
   * Returns the requests that one more key costs at most; used to weigh a join that drives this path
   * by the keys of its other side.
   */
  default List<RequestEstimate> estimatePerKey() {
    return List.of();
  }

  /**
   * Looks up what the path knows by itself, where a statement may read other rows first that would add to
   * it. Sends nothing to the service for rows, and fails in {@link #open} if at all.
   */
  default void begin(StatementScope scope) {}

  /**
   * Returns the rows that {@link #open} would give if read to its end, as a database on this machine has
   * them, or null if it does not have all of them, young enough. Sends nothing for rows.
   *
   * @param waits whether to wait for others that use the database
   */
  default @Nullable KeptRows kept(ScanRequest request, boolean waits, StatementScope scope) {
    return null;
  }

  /**
   * Returns the first steps of reading. Sends nothing by itself.
   *
   * @throws TurntableException as {@link #estimate}
   */
  List<Fetch<T>> open(ScanRequest request, StatementScope scope);
}
