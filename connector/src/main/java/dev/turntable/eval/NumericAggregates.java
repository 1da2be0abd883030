package dev.turntable.eval;

import dev.turntable.run.Accumulator;
import dev.turntable.run.Execution;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** COUNT, SUM, AVG and the sum that is 0 for no rows. Exact types are summed exactly. */
final class NumericAggregates {
  private NumericAggregates() {}

  static Accumulator count(Arguments arguments, Execution execution) {
    return new Accumulator() {
      private long count;

      @Override
      public void add(@Nullable Object[] row) {
        for (int i = 0; i < arguments.size(); i++) {
          if (arguments.value(i, row, execution) == null) {
            return;
          }
        }
        count++;
      }

      @Override
      public Object result() {
        return arguments.fit(count);
      }
    };
  }

  static Accumulator sum(Arguments arguments, Execution execution, boolean zeroIfNone) {
    return new Total(arguments, execution) {
      @Override
      public @Nullable Object result() {
        return count == 0 && !zeroIfNone ? null : arguments.fit(sum());
      }
    };
  }

  static Accumulator average(Arguments arguments, Execution execution) {
    return new Total(arguments, execution) {
      @Override
      public @Nullable Object result() {
        if (count == 0) {
          return null;
        }
        Object sum = sum();
        if (sum instanceof Double real) {
          return arguments.fit(real / count);
        }
        if (SqlTypes.isApproximate(arguments.type())) {
          return arguments.fit(
              Numbers.exact(sum).divide(BigDecimal.valueOf(count), MathContext.DECIMAL128));
        }
        boolean decimal = SqlTypes.isDecimal(arguments.type());
        return arguments.fit(
            Numbers.exact(sum)
                .divide(
                    BigDecimal.valueOf(count),
                    decimal ? Math.max(0, arguments.type().getScale()) : 0,
                    decimal ? arguments.rounding() : RoundingMode.DOWN));
      }
    };
  }

  /** A running total: a long while it lasts, then a decimal, or a compensated double. */
  private abstract static class Total extends OneArgumentAggregate {
    long count;
    private final boolean approximate;
    private long whole;
    private @Nullable BigDecimal exact;
    private double real;
    private double lost;

    Total(Arguments arguments, Execution execution) {
      super(arguments, execution);
      this.approximate = SqlTypes.isApproximate(arguments.type(0));
    }

    @Override
    final void accept(Object value, @Nullable Object[] row) {
      count++;
      if (approximate) {
        addReal(((Number) value).doubleValue());
      } else if (value instanceof BigDecimal decimal) {
        exact = exact == null ? decimal : exact.add(decimal);
      } else {
        addWhole(((Number) value).longValue());
      }
    }

    private void addWhole(long value) {
      long sum = whole + value;
      if (((whole ^ sum) & (value ^ sum)) < 0) {
        BigDecimal flushed = BigDecimal.valueOf(whole);
        exact = exact == null ? flushed : exact.add(flushed);
        sum = value;
      }
      whole = sum;
    }

    /** Neumaier's summation: the result hardly depends on the order of the rows. */
    private void addReal(double value) {
      double sum = real + value;
      lost += Math.abs(real) >= Math.abs(value) ? (real - sum) + value : (value - sum) + real;
      real = sum;
    }

    final Object sum() {
      if (approximate) {
        double compensated = real + lost;
        return Double.isNaN(compensated) ? real : compensated;
      }
      return exact == null ? (Object) whole : exact.add(BigDecimal.valueOf(whole));
    }
  }
}
