package dev.turntable.eval;

import dev.turntable.run.Accumulator;
import dev.turntable.run.Execution;
import dev.turntable.run.Key;
import dev.turntable.run.MemoryTracker;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Aggregates that pick one of the values: MIN, MAX, ANY_VALUE, ARG_MIN, MODE and the like. */
final class MinMaxAggregates {
  private MinMaxAggregates() {}

  /** MIN (sign -1) or MAX (sign 1). */
  static Accumulator extreme(
      Arguments arguments,
      Execution execution,
      MemoryTracker held,
      Comparator<Object> order,
      int sign) {
    return new OneArgumentAggregate(arguments, execution) {
      private @Nullable Object best;

      @Override
      void accept(Object value, @Nullable Object[] row) {
        if (best == null || Integer.signum(order.compare(value, best)) == sign) {
          held.replace(best, value);
          best = value;
        }
      }

      @Override
      public @Nullable Object result() {
        return best;
      }
    };
  }

  /** The value at the smallest (sign -1) or largest (sign 1) second argument. */
  static Accumulator argumentOfExtreme(
      Arguments arguments,
      Execution execution,
      MemoryTracker held,
      Comparator<Object> order,
      int sign) {
    return new Accumulator() {
      private @Nullable Object best;
      private @Nullable Object at;

      @Override
      public void add(@Nullable Object[] row) {
        Object key = arguments.value(1, row, execution);
        Object value = arguments.value(0, row, execution);
        if (key == null || value == null) {
          return;
        }
        if (at == null || Integer.signum(order.compare(key, at)) == sign) {
          held.replace(best, value);
          held.replace(at, key);
          at = key;
          best = value;
        }
      }

      @Override
      public @Nullable Object result() {
        return best;
      }
    };
  }

  static Accumulator any(Arguments arguments, Execution execution, MemoryTracker held) {
    return new OneArgumentAggregate(arguments, execution) {
      private @Nullable Object first;

      @Override
      void accept(Object value, @Nullable Object[] row) {
        if (first == null) {
          held.replace(null, value);
          first = value;
        }
      }

      @Override
      public @Nullable Object result() {
        return first;
      }
    };
  }

  static Accumulator single(Arguments arguments, Execution execution, MemoryTracker held) {
    return new Accumulator() {
      private boolean seen;
      private @Nullable Object value;

      @Override
      public void add(@Nullable Object[] row) {
        if (seen) {
          throw new TurntableException(
              ErrorKind.INVALID_STATEMENT, "a sub-query that stands for a value gave two rows");
        }
        seen = true;
        value = arguments.value(0, row, execution);
        held.replace(null, value);
      }

      @Override
      public @Nullable Object result() {
        return value;
      }
    };
  }

  static Accumulator bits(SqlKind kind, Arguments arguments, Execution execution) {
    return new OneArgumentAggregate(arguments, execution) {
      private @Nullable Long bits;

      @Override
      void accept(Object value, @Nullable Object[] row) {
        long next = ((Number) value).longValue();
        if (bits == null) {
          bits = next;
        } else {
          bits =
              switch (kind) {
                case BIT_AND -> bits & next;
                case BIT_OR -> bits | next;
                default -> bits ^ next;
              };
        }
      }

      @Override
      public @Nullable Object result() {
        return bits == null ? null : arguments.fit(bits);
      }
    };
  }

  /** The most frequent value; of several the one that came first. */
  static Accumulator mode(Arguments arguments, Execution execution, MemoryTracker held) {
    return new OneArgumentAggregate(arguments, execution) {
      private final Map<Key, Tally> tallies = new LinkedHashMap<>();

      @Override
      void accept(Object value, @Nullable Object[] row) {
        Key key = Key.of(new Object[] {value});
        Tally tally = tallies.get(key);
        if (tally == null) {
          held.addValue(value);
          tally = new Tally(value);
          tallies.put(key, tally);
        }
        tally.count++;
      }

      @Override
      public @Nullable Object result() {
        Tally best = null;
        for (Tally tally : tallies.values()) {
          best = best == null || tally.count > best.count ? tally : best;
        }
        return best == null ? null : best.value;
      }
    };
  }

  private static final class Tally {
    private final Object value;
    private long count;

    Tally(Object value) {
      this.value = value;
    }
  }
}
