package dev.turntable.store.table;

import java.time.Instant;

/**
 * A window that was read to its end.
 *
 * @param table the table
 * @param scope as in {@link Reading}
 * @param key as in {@link Reading}
 * @param timeColumn the column of the times
 * @param span the span
 * @param readAt when the first of the requests began
 * @param rows how many rows there were
 */
public record WindowReading(
    RowTable table,
    String scope,
    String key,
    String timeColumn,
    TimeSpan span,
    Instant readAt,
    long rows) {
  public boolean isList() {
    return key.isEmpty();
  }
}
