package dev.turntable.source;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A predicate on one column, with values of the column's {@link ColumnType#javaType()}. It never
 * matches null. Turntable checks it again on the rows that come back.
 */
public sealed interface ColumnFilter {

  /** {@code column IN (values)}; one value is an equality; no value matches nothing. */
  record OneOf(List<Object> values) implements ColumnFilter {
    public OneOf {
      values = List.copyOf(values);
    }
  }

  /**
   * {@code column} between two bounds; a null bound is open.
   *
   * @param lower the lower bound, or null
   * @param lowerInclusive whether the lower bound itself matches
   * @param upper the upper bound, or null
   * @param upperInclusive whether the upper bound itself matches
   */
  record Range(
      @Nullable Object lower,
      boolean lowerInclusive,
      @Nullable Object upper,
      boolean upperInclusive)
      implements ColumnFilter {
    public Range {
      if (lower == null && upper == null) {
        throw new IllegalArgumentException("a range needs a bound");
      }
    }
  }

  /** Returns the only value of an equality, or null for any other filter. */
  static @Nullable Object onlyValue(@Nullable ColumnFilter filter) {
    return filter instanceof OneOf oneOf && oneOf.values().size() == 1
        ? requireNonNull(oneOf.values().get(0))
        : null;
  }
}
