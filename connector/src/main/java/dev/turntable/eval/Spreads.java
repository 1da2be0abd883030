package dev.turntable.eval;

import dev.turntable.run.Accumulator;
import dev.turntable.run.Execution;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Variance, standard deviation and covariance by Welford's method, which loses no digits. */
final class Spreads {
  private Spreads() {}

  static Accumulator variance(SqlKind kind, Arguments arguments, Execution execution) {
    boolean sample = kind == SqlKind.VAR_SAMP || kind == SqlKind.STDDEV_SAMP;
    boolean root = kind == SqlKind.STDDEV_POP || kind == SqlKind.STDDEV_SAMP;
    return new OneArgument(arguments, execution) {
      private long count;
      private double mean;
      private double squares;

      @Override
      void accept(Object value, @Nullable Object[] row) {
        double x = ((Number) value).doubleValue();
        count++;
        double delta = x - mean;
        mean += delta / count;
        squares += delta * (x - mean);
      }

      @Override
      public @Nullable Object result() {
        long divisor = sample ? count - 1 : count;
        if (divisor <= 0) {
          return null;
        }
        double variance = squares / divisor;
        return arguments.fit(root ? Math.sqrt(variance) : variance);
      }
    };
  }

  static Accumulator covariance(SqlKind kind, Arguments arguments, Execution execution) {
    boolean sample = kind == SqlKind.COVAR_SAMP;
    return new Accumulator() {
      private long count;
      private double meanX;
      private double meanY;
      private double products;

      @Override
      public void add(@Nullable Object[] row) {
        Object first = arguments.value(0, row, execution);
        Object second = arguments.value(1, row, execution);
        if (first == null || second == null) {
          return;
        }
        double x = ((Number) first).doubleValue();
        double y = ((Number) second).doubleValue();
        count++;
        double delta = x - meanX;
        meanX += delta / count;
        meanY += (y - meanY) / count;
        products += delta * (y - meanY);
      }

      @Override
      public @Nullable Object result() {
        long divisor = sample ? count - 1 : count;
        return divisor <= 0 ? null : arguments.fit(products / divisor);
      }
    };
  }
}
