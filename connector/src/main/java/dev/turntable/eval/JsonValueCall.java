package dev.turntable.eval;

import dev.turntable.eval.json.Json;
import dev.turntable.eval.json.PathFailure;
import dev.turntable.run.Execution;
import dev.turntable.run.Scalar;
import dev.turntable.source.TurntableException;
import java.math.RoundingMode;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlJsonEmptyOrError;
import org.apache.calcite.sql.SqlJsonValueEmptyOrErrorBehavior;
import org.jspecify.annotations.Nullable;

/**
 * JSON_VALUE: a scalar of a document as a value of a SQL type.
 *
 * @param convert to the type
 * @param onEmpty what to give where the path leads to nothing; null fails
 * @param onError what to give where it cannot be followed, or to no single scalar; null fails
 */
record JsonValueCall(
    JsonPaths paths,
    JsonScalars.Conversion convert,
    @Nullable Scalar onEmpty,
    @Nullable Scalar onError)
    implements Scalar {
  private static final Scalar NULL = new Constant(null);

  /** Returns the call, or null if it is not known here. */
  static @Nullable Scalar compile(
      RexCall call, List<Scalar> operands, JsonPaths paths, RoundingMode rounding) {
    JsonScalars.Conversion convert = JsonScalars.to(call.getType(), rounding);
    List<RexNode> nodes = call.getOperands();
    Scalar onEmpty = NULL;
    Scalar onError = NULL;
    // Behaviours come as [behaviour | DEFAULT, value], EMPTY or ERROR.
    for (int i = 3; i < nodes.size(); i++) {
      if (!(JsonQueries.symbol(nodes.get(i)) instanceof SqlJsonEmptyOrError when)) {
        continue;
      }
      boolean isDefault =
          i > 3 && JsonQueries.symbol(nodes.get(i - 2)) == SqlJsonValueEmptyOrErrorBehavior.DEFAULT;
      Scalar given =
          isDefault
              ? Casts.compile(
                  operands.get(i - 1), nodes.get(i - 1).getType(), call.getType(), false, rounding)
              : NULL;
      if (given == null) {
        return null;
      }
      boolean fails =
          JsonQueries.symbol(nodes.get(i - 1)) == SqlJsonValueEmptyOrErrorBehavior.ERROR;
      if (when == SqlJsonEmptyOrError.EMPTY) {
        onEmpty = fails ? null : given;
      } else {
        onError = fails ? null : given;
      }
    }
    return convert == null ? null : new JsonValueCall(paths, convert, onEmpty, onError);
  }

  @Override
  public @Nullable Object eval(@Nullable Object[] row, Execution execution) {
    List<Json> found;
    try {
      found = paths.find(row, execution);
    } catch (JsonPaths.FailedException e) {
      return otherwise(onError, e.problem(), row, execution);
    }
    if (found == null) {
      return null;
    }
    if (found.isEmpty()) {
      return otherwise(onEmpty, "the path leads to nothing", row, execution);
    }
    Json item = found.get(0);
    if (found.size() > 1 || !item.isScalar()) {
      String what = found.size() > 1 ? found.size() + " items" : "an " + item.type();
      return otherwise(
          onError, "the path leads to " + what + ", not to one scalar", row, execution);
    }
    if (item.isNull()) {
      return null;
    }
    try {
      return convert.of(item);
    } catch (TurntableException | PathFailure e) {
      return otherwise(onError, String.valueOf(e.getMessage()), row, execution);
    }
  }

  private @Nullable Object otherwise(
      @Nullable Scalar otherwise, String problem, @Nullable Object[] row, Execution execution) {
    if (otherwise == null) {
      throw paths.failure(problem);
    }
    return otherwise.eval(row, execution);
  }
}
