package dev.turntable.jdbc.result;

import dev.turntable.engine.RowCursor;
import dev.turntable.jdbc.error.SqlErrors;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rows that pass by once. */
public final class StreamedRows implements Rows {
  private final RowCursor cursor;
  private long row;
  private boolean ended;

  /** Rows as the cursor gives them. */
  public StreamedRows(RowCursor cursor) {
    this.cursor = cursor;
  }

  @Override
  public boolean next() {
    if (ended) {
      return false;
    }
    if (cursor.next()) {
      row++;
      return true;
    }
    ended = true;
    cursor.close();
    return false;
  }

  @Override
  public boolean absolute(long target) throws SQLException {
    throw SqlErrors.unsupported("moving anywhere but to the next row of a forward-only result");
  }

  @Override
  public long row() {
    return ended ? 0 : row;
  }

  @Override
  public boolean isBeforeFirst() {
    return row == 0 && !ended;
  }

  @Override
  public boolean isAfterLast() {
    return ended && row > 0;
  }

  @Override
  public boolean isLast() throws SQLException {
    throw SqlErrors.unsupported("isLast of a forward-only result");
  }

  @Override
  public boolean isScrollable() {
    return false;
  }

  @Override
  public @Nullable Object value(int column) {
    return cursor.value(column);
  }

  @Override
  public void close() {
    cursor.close();
  }
}
