package dev.turntable.source;

import java.time.Instant;
import java.util.Set;

/**
 * The rows that a reading would give, where a database on this machine has all of them, and all young
 * enough. Good for as long as the statement that asked for them.
 */
public interface KeptRows {
  /** Returns the database; rows of the same one can be asked for together. */
  KeptDatabase database();

  /** Returns when the oldest of them was read. */
  Instant readAt();

  /** Returns which of some values of a column the reading is not whole for. */
  Set<Object> missing(String column, Set<Object> keys);

  /** Returns whether texts of some columns that differ are ordered by their bytes as they are here. */
  boolean ordersTextsByBytes(Set<String> columns);

  /** Tells what the reading, had it been made, would have told at its end. */
  void tell();
}
