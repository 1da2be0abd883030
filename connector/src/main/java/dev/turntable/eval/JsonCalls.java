package dev.turntable.eval;

import dev.turntable.eval.json.Json;
import dev.turntable.eval.json.JsonReader;
import dev.turntable.eval.json.JsonSyntaxException;
import dev.turntable.run.Scalar;
import java.math.RoundingMode;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Compiles the functions of JSON: numbers keep their digits, paths are those of the standard. */
final class JsonCalls {
  private final RoundingMode rounding;
  private final JsonDocuments documents = new JsonDocuments();

  JsonCalls(RoundingMode rounding) {
    this.rounding = rounding;
  }

  /** Returns the call, or null if it is not known here. */
  @Nullable Scalar compile(String name, RexCall call, List<Scalar> operands) {
    if (operands.isEmpty()) {
      return null;
    }
    Scalar x = operands.get(0);
    if (call.getOperator().equals(SqlStdOperatorTable.JSON_TYPE_OPERATOR)
        || call.getOperator().equals(SqlStdOperatorTable.JSON_VALUE_EXPRESSION)) {
      return JsonConstructors.marked(call, x);
    }
    RelDataType type = call.getOperands().get(0).getType();
    boolean json = SqlTypes.isText(type) || type.getSqlTypeName() == SqlTypeName.ANY;
    return switch (name) {
      case "JSON_OBJECT", "JSON_ARRAY" -> JsonConstructors.compile(name, call, operands);
      case "JSON_VALUE" ->
          json ? JsonValueCall.compile(call, operands, paths(name, operands), rounding) : null;
      case "JSON_QUERY" -> json ? JsonQueries.query(call, paths(name, operands), rounding) : null;
      case "JSON_EXISTS" -> json ? JsonQueries.exists(call, paths(name, operands)) : null;
      case "IS JSON VALUE", "IS JSON OBJECT", "IS JSON ARRAY", "IS JSON SCALAR" ->
          json ? is(name, x) : null;
      case "IS NOT JSON VALUE", "IS NOT JSON OBJECT", "IS NOT JSON ARRAY", "IS NOT JSON SCALAR" ->
          json ? Logic.not(is(name.replace("IS NOT", "IS"), x)) : null;
      default -> new JsonFunctions(documents).compile(name, call, operands);
    };
  }

  private JsonPaths paths(String name, List<Scalar> operands) {
    return JsonPaths.of(name, operands.get(0), operands.get(1), documents);
  }

  private Scalar is(String name, Scalar x) {
    return StrictCalls.watched(
        name, List.of(x), (v, execution) -> is(name, v[0].toString(), execution::check));
  }

  private static boolean is(String name, String text, Runnable check) {
    try {
      Json json = JsonReader.read(text, check);
      return switch (name) {
        case "IS JSON VALUE" -> true;
        case "IS JSON OBJECT" -> json instanceof Json.Members;
        case "IS JSON ARRAY" -> json instanceof Json.Array;
        default -> json.isScalar();
      };
    } catch (JsonSyntaxException e) {
      return false;
    }
  }
}
