package dev.turntable.jdbc.result;

import dev.turntable.jdbc.error.SqlErrors;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How a client would like rows to be fetched: accepted, and without effect, as rows stream anyway. */
public final class FetchHints {
  private volatile int size;
  private volatile int direction = ResultSet.FETCH_FORWARD;

  /** Starts from a size that was accepted before; 0 for none. */
  public FetchHints(int size) {
    this.size = size;
  }

  /** So many rows at once; 0 for as the driver likes. */
  public int size() {
    return size;
  }

  /** Takes a wish for so many rows at once. */
  public void size(int rows) throws SQLException {
    // MySQL's clients ask for streaming by the least integer.
    if (rows < 0 && rows != Integer.MIN_VALUE) {
      throw SqlErrors.badValue("the fetch size must not be negative");
    }
    size = Math.max(0, rows);
  }

  /** Which way the client reads. */
  public int direction() {
    return direction;
  }

  /** Takes a wish for a direction. */
  public void direction(int wanted) throws SQLException {
    switch (wanted) {
      case ResultSet.FETCH_FORWARD, ResultSet.FETCH_REVERSE, ResultSet.FETCH_UNKNOWN ->
          direction = wanted;
      default -> throw SqlErrors.badValue("there is no fetch direction " + wanted);
    }
  }
}
