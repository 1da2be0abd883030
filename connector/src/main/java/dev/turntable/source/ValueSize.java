package dev.turntable.source;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes values take in memory: estimated from their widths, a little too much rather
 * than too little.
 */
public final class ValueSize {
  /** A list's entry and the array of a row. */
  private static final int ROW = 32;

  private static final int REFERENCE = 8;
  private static final int NUMBER = 16;
  private static final int TEXT = 40;
  private static final int DECIMAL = 40;
  private static final int LARGE_NUMBER = 64;
  private static final int DIGITS_OF_LONG = 18;
  private static final int OTHER = 48;
  private static final int MAP_ENTRY = 48;
  private static final int LAST_OF_ONE_BYTE = 0xFF;

  private static final long REGION = Math.max(1 << 20, Runtime.getRuntime().maxMemory() / 2048);

  private ValueSize() {}

  /** Returns the size of a row and its values. */
  public static long ofRow(@Nullable Object[] row) {
    long size = ROW + (long) REFERENCE * row.length;
    for (Object value : row) {
      if (value != null) {
        size += of(value);
      }
    }
    return size;
  }

  /** Returns the size of a value; nothing for null. */
  public static long of(@Nullable Object value) {
    if (value == null) {
      return 0;
    }
    if (value instanceof String text) {
      return TEXT + withRest(bytes(text));
    }
    if (value instanceof Long || value instanceof Integer || value instanceof Double) {
      return NUMBER;
    }
    if (value instanceof Boolean) {
      return 0;
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.precision() <= DIGITS_OF_LONG
          ? DECIMAL
          : DECIMAL + LARGE_NUMBER + decimal.precision() / 2;
    }
    if (value instanceof byte[] bytes) {
      return NUMBER + withRest(bytes.length);
    }
    if (value instanceof Object[] row) {
      return ofRow(row);
    }
    if (value instanceof Collection<?> values) {
      return ofAll(values);
    }
    if (value instanceof Map<?, ?> map) {
      return ofAll(map.keySet()) + ofAll(map.values()) + (long) MAP_ENTRY * map.size();
    }
    return value instanceof CharSequence text ? TEXT + 2L * text.length() : OTHER;
  }

  /**
   * Adds what is lost behind a large object: the collector that is usual gives it regions of its own,
   * of which a heap has 2,048, each at least a megabyte.
   */
  public static long withRest(long bytes) {
    return bytes < REGION / 2 ? bytes : bytes + REGION;
  }

  private static long ofAll(Collection<?> values) {
    long size = TEXT + (long) REFERENCE * values.size();
    for (Object value : values) {
      size += of(value);
    }
    return size;
  }

  /** The JVM keeps text in one byte a letter as long as all letters are of Latin-1. */
  private static long bytes(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) > LAST_OF_ONE_BYTE) {
        return 2L * length;
      }
    }
    return length;
  }
}
