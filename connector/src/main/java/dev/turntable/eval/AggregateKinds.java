package dev.turntable.eval;

import dev.turntable.run.Accumulator;
import dev.turntable.run.AggregateFunction;
import java.util.Comparator;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlJsonArrayAggAggFunction;
import org.apache.calcite.sql.fun.SqlJsonObjectAggAggFunction;
import org.jspecify.annotations.Nullable;

/** Chooses the accumulator of an aggregate function; DISTINCT, FILTER and order are added outside. */
final class AggregateKinds {
  private AggregateKinds() {}

  /** Returns the function, or null if it, or a type in it, is not known here. */
  static @Nullable AggregateFunction of(
      SqlAggFunction operator, Arguments arguments, boolean ignoreNulls) {
    AggregateFunction kept = keeping(operator, arguments, ignoreNulls);
    if (kept != null) {
      return kept;
    }
    SqlKind kind = operator.getKind();
    return switch (kind) {
      case COUNT, REGR_COUNT -> (e, held, grouped) -> NumericAggregates.count(arguments, e);
      case SUM, SUM0 ->
          summable(arguments)
              ? (e, held, grouped) -> NumericAggregates.sum(arguments, e, kind == SqlKind.SUM0)
              : null;
      case AVG ->
          summable(arguments)
              ? (e, held, grouped) -> NumericAggregates.average(arguments, e)
              : null;
      case MIN -> extreme(arguments, -1);
      case MAX -> extreme(arguments, 1);
      case ARG_MIN -> argumentOfExtreme(arguments, -1);
      case ARG_MAX -> argumentOfExtreme(arguments, 1);
      case ANY_VALUE -> (e, held, grouped) -> MinMaxAggregates.any(arguments, e, held);
      case SINGLE_VALUE -> (e, held, grouped) -> MinMaxAggregates.single(arguments, e, held);
      case BIT_AND, BIT_OR, BIT_XOR ->
          SqlTypes.isInteger(arguments.type(0))
              ? (e, held, grouped) -> MinMaxAggregates.bits(kind, arguments, e)
              : null;
      case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
          SqlTypes.isNumeric(arguments.type(0))
              ? (e, held, grouped) -> VarianceAggregates.variance(kind, arguments, e)
              : null;
      case COVAR_POP, COVAR_SAMP, REGR_SXX, REGR_SYY -> pairs(operator, arguments);
      case OTHER_FUNCTION ->
          operator.getName().equals("MEDIAN") && SqlTypes.isNumeric(arguments.type(0))
              ? (e, held, grouped) -> CollectAggregates.median(arguments, e, held)
              : VarianceAggregates.PAIRS.contains(operator.getName())
                  ? pairs(operator, arguments)
                  : null;
      default -> null;
    };
  }

  private static @Nullable AggregateFunction keeping(
      SqlAggFunction operator, Arguments arguments, boolean ignoreNulls) {
    return switch (operator.getKind()) {
      case ARRAY_AGG, COLLECT ->
          (e, held, grouped) -> CollectAggregates.array(arguments, e, held, ignoreNulls);
      case ARRAY_CONCAT_AGG ->
          (e, held, grouped) -> CollectAggregates.concatenated(arguments, e, held);
      case LISTAGG, STRING_AGG, GROUP_CONCAT ->
          SqlTypes.isText(arguments.type(0))
              ? (e, held, grouped) -> CollectAggregates.text(arguments, e, held)
              : null;
      case JSON_ARRAYAGG ->
          operator instanceof SqlJsonArrayAggAggFunction json
              ? (e, held, grouped) ->
                  CollectAggregates.jsonArray(arguments, e, held, json.getNullClause())
              : null;
      case JSON_OBJECTAGG ->
          operator instanceof SqlJsonObjectAggAggFunction json
              ? (e, held, grouped) ->
                  CollectAggregates.jsonObject(arguments, e, held, json.getNullClause())
              : null;
      case MODE -> (e, held, grouped) -> MinMaxAggregates.mode(arguments, e, held);
      case PERCENTILE_CONT ->
          arguments.size() == 2 && SqlTypes.isNumeric(arguments.type(1))
              ? (e, held, grouped) -> CollectAggregates.percentile(arguments, e, held, true)
              : null;
      case PERCENTILE_DISC ->
          arguments.size() == 2
              ? (e, held, grouped) -> CollectAggregates.percentile(arguments, e, held, false)
              : null;
      default -> null;
    };
  }

  private static @Nullable AggregateFunction pairs(SqlAggFunction operator, Arguments arguments) {
    boolean numbers =
        arguments.size() == 2
            && SqlTypes.isNumeric(arguments.type(0))
            && SqlTypes.isNumeric(arguments.type(1));
    return numbers
        ? (e, held, grouped) -> VarianceAggregates.pairs(operator.getName(), arguments, e)
        : null;
  }

  private static boolean summable(Arguments arguments) {
    return SqlTypes.isNumeric(arguments.type(0)) || SqlTypes.isInterval(arguments.type(0));
  }

  private static @Nullable AggregateFunction extreme(Arguments arguments, int sign) {
    Comparator<Object> order = Orders.of(arguments.type(0));
    return order == null
        ? null
        : (e, held, grouped) -> MinMaxAggregates.extreme(arguments, e, held, order, sign);
  }

  private static @Nullable AggregateFunction argumentOfExtreme(Arguments arguments, int sign) {
    Comparator<Object> order = Orders.of(arguments.type(1));
    return order == null
        ? null
        : (e, held, grouped) -> MinMaxAggregates.argumentOfExtreme(arguments, e, held, order, sign);
  }

  /** A value that does not depend on the rows. */
  static Accumulator constant(@Nullable Object value) {
    return new Accumulator() {
      @Override
      public void add(@Nullable Object[] row) {}

      @Override
      public @Nullable Object result() {
        return value;
      }
    };
  }
}
