package dev.turntable.jdbc.result;

import dev.turntable.engine.RowCursor;
import dev.turntable.source.MemoryAccount;
import dev.turntable.source.MemoryUse;
import dev.turntable.source.ValueSize;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are kept as they are read, so that one can go back. Reads no further than asked. */
public final class KeptRows implements Rows {
  private static final MemoryUse SCROLLING =
      new MemoryUse("the rows that a scrollable result keeps", "use a forward-only one");

  private final List<@Nullable Object[]> rows;
  private final int columns;
  private final @Nullable MemoryAccount memory;
  private @Nullable RowCursor cursor;
  private int row;

  /**
   * @param memory what the statement has of the memory that all share
   */
  public KeptRows(RowCursor cursor, int columns, MemoryAccount memory) {
    this.rows = new ArrayList<>();
    this.memory = memory;
    this.cursor = cursor;
    this.columns = columns;
  }

  /** Rows that are all there. */
  public KeptRows(List<@Nullable Object[]> rows) {
    this.rows = rows;
    this.memory = null;
    this.columns = 0;
  }

  /** Reads until there are so many rows, and returns whether there are. */
  private boolean has(long count) throws SQLException {
    while (rows.size() < count && cursor != null) {
      if (cursor.next()) {
        @Nullable Object[] values = new @Nullable Object[columns];
        for (int i = 0; i < columns; i++) {
          values[i] = cursor.value(i);
        }
        if (memory != null) {
          memory.take(ValueSize.ofRow(values), SCROLLING);
        }
        rows.add(values);
      } else {
        endReading();
      }
    }
    return rows.size() >= count;
  }

  @Override
  public boolean next() throws SQLException {
    return absolute(row + 1L);
  }

  @Override
  public boolean absolute(long target) throws SQLException {
    if (target < 0) {
      has(Long.MAX_VALUE);
      row = (int) Math.max(0, rows.size() + 1 + target);
    } else {
      row = (int) (has(target) ? target : rows.size() + 1L);
    }
    return row() > 0;
  }

  @Override
  public long row() {
    return row <= rows.size() ? row : 0;
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    return row == 0 && has(1);
  }

  @Override
  public boolean isAfterLast() {
    return row > rows.size() && !rows.isEmpty();
  }

  @Override
  public boolean isLast() throws SQLException {
    return row() > 0 && !has(row + 1L);
  }

  @Override
  public boolean isScrollable() {
    return true;
  }

  @Override
  public @Nullable Object value(int column) {
    return rows.get(row - 1)[column];
  }

  @Override
  public void close() {
    endReading();
    if (memory != null) {
      rows.clear(); // a closed result that is still held must not hold rows
    }
  }

  private void endReading() {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
  }
}
