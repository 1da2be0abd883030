package dev.turntable.sync;

/** Hears how far it is. */
@FunctionalInterface
public interface SyncProgress {
  /** Hears nothing. */
  SyncProgress NONE = (table, share, rows, requests) -> {};

  /**
   * Something was read and kept.
   *
   * @param table the table that is being read
   * @param share how much of it is done, from 0 to 1, or NaN if that is not known; of a history how
   *     much of the time that it is known to span
   * @param rows how many rows of it were read
   * @param requests how many requests were sent in all
   */
  void reached(String table, double share, long rows, long requests);
}
