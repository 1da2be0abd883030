package dev.turntable.jdbc.result;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of a result and a place among them. Rows count from 1; 0 is before the first. */
public interface Rows {
  /** Moves to the next row and returns whether there is one. */
  boolean next() throws SQLException;

  /**
   * Moves to a row, or before the first, or behind the last; a negative number counts from the end.
   *
   * @return whether there is such a row
   */
  boolean absolute(long row) throws SQLException;

  /** Returns the number of the current row, or 0 if there is none. */
  long row();

  boolean isBeforeFirst() throws SQLException;

  boolean isAfterLast() throws SQLException;

  boolean isLast() throws SQLException;

  /** Returns whether it can move in any direction. */
  boolean isScrollable();

  /** Returns a value of the current row, by its column from 0. */
  @Nullable Object value(int column);

  void close();
}
