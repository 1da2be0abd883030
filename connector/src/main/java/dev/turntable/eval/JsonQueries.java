package dev.turntable.eval;

import dev.turntable.eval.json.Json;
import dev.turntable.eval.json.JsonPath;
import dev.turntable.run.Scalar;
import dev.turntable.source.TurntableException;
import java.math.RoundingMode;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlJsonExistsErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryEmptyOrErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryWrapperBehavior;
import org.jspecify.annotations.Nullable;

/** Compiles JSON_EXISTS and JSON_QUERY. */
final class JsonQueries {
  private JsonQueries() {}

  static @Nullable Object symbol(RexNode node) {
    return node instanceof RexLiteral literal ? literal.getValue() : null;
  }

  static Scalar exists(RexCall call, JsonPaths paths) {
    Object given = call.getOperands().size() > 2 ? symbol(call.getOperands().get(2)) : null;
    SqlJsonExistsErrorBehavior onError =
        given instanceof SqlJsonExistsErrorBehavior behaviour
            ? behaviour
            : SqlJsonExistsErrorBehavior.FALSE;
    return (row, execution) -> {
      try {
        return paths.follow(row, execution, JsonPath::exists);
      } catch (JsonPaths.FailedException e) {
        return switch (onError) {
          case TRUE -> true;
          case FALSE -> false;
          case UNKNOWN -> null;
          case ERROR -> throw paths.failure(e.problem());
        };
      }
    };
  }

  /** Returns the call, or null if it is not known here. */
  static @Nullable Scalar query(RexCall call, JsonPaths paths, RoundingMode rounding) {
    List<RexNode> nodes = call.getOperands();
    JsonScalars.Conversion convert =
        SqlTypes.isText(call.getType()) ? Json::text : JsonScalars.to(call.getType(), rounding);
    return nodes.size() == 5
            && symbol(nodes.get(2)) instanceof SqlJsonQueryWrapperBehavior wrapper
            && symbol(nodes.get(3)) instanceof SqlJsonQueryEmptyOrErrorBehavior onEmpty
            && symbol(nodes.get(4)) instanceof SqlJsonQueryEmptyOrErrorBehavior onError
            && convert != null
        ? new Query(paths, wrapper, onEmpty, onError, convert)
        : null;
  }

  private record Query(
      JsonPaths paths,
      SqlJsonQueryWrapperBehavior wrapper,
      SqlJsonQueryEmptyOrErrorBehavior onEmpty,
      SqlJsonQueryEmptyOrErrorBehavior onError,
      JsonScalars.Conversion convert)
      implements Scalar {
    @Override
    public @Nullable Object eval(@Nullable Object[] row, dev.turntable.run.Execution execution) {
      List<Json> found;
      try {
        found = paths.find(row, execution);
      } catch (JsonPaths.FailedException e) {
        return otherwise(onError, e.problem());
      }
      if (found == null) {
        return null;
      }
      if (found.isEmpty()) {
        return otherwise(onEmpty, "the path leads to nothing");
      }
      boolean wrap =
          wrapper == SqlJsonQueryWrapperBehavior.WITH_UNCONDITIONAL_ARRAY
              || (wrapper == SqlJsonQueryWrapperBehavior.WITH_CONDITIONAL_ARRAY
                  && found.size() > 1);
      if (!wrap && found.size() > 1) {
        return otherwise(onError, "the path leads to " + found.size() + " items; WITH WRAPPER?");
      }
      try {
        return convert.of(wrap ? new Json.Array(found) : found.get(0));
      } catch (TurntableException e) {
        return otherwise(onError, String.valueOf(e.getMessage()));
      }
    }

    private @Nullable Object otherwise(SqlJsonQueryEmptyOrErrorBehavior behaviour, String problem) {
      return switch (behaviour) {
        case NULL -> null;
        case ERROR -> throw paths.failure(problem);
        case EMPTY_ARRAY -> convert.of(new Json.Array(List.of()));
        case EMPTY_OBJECT -> convert.of(new Json.Members(java.util.Map.of()));
      };
    }
  }
}
