package dev.turntable.jdbc.result;

import dev.turntable.engine.RowCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that a write has returned, all of which are there. */
public final class ReturnedRows implements RowCursor {
  private final List<List<@Nullable Object>> rows;
  private int at = -1;

  /** Rows in their order. */
  public ReturnedRows(List<List<@Nullable Object>> rows) {
    this.rows = rows;
  }

  @Override
  public boolean next() {
    at = Math.min(at + 1, rows.size());
    return at < rows.size();
  }

  @Override
  public @Nullable Object value(int column) {
    return rows.get(at).get(column);
  }

  @Override
  public void close() {
    at = rows.size();
  }
}
