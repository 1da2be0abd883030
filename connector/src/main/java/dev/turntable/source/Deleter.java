package dev.turntable.source;

import java.util.List;

/** How rows of a table are deleted, one request per key. */
public interface Deleter {
  /** Returns the columns that identify a row. */
  List<String> keys();

  /**
   * Checks the keys before the first request.
   *
   * @throws TurntableException if a key cannot exist
   */
  void check(List<List<Object>> keys);

  /** Returns what deleting so many rows sends. */
  List<RequestEstimate> estimate(long rows);

  /**
   * Deletes one row.
   *
   * @return whether the service says that it is gone now
   */
  boolean delete(List<Object> key, StatementScope scope);
}
