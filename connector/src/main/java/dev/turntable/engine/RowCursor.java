package dev.turntable.engine;

import org.jspecify.annotations.Nullable;

/**
 * Rows, one after the other. Not safe for use by several threads at once.
 *
 * <p>Values are {@link String}, {@link Boolean}, {@link Integer}, {@link Long}, {@link Double},
 * {@link java.math.BigDecimal}; {@link java.time.LocalDateTime} for TIMESTAMP (the UTC wall clock),
 * {@link java.time.LocalDate} for DATE, {@link java.time.LocalTime} for TIME, {@code byte[]} for
 * BINARY, {@link java.util.List} for ARRAY and ROW, {@link java.util.Map} for MAP.
 */
public interface RowCursor extends AutoCloseable {
  /**
   * Moves to the next row.
   *
   * @return false if there is none
   * @throws dev.turntable.source.TurntableException if it cannot be had
   */
  boolean next();

  /** Returns a value of the current row, by its column from 0. */
  @Nullable Object value(int column);

  /** Stops fetching. Requests under way are cancelled. */
  @Override
  void close();
}
