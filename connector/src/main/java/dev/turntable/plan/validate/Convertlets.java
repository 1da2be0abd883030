package dev.turntable.plan.validate;

import dev.turntable.plan.syntax.Periods;
import dev.turntable.plan.syntax.TimeDifferences;
import dev.turntable.plan.type.ExecutionMode;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/**
 * Converts expressions as Calcite does, but for averages and spreads in windows: Calcite would make
 * sums of squares of them, whose difference loses most of its digits.
 */
public final class Convertlets implements SqlRexConvertletTable {
  /** Aggregates of the distances from an average. */
  public static final Set<SqlKind> SPREADS =
      Set.of(
          SqlKind.VAR_POP,
          SqlKind.VAR_SAMP,
          SqlKind.STDDEV_POP,
          SqlKind.STDDEV_SAMP,
          SqlKind.COVAR_POP,
          SqlKind.COVAR_SAMP,
          SqlKind.REGR_SXX,
          SqlKind.REGR_SYY);

  private final boolean whole;

  /** Generated code knows averages and spreads in windows as Calcite makes them only. */
  public Convertlets(ExecutionMode mode) {
    this.whole = mode == ExecutionMode.OPERATORS;
  }

  @Override
  public @Nullable SqlRexConvertlet get(SqlCall call) {
    SqlRexConvertlet periods = Periods.convertlet(call);
    if (periods != null) {
      return periods;
    }
    SqlRexConvertlet difference = TimeDifferences.convertlet(call);
    if (difference != null) {
      return difference;
    }
    SqlKind kind = call.getKind();
    return whole && (kind == SqlKind.AVG || SPREADS.contains(kind))
        ? StandardConvertletTable.INSTANCE::convertCall
        : StandardConvertletTable.INSTANCE.get(call);
  }
}
