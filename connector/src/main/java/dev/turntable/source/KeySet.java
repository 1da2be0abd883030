package dev.turntable.source;

import java.util.Set;

/**
 * The keys that an open-ended access path is whole for. Tables whose paths name the same set (the same
 * object) see the rows of the same keys, so that a join of the two misses nothing.
 */
public interface KeySet {
  /** No key at all: the rows of a column that has a value only where a statement gives one. */
  KeySet NONE = (keys, scope) -> keys;

  /**
   * Returns those of some keys that the set does not hold. Called when a path that is whole for the set
   * was read to its end by the statement; may send requests where that does not tell.
   *
   * @throws TurntableException as {@link Fetch#fetch}
   */
  Set<Object> missing(Set<Object> keys, StatementScope scope);

  /**
   * Returns whether {@link #missing} heeds what {@link #note} tells; if not, a path that is whole for the
   * set is never answered from elsewhere.
   */
  default boolean takesNotes() {
    return false;
  }

  /** Tells that a path that is whole for the set was answered from elsewhere, with rows of these keys. */
  default void note(Set<Object> keys, StatementScope scope) {}

  /**
   * Returns whether a key that the service names somewhere is usually in the set, so that reading the
   * whole set can be cheaper than asking for each key.
   */
  default boolean holdsMost() {
    return false;
  }
}
