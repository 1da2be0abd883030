package dev.turntable.run;

import dev.turntable.source.Column;
import dev.turntable.source.ColumnFilter;
import dev.turntable.source.ColumnType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns conditions and their values into the filters of a scan request. */
final class ColumnFilters {
  private final Map<String, ColumnFilter> filters = new LinkedHashMap<>();
  private boolean nothing;

  private ColumnFilters() {}

  /**
   * Evaluates conditions.
   *
   * @return the filters by column, or null if no row can match
   */
  static @Nullable Map<String, ColumnFilter> evaluate(
      List<? extends Column<?>> columns, List<PushedCondition> conditions, Execution execution) {
    ColumnFilters result = new ColumnFilters();
    for (PushedCondition condition : conditions) {
      List<@Nullable Object> values = values(condition, execution);
      if (values != null) {
        result.add(columns.get(condition.column()), condition.operator(), values);
      }
    }
    return result.nothing ? null : result.filters;
  }

  /** Returns whether the filters of {@link #evaluate} say all that the conditions do. */
  static boolean areWhole(
      List<? extends Column<?>> columns, List<PushedCondition> conditions, Execution execution) {
    Map<Integer, Boolean> ofValues = new HashMap<>();
    for (PushedCondition condition : conditions) {
      List<@Nullable Object> values = values(condition, execution);
      ColumnType type = columns.get(condition.column()).type();
      if (values == null) {
        continue; // it does not hold
      }
      for (Object value : values) {
        if (value != null && external(type, value) == null) {
          return false;
        }
      }
      // Of values and a range, only the values are kept, but for times.
      boolean oneOf = condition.operator() == PushedCondition.Operator.ONE_OF;
      Boolean other = ofValues.put(condition.column(), oneOf);
      if (other != null && other != oneOf && type != ColumnType.TIMESTAMP) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable List<@Nullable Object> values(
      PushedCondition condition, Execution execution) {
    if (condition.slot() >= 0) {
      List<Object> keys = execution.boundKeys(condition.slot());
      return keys == null ? null : new ArrayList<>(keys);
    }
    Scalar unless = condition.unless();
    if (unless != null && execution.isTrue(unless)) {
      return null;
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (Scalar value : condition.values()) {
      values.add(value.eval(Execution.NO_ROW, execution));
    }
    return values;
  }

  private void add(
      Column<?> column, PushedCondition.Operator operator, List<@Nullable Object> values) {
    if (operator == PushedCondition.Operator.ONE_OF) {
      addOneOf(column, values);
      return;
    }
    Object value = values.get(0);
    if (value == null) {
      nothing = true; // a comparison with NULL is never true
      return;
    }
    Object bound = external(column.type(), value);
    if (bound == null) {
      return;
    }
    boolean time = column.type() == ColumnType.TIMESTAMP;
    switch (operator) {
      case AT_LEAST -> addRange(column, new ColumnFilter.Range(bound, true, null, false));
      // A column of milliseconds hides smaller fractions: 12:00:00.001 may stand for .0019.
      case GREATER -> addRange(column, new ColumnFilter.Range(bound, time, null, false));
      case AT_MOST ->
          addRange(
              column,
              new ColumnFilter.Range(null, false, time ? next((Instant) bound) : bound, !time));
      case LESS -> addRange(column, new ColumnFilter.Range(null, false, bound, false));
      default -> throw new AssertionError(operator);
    }
  }

  private static ColumnFilter.Range moment(Instant instant) {
    return new ColumnFilter.Range(instant, true, next(instant), false);
  }

  private static Instant next(Instant instant) {
    return instant.plusMillis(1);
  }

  private void addOneOf(Column<?> column, List<@Nullable Object> values) {
    Set<Object> distinct = new LinkedHashSet<>();
    for (Object value : values) {
      if (value != null) {
        Object external = external(column.type(), value);
        if (external == null) {
          return; // a value that the column cannot hold as such: left to the local check
        }
        distinct.add(external);
      }
    }
    ColumnFilter known = filters.get(column.name());
    if (known instanceof ColumnFilter.OneOf other) {
      distinct.retainAll(new LinkedHashSet<>(other.values()));
    }
    putOneOf(column, distinct);
  }

  private void putOneOf(Column<?> column, Set<Object> distinct) {
    if (column.type() == ColumnType.TIMESTAMP) {
      if (filters.remove(column.name()) instanceof ColumnFilter.Range range) {
        distinct.removeIf(time -> intersect(range, moment((Instant) time)) == null);
      }
      if (distinct.size() == 1) {
        filters.put(column.name(), moment((Instant) distinct.iterator().next()));
        return;
      }
    }
    if (distinct.isEmpty()) {
      nothing = true;
      return;
    }
    filters.put(column.name(), new ColumnFilter.OneOf(new ArrayList<>(distinct)));
  }

  private void addRange(Column<?> column, ColumnFilter.Range range) {
    ColumnFilter known = filters.get(column.name());
    if (known instanceof ColumnFilter.Range other) {
      ColumnFilter.Range both = intersect(other, range);
      if (both == null) {
        nothing = true;
      } else {
        filters.put(column.name(), pointOrRange(both));
      }
    } else if (known == null) {
      filters.put(column.name(), range);
    } else if (column.type() == ColumnType.TIMESTAMP && known instanceof ColumnFilter.OneOf other) {
      filters.put(column.name(), range);
      putOneOf(column, new LinkedHashSet<>(other.values()));
    }
  }

  /** Some clients ask for one key by {@code id >= ? AND id <= ?}. */
  private static ColumnFilter pointOrRange(ColumnFilter.Range range) {
    Object lower = range.lower();
    Object upper = range.upper();
    boolean point = lower != null && upper != null && compare(lower, upper) == 0;
    return point ? new ColumnFilter.OneOf(List.of(lower)) : range;
  }

  private static ColumnFilter.@Nullable Range intersect(
      ColumnFilter.Range a, ColumnFilter.Range b) {
    boolean lowerFromA = higher(a.lower(), a.lowerInclusive(), b.lower(), b.lowerInclusive());
    boolean upperFromA = lower(a.upper(), a.upperInclusive(), b.upper(), b.upperInclusive());
    Object lower = lowerFromA ? a.lower() : b.lower();
    boolean lowerInclusive = lowerFromA ? a.lowerInclusive() : b.lowerInclusive();
    Object upper = upperFromA ? a.upper() : b.upper();
    boolean upperInclusive = upperFromA ? a.upperInclusive() : b.upperInclusive();
    if (lower != null && upper != null) {
      int order = compare(lower, upper);
      if (order > 0 || (order == 0 && !(lowerInclusive && upperInclusive))) {
        return null;
      }
    }
    return new ColumnFilter.Range(lower, lowerInclusive, upper, upperInclusive);
  }

  private static boolean higher(
      @Nullable Object a, boolean aInclusive, @Nullable Object b, boolean bInclusive) {
    if (a == null || b == null) {
      return a != null;
    }
    int order = compare(a, b);
    return order > 0 || (order == 0 && !aInclusive && bInclusive);
  }

  private static boolean lower(
      @Nullable Object a, boolean aInclusive, @Nullable Object b, boolean bInclusive) {
    if (a == null || b == null) {
      return a != null;
    }
    int order = compare(a, b);
    return order < 0 || (order == 0 && !aInclusive && bInclusive);
  }

  @SuppressWarnings("unchecked") // both bounds belong to one column
  private static int compare(Object a, Object b) {
    return ((Comparable<Object>) a).compareTo(b);
  }

  /** Returns a value in the form that sources use, or null if it does not fit the column's type. */
  static @Nullable Object external(ColumnType type, Object value) {
    return switch (type) {
      case VARCHAR, JSON -> value instanceof String ? value : null;
      case BOOLEAN -> value instanceof Boolean ? value : null;
      case TIMESTAMP -> value instanceof Long millis ? Instant.ofEpochMilli(millis) : null;
      case INTEGER, BIGINT, DOUBLE, DECIMAL ->
          value instanceof Number number ? number(type, number) : null;
    };
  }

  private static @Nullable Object number(ColumnType type, Number value) {
    BigDecimal exact;
    try {
      exact = new BigDecimal(value.toString());
      return switch (type) {
        case INTEGER -> exact.intValueExact();
        case BIGINT -> exact.longValueExact();
        case DOUBLE -> value.doubleValue();
        default -> exact;
      };
    } catch (ArithmeticException | NumberFormatException e) {
      return null; // 1.5 for a BIGINT column: left to the local check
    }
  }
}
