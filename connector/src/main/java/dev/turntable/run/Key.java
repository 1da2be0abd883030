package dev.turntable.run;

import dev.turntable.source.ValueSize;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values as SQL groups and joins them: NULL equals NULL, numbers are equal by value whatever their
 * class and scale, 0.0 equals -0.0, NaN equals NaN.
 */
public final class Key {
  private static final double EXACT_DOUBLES = 1L << 53;

  private final @Nullable Object[] values;
  private final int hash;

  private Key(@Nullable Object[] values) {
    this.values = values;
    this.hash = Arrays.hashCode(values);
  }

  /** Returns the key made of all values of a row. */
  public static Key of(@Nullable Object[] row) {
    @Nullable Object[] values = new Object[row.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = normal(row[i]);
    }
    return new Key(values);
  }

  static Key of(@Nullable Object[] row, int[] columns) {
    @Nullable Object[] values = new Object[columns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = normal(row[columns[i]]);
    }
    return new Key(values);
  }

  /** Returns a value such that equal values, in the sense of SQL, are equal in that of Java. */
  private static @Nullable Object normal(@Nullable Object value) {
    if (value == null || value instanceof String || value instanceof Long) {
      return value;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double || value instanceof Float) {
      return normal(((Number) value).doubleValue());
    }
    if (value instanceof BigDecimal decimal) {
      return normal(decimal);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> elements = new ArrayList<>(list.size());
      for (Object element : list) {
        elements.add(normal(element));
      }
      return elements;
    }
    return value;
  }

  private static Object normal(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < EXACT_DOUBLES;
    return whole ? (Object) (long) value : (Object) value;
  }

  private static Object normal(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    long digits = (long) stripped.precision() - stripped.scale();
    return stripped.scale() <= 0 && digits <= 18 ? (Object) stripped.longValueExact() : stripped;
  }

  /** Returns about how many bytes it takes. */
  public long size() {
    return ValueSize.ofRow(values);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Key key && hash == key.hash && Arrays.equals(values, key.values);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
