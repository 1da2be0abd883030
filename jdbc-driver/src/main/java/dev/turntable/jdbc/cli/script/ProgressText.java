package dev.turntable.jdbc.cli.script;

import dev.turntable.jdbc.RequestUsage;
import dev.turntable.jdbc.cli.print.Count;
import java.time.Duration;

/** What is said of a statement that runs: how far it is, and how long it may take yet. */
final class ProgressText {
  /** Before so many requests nobody knows how fast they are answered. */
  private static final long ENOUGH_TO_JUDGE = 5;

  /** A single request that follows may be a page of many. */
  private static final long TELLING = 2;

  private ProgressText() {}

  static String of(RequestUsage usage, Duration elapsed) {
    long rows = usage.rowsToWrite();
    long sent = usage.requests();
    String taken = " … " + elapsed.toSeconds() + " s";
    if (rows > 0) {
      // A write of many rows may take as many minutes.
      long written = usage.rowsWritten();
      return written
          + " of "
          + Count.of(rows, "row")
          + ", "
          + Count.of(sent, "request")
          + taken
          + left(written, rows - written, elapsed, "");
    }
    long left = usage.requestsLeft();
    if (left < TELLING) {
      return Count.of(sent, "request") + taken;
    }
    boolean all = usage.isAllLeft();
    return sent
        + (all ? " of " : " of at least ")
        + Count.of(sent + left, "request")
        + taken
        + left(sent, left, elapsed, all ? "" : " or more");
  }

  private static String left(long done, long left, Duration elapsed, String orMore) {
    if (done < ENOUGH_TO_JUDGE || left == 0) {
      return "";
    }
    long seconds = Math.max(1, elapsed.multipliedBy(left).dividedBy(done).toSeconds());
    String time = seconds < 100 ? seconds + " s" : (seconds + 59) / 60 + " min";
    return ", " + time + orMore + " left";
  }
}
