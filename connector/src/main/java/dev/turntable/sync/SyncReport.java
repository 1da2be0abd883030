package dev.turntable.sync;

import java.time.Duration;
import java.util.List;

/**
 * What became of it.
 *
 * @param added how many rows the store did not have before
 * @param changed how many rows have other values now
 * @param gone how many rows the service has no more
 * @param requests how many requests were sent
 * @param took how long it took
 * @param skipped tables that need a property to be read, each with what was said of it
 * @param before what the store had
 * @param after what it has now
 */
public record SyncReport(
    long added,
    long changed,
    long gone,
    long requests,
    Duration took,
    List<String> skipped,
    List<TableState> before,
    List<TableState> after) {
  public SyncReport {
    before = List.copyOf(before);
    after = List.copyOf(after);
    skipped = List.copyOf(skipped);
  }
}
