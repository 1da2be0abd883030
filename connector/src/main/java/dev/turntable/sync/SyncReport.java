package dev.turntable.sync;

import java.time.Duration;
import java.util.List;

/**
 * What became of it.
 *
 * @param rows what became of the rows
 * @param requests how many requests were sent
 * @param took how long it took
 * @param skipped tables that need a property to be read, each with what was said of it
 * @param before what the store had
 * @param after what it has now
 */
public record SyncReport(
    Rows rows,
    long requests,
    Duration took,
    List<String> skipped,
    List<TableState> before,
    List<TableState> after) {

  /**
   * How many rows are others than before.
   *
   * @param added how many the store did not have before
   * @param changed how many have other values now
   * @param gone how many the service has no more
   */
  public record Rows(long added, long changed, long gone) {}

  /**
   * What became of a directory of Parquet.
   *
   * @param written how many days, table by table, were written
   * @param rows how many rows they have
   * @param removed how many days are no longer there
   * @param unchanged how many were left as they were
   */
  public record Parquet(long written, long rows, long removed, long unchanged) {}

  /**
   * How large the file of a store is, in bytes.
   *
   * @param before how large it was
   * @param after how large it is now
   */
  public record Size(long before, long after) {}

  public SyncReport {
    before = List.copyOf(before);
    after = List.copyOf(after);
    skipped = List.copyOf(skipped);
  }
}
