package dev.turntable.source;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which rows of its table an access path sees. A path is <em>exhaustive</em> if it sees every row that
 * the service has for the keys and filters it is given, or <em>open-ended</em> if it only sees the rows
 * that a list names, or that the connection happens to know of. What an open-ended path leaves out can
 * still be read by its key.
 *
 * @param wholeFor for a column of an open-ended path the keys whose rows it does see, all of them
 * @param covers in words what an open-ended path sees, such as {@code the
 *     tasks in taskIds only}; goes on
 *     after {@code shows}
 * @param remedy in words how a statement gets at the other rows
 * @param oncePerConnection whether it is enough to tell that once on a connection
 */
public record Coverage(
    Map<String, KeySet> wholeFor, String covers, String remedy, boolean oncePerConnection) {
  /** Every row that there is. */
  public static final Coverage EXHAUSTIVE = new Coverage(Map.of(), "", "", false);

  public Coverage {
    wholeFor = Map.copyOf(wholeFor);
    requireNonNull(covers, "covers");
    requireNonNull(remedy, "remedy");
  }

  /** An open-ended path, of which every statement that reads it tells. */
  public static Coverage of(String column, KeySet keys, String covers, String remedy) {
    return new Coverage(Map.of(column, keys), covers, remedy, false);
  }

  /**
   * A path that sees every row but those of a column whose values a statement must give; nobody misses
   * those who did not ask for them.
   */
  public static Coverage withoutValuesOf(String column) {
    return new Coverage(Map.of(column, KeySet.NONE), "", "", false);
  }

  /** Returns the same without the rows of one more column whose values a statement must give. */
  public Coverage andWithoutValuesOf(String column) {
    Map<String, KeySet> sets = new LinkedHashMap<>(wholeFor);
    sets.put(column, KeySet.NONE);
    return new Coverage(sets, covers, remedy, oncePerConnection);
  }

  /** Returns whether this path sees whatever the other one does, and more. */
  public boolean seesMoreThan(Coverage other) {
    return wholeFor.size() < other.wholeFor.size()
        && other.wholeFor.keySet().containsAll(wholeFor.keySet());
  }

  /** Returns whether a reader is to be told what is left out. */
  public boolean isTold() {
    return !covers.isEmpty();
  }

  /** Returns the same, told once on a connection. */
  public Coverage toldOnce() {
    return new Coverage(wholeFor, covers, remedy, true);
  }

  /** Returns whether no row is left out. */
  public boolean isExhaustive() {
    return wholeFor.isEmpty();
  }
}
