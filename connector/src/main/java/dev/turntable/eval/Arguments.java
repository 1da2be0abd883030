package dev.turntable.eval;

import dev.turntable.run.Execution;
import dev.turntable.run.Scalar;
import java.math.RoundingMode;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * What an aggregate function is called with.
 *
 * @param scalars the arguments
 * @param types their types
 * @param type that of the result
 * @param rounding for results that lose digits
 */
record Arguments(
    List<Scalar> scalars, List<RelDataType> types, RelDataType type, RoundingMode rounding) {
  @Nullable Object value(int argument, @Nullable Object[] row, Execution execution) {
    return scalars.get(argument).eval(row, execution);
  }

  int size() {
    return scalars.size();
  }

  RelDataType type(int argument) {
    return types.get(argument);
  }

  Object fit(Object number) {
    return Numbers.fit(number, type, rounding);
  }
}
