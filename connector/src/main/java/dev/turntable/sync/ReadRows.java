package dev.turntable.sync;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.engine.RowCursor;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts rows as they pass, and keeps the times of them. */
final class ReadRows implements Statements.Reader {
  private final @Nullable String timeColumn;
  private final long most;
  private final List<Instant> times = new ArrayList<>();
  private long count;
  private boolean stopped;

  /**
   * @param timeColumn the column of the times, or null
   * @param most reads no more than so many rows
   */
  ReadRows(@Nullable String timeColumn, long most) {
    this.timeColumn = timeColumn;
    this.most = most;
  }

  /** Reads all rows, and no times. */
  static ReadRows all() {
    return new ReadRows(null, Long.MAX_VALUE);
  }

  @Override
  public void read(List<ColumnInfo> columns, RowCursor cursor) {
    int time = columns.stream().map(ColumnInfo::name).toList().indexOf(timeColumn);
    while (cursor.next()) {
      if (count == most) {
        stopped = true;
        return;
      }
      count++;
      if (time >= 0 && cursor.value(time) instanceof LocalDateTime at) {
        times.add(at.toInstant(ZoneOffset.UTC));
      }
    }
  }

  long count() {
    return count;
  }

  /** Returns whether there were more rows. */
  boolean isStopped() {
    return stopped;
  }

  List<Instant> times() {
    return List.copyOf(times);
  }

  /** Returns the time of the newest but so many. */
  Instant newestBut(int rows) {
    times.sort(Comparator.reverseOrder());
    return times.get(Math.min(rows, times.size() - 1));
  }
}
