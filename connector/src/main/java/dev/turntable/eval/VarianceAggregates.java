package dev.turntable.eval;

import dev.turntable.run.Accumulator;
import dev.turntable.run.Execution;
import java.util.Set;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Variance, standard deviation, covariance, correlation and linear regression. */
final class VarianceAggregates {
  /** Those that Calcite does not know. */
  static final Set<String> PAIRS =
      Set.of(
          "CORR", "REGR_SLOPE", "REGR_INTERCEPT", "REGR_R2", "REGR_AVGX", "REGR_AVGY", "REGR_SXY");

  private VarianceAggregates() {}

  static Accumulator variance(SqlKind kind, Arguments arguments, Execution execution) {
    boolean sample = kind == SqlKind.VAR_SAMP || kind == SqlKind.STDDEV_SAMP;
    boolean root = kind == SqlKind.STDDEV_POP || kind == SqlKind.STDDEV_SAMP;
    Moments moments = Moments.of(arguments, 1);
    return new OneArgumentAggregate(arguments, execution) {
      @Override
      void accept(Object value, @Nullable Object[] row) {
        moments.add(value, value);
      }

      @Override
      public @Nullable Object result() {
        long divisor = sample ? moments.count() - 1 : moments.count();
        if (divisor <= 0) {
          return null;
        }
        double variance = moments.xx() / divisor;
        return arguments.fit(root ? Math.sqrt(variance) : variance);
      }
    };
  }

  /** COVAR_POP, COVAR_SAMP, CORR and REGR_*: of two numbers, in REGR_* the dependent one first. */
  static Accumulator pairs(String name, Arguments arguments, Execution execution) {
    Moments moments = Moments.of(arguments, 2);
    return new Accumulator() {
      @Override
      public void add(@Nullable Object[] row) {
        Object y = arguments.value(0, row, execution);
        Object x = arguments.value(1, row, execution);
        if (x != null && y != null) {
          moments.add(x, y);
        }
      }

      @Override
      public @Nullable Object result() {
        Double result = moments.count() == 0 ? null : of(name, moments);
        return result == null ? null : arguments.fit(result);
      }
    };
  }

  private static @Nullable Double of(String name, Moments m) {
    return switch (name) {
      case "COVAR_POP" -> m.xy() / m.count();
      case "COVAR_SAMP" -> m.count() == 1 ? null : (Double) (m.xy() / (m.count() - 1));
      case "REGR_SXX" -> m.xx();
      case "REGR_SYY" -> m.yy();
      case "REGR_SXY" -> m.xy();
      case "REGR_AVGX" -> m.meanX();
      case "REGR_AVGY" -> m.meanY();
      case "CORR" -> m.xx() == 0 || m.yy() == 0 ? null : (Double) correlation(m);
      case "REGR_SLOPE" -> m.xx() == 0 ? null : (Double) (m.xy() / m.xx());
      case "REGR_INTERCEPT" ->
          m.xx() == 0 ? null : (Double) (m.meanY() - m.meanX() * m.xy() / m.xx());
      default -> m.xx() == 0 ? null : (Double) determination(m);
    };
  }

  private static double correlation(Moments m) {
    return Math.max(-1, Math.min(1, m.xy() / (Math.sqrt(m.xx()) * Math.sqrt(m.yy()))));
  }

  private static double determination(Moments m) {
    return m.yy() == 0 ? 1 : m.xy() * m.xy() / (m.xx() * m.yy());
  }
}
