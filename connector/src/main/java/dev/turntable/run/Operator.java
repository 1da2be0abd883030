package dev.turntable.run;

import org.jspecify.annotations.Nullable;

/**
 * One operator of a running statement, pulled row by row by one thread.
 *
 * <p>Values are in Calcite's internal form: {@link String}, {@link Boolean}, {@link Integer} (also
 * DATE as days and TIME as milliseconds), {@link Long} (also TIMESTAMP as milliseconds since 1970 in
 * UTC), {@link Double}, {@link java.math.BigDecimal}, {@link java.util.List}. A row that was
 * returned is not changed afterwards, so it may be kept.
 */
public interface Operator extends AutoCloseable {
  /** Returns the next row, or null at the end; not called again after null. */
  @Nullable Object @Nullable [] next();

  /** Frees everything; may be called at any time, more than once. Never throws. */
  @Override
  void close();
}
