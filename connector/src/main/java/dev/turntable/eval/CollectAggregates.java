package dev.turntable.eval;

import dev.turntable.run.Accumulator;
import dev.turntable.run.Execution;
import dev.turntable.run.MemoryTracker;
import dev.turntable.source.ValueSize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.jspecify.annotations.Nullable;

/** Aggregates that keep their values: ARRAY_AGG, LISTAGG, the JSON ones, percentiles. */
final class CollectAggregates {
  /** Text grows by doubling, and is copied at its end. */
  private static final long PER_BYTE_OF_TEXT = 3;

  private CollectAggregates() {}

  /**
   * ARRAY_AGG and COLLECT; nulls are elements too, as the standard has it. Of no rows they are NULL if
   * their type has that.
   */
  static Accumulator array(
      Arguments arguments, Execution execution, MemoryTracker held, boolean ignoreNulls) {
    return new Accumulator() {
      private final List<@Nullable Object> values = new ArrayList<>();
      private boolean any;

      @Override
      public void add(@Nullable Object[] row) {
        Object value = arguments.value(0, row, execution);
        any = true;
        if (value != null || !ignoreNulls) {
          held.addValue(value);
          values.add(value);
        }
      }

      @Override
      public @Nullable Object result() {
        return any || !arguments.type().isNullable()
            ? Collections.unmodifiableList(new ArrayList<>(values))
            : null;
      }
    };
  }

  /** ARRAY_CONCAT_AGG: one list of many, whose NULLs it passes over. */
  static Accumulator concatenated(Arguments arguments, Execution execution, MemoryTracker held) {
    return new OneArgumentAggregate(arguments, execution) {
      private @Nullable List<@Nullable Object> values;

      @Override
      void accept(Object value, @Nullable Object[] row) {
        held.addValue(value);
        if (values == null) {
          values = new ArrayList<>();
        }
        values.addAll((List<?>) value);
      }

      @Override
      public @Nullable Object result() {
        return values == null ? null : Collections.unmodifiableList(new ArrayList<>(values));
      }
    };
  }

  /** LISTAGG and STRING_AGG; without a separator, a comma. */
  static Accumulator text(Arguments arguments, Execution execution, MemoryTracker held) {
    return new OneArgumentAggregate(arguments, execution) {
      private @Nullable StringBuilder text;

      @Override
      void accept(Object value, @Nullable Object[] row) {
        held.add(PER_BYTE_OF_TEXT * ValueSize.of(value));
        if (text == null) {
          text = new StringBuilder(value.toString());
          return;
        }
        Object separator = arguments.size() > 1 ? arguments.value(1, row, execution) : ",";
        text.append(separator == null ? "" : separator).append(value);
      }

      @Override
      public @Nullable Object result() {
        return text == null ? null : text.toString();
      }
    };
  }

  /** JSON_ARRAYAGG; of no rows it is NULL. */
  static Accumulator jsonArray(
      Arguments arguments,
      Execution execution,
      MemoryTracker held,
      SqlJsonConstructorNullClause nulls) {
    JsonForm form = JsonForm.of(arguments.type(0));
    return new JsonList(arguments, execution, held, nulls, '[', ']') {
      @Override
      public void add(@Nullable Object[] row) {
        Object value = arguments.value(0, row, execution);
        add(value, () -> form.of(value));
      }
    };
  }

  /** JSON_OBJECTAGG; of no rows it is NULL. */
  static Accumulator jsonObject(
      Arguments arguments,
      Execution execution,
      MemoryTracker held,
      SqlJsonConstructorNullClause nulls) {
    JsonForm form = JsonForm.of(arguments.type(1));
    return new JsonList(arguments, execution, held, nulls, '{', '}') {
      @Override
      public void add(@Nullable Object[] row) {
        Object name = arguments.value(0, row, execution);
        Object value = arguments.value(1, row, execution);
        add(value, () -> JsonConstructors.member("JSON_OBJECTAGG", name, form.of(value)));
      }
    };
  }

  /**
   * PERCENTILE_CONT and PERCENTILE_DISC over rows that come in order: the first argument is the
   * fraction, the second the value that the rows are ordered by.
   */
  static Accumulator percentile(
      Arguments arguments, Execution execution, MemoryTracker held, boolean continuous) {
    return new Accumulator() {
      private final List<Object> values = new ArrayList<>();
      private double fraction;

      @Override
      public void add(@Nullable Object[] row) {
        Object value = arguments.value(1, row, execution);
        Object given = arguments.value(0, row, execution);
        if (value == null || given == null) {
          return;
        }
        fraction = ((Number) given).doubleValue();
        if (!(fraction >= 0 && fraction <= 1)) {
          throw ValueErrors.badArgument("PERCENTILE", "fraction " + given + " is not from 0 to 1");
        }
        held.addValue(value);
        values.add(value);
      }

      @Override
      public @Nullable Object result() {
        if (values.isEmpty()) {
          return null;
        }
        return continuous ? interpolated() : values.get(discrete());
      }

      private int discrete() {
        BigDecimal position =
            BigDecimal.valueOf(fraction).multiply(BigDecimal.valueOf(values.size()));
        return Math.max(0, position.setScale(0, RoundingMode.CEILING).intValue() - 1);
      }

      private Object interpolated() {
        double position = fraction * (values.size() - 1);
        int low = (int) Math.floor(position);
        int high = (int) Math.ceil(position);
        double from = ((Number) values.get(low)).doubleValue();
        double to = ((Number) values.get(high)).doubleValue();
        return arguments.fit(from + (to - from) * (position - low));
      }
    };
  }

  /** The middle of the values, or between the two in the middle. */
  static Accumulator median(Arguments arguments, Execution execution, MemoryTracker held) {
    return new OneArgumentAggregate(arguments, execution) {
      private final List<BigDecimal> values = new ArrayList<>();

      @Override
      void accept(Object value, @Nullable Object[] row) {
        held.addValue(value);
        values.add(Numbers.exact(value));
      }

      @Override
      public @Nullable Object result() {
        if (values.isEmpty()) {
          return null;
        }
        List<BigDecimal> sorted = new ArrayList<>(values);
        sorted.sort(
            (a, b) -> {
              held.tick();
              return a.compareTo(b);
            });
        BigDecimal low = sorted.get((sorted.size() - 1) / 2);
        BigDecimal high = sorted.get(sorted.size() / 2);
        return arguments.fit(low.add(high).divide(BigDecimal.valueOf(2)));
      }
    };
  }

  /** Keeps the rows, and gives them to a fresh accumulator in order. */
  static Accumulator ordered(
      MemoryTracker held,
      Comparator<@Nullable Object[]> order,
      java.util.function.Supplier<Accumulator> start) {
    return new Accumulator() {
      private final List<@Nullable Object[]> rows = new ArrayList<>();

      @Override
      public void add(@Nullable Object[] row) {
        held.add(row);
        rows.add(row);
      }

      @Override
      public @Nullable Object result() {
        List<@Nullable Object[]> sorted = new ArrayList<>(rows);
        sorted.sort(
            (a, b) -> {
              held.tick();
              return order.compare(a, b);
            });
        Accumulator accumulator = start.get();
        sorted.forEach(
            row -> {
              held.tick();
              accumulator.add(row);
            });
        return accumulator.result();
      }
    };
  }
}
