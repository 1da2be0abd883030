package dev.turntable.eval;

import dev.turntable.run.Scalar;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.runtime.JsonFunctions;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlJsonEmptyOrError;
import org.apache.calcite.sql.SqlJsonExistsErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryEmptyOrErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryWrapperBehavior;
import org.apache.calcite.sql.SqlJsonValueEmptyOrErrorBehavior;
import org.jspecify.annotations.Nullable;

/** Compiles the SQL/JSON functions onto Calcite's run time, which keeps the last parsed documents. */
final class JsonCalls {
  private JsonCalls() {}

  /** Returns the call, or null if it is not known here. */
  static @Nullable Scalar compile(
      String name, RexCall call, List<Scalar> operands, RoundingMode rounding) {
    if (operands.isEmpty()) {
      return null;
    }
    Scalar x = operands.get(0);
    boolean text = Types.isText(call.getOperands().get(0).getType());
    return switch (name) {
      case "JSON_OBJECT", "JSON_ARRAY" -> construct(name, call, operands);
      case "JSON_VALUE" -> text ? value(call, operands, rounding) : null;
      case "JSON_QUERY" -> text && Types.isText(call.getType()) ? query(call, operands) : null;
      case "JSON_EXISTS" -> text ? exists(call, operands) : null;
      case "IS JSON VALUE", "IS JSON OBJECT", "IS JSON ARRAY", "IS JSON SCALAR" ->
          text ? is(name, x) : null;
      case "IS NOT JSON VALUE", "IS NOT JSON OBJECT", "IS NOT JSON ARRAY", "IS NOT JSON SCALAR" ->
          text ? Logic.not(is(name.replace("IS NOT", "IS"), x)) : null;
      default -> null;
    };
  }

  private static Scalar is(String name, Scalar x) {
    return switch (name) {
      case "IS JSON VALUE" -> Strict.unary(name, x, s -> JsonFunctions.isJsonValue((String) s));
      case "IS JSON OBJECT" -> Strict.unary(name, x, s -> JsonFunctions.isJsonObject((String) s));
      case "IS JSON ARRAY" -> Strict.unary(name, x, s -> JsonFunctions.isJsonArray((String) s));
      default -> Strict.unary(name, x, s -> JsonFunctions.isJsonScalar((String) s));
    };
  }

  private static @Nullable Object symbol(RexNode node) {
    return node instanceof RexLiteral literal ? literal.getValue() : null;
  }

  private static Scalar exists(RexCall call, List<Scalar> operands) {
    JsonFunctions.StatefulFunction json = new JsonFunctions.StatefulFunction();
    Object behaviour = operands.size() > 2 ? symbol(call.getOperands().get(2)) : null;
    SqlJsonExistsErrorBehavior onError =
        behaviour instanceof SqlJsonExistsErrorBehavior given
            ? given
            : SqlJsonExistsErrorBehavior.FALSE;
    return Strict.binary(
        "JSON_EXISTS",
        operands.get(0),
        operands.get(1),
        (a, b) -> json.jsonExists((String) a, (String) b, onError));
  }

  private static @Nullable Scalar query(RexCall call, List<Scalar> operands) {
    if (operands.size() != 5) {
      return null;
    }
    List<RexNode> nodes = call.getOperands();
    boolean known =
        symbol(nodes.get(2)) instanceof SqlJsonQueryWrapperBehavior
            && symbol(nodes.get(3)) instanceof SqlJsonQueryEmptyOrErrorBehavior
            && symbol(nodes.get(4)) instanceof SqlJsonQueryEmptyOrErrorBehavior;
    if (!known) {
      return null;
    }
    SqlJsonQueryWrapperBehavior wrapper =
        (SqlJsonQueryWrapperBehavior) Objects.requireNonNull(symbol(nodes.get(2)));
    SqlJsonQueryEmptyOrErrorBehavior onEmpty =
        (SqlJsonQueryEmptyOrErrorBehavior) Objects.requireNonNull(symbol(nodes.get(3)));
    SqlJsonQueryEmptyOrErrorBehavior onError =
        (SqlJsonQueryEmptyOrErrorBehavior) Objects.requireNonNull(symbol(nodes.get(4)));
    JsonFunctions.StatefulFunction json = new JsonFunctions.StatefulFunction();
    return Strict.binary(
        "JSON_QUERY",
        operands.get(0),
        operands.get(1),
        (a, b) -> json.jsonQuery((String) a, (String) b, wrapper, onEmpty, onError, true));
  }

  private static @Nullable Scalar value(
      RexCall call, List<Scalar> operands, RoundingMode rounding) {
    List<RexNode> nodes = call.getOperands();
    SqlJsonValueEmptyOrErrorBehavior onEmpty = SqlJsonValueEmptyOrErrorBehavior.NULL;
    SqlJsonValueEmptyOrErrorBehavior onError = SqlJsonValueEmptyOrErrorBehavior.NULL;
    Scalar emptyDefault = new Constant(null);
    Scalar errorDefault = new Constant(null);
    // Behaviours come as [behaviour | DEFAULT, value], EMPTY or ERROR.
    for (int i = 3; i < nodes.size(); i++) {
      if (!(symbol(nodes.get(i)) instanceof SqlJsonEmptyOrError when)) {
        continue;
      }
      boolean isDefault =
          i > 3 && symbol(nodes.get(i - 2)) == SqlJsonValueEmptyOrErrorBehavior.DEFAULT;
      Object behaviour = symbol(nodes.get(isDefault ? i - 2 : i - 1));
      if (!(behaviour instanceof SqlJsonValueEmptyOrErrorBehavior given)) {
        return null;
      }
      if (when == SqlJsonEmptyOrError.EMPTY) {
        onEmpty = given;
        emptyDefault = isDefault ? operands.get(i - 1) : emptyDefault;
      } else {
        onError = given;
        errorDefault = isDefault ? operands.get(i - 1) : errorDefault;
      }
    }
    Strict.Unary convert = converter(call.getType(), rounding);
    return convert == null
        ? null
        : value(operands, onEmpty, emptyDefault, onError, errorDefault, convert);
  }

  private static Scalar value(
      List<Scalar> operands,
      SqlJsonValueEmptyOrErrorBehavior onEmpty,
      Scalar emptyDefault,
      SqlJsonValueEmptyOrErrorBehavior onError,
      Scalar errorDefault,
      Strict.Unary convert) {
    JsonFunctions.StatefulFunction json = new JsonFunctions.StatefulFunction();
    Scalar document = operands.get(0);
    Scalar path = operands.get(1);
    return (row, execution) -> {
      Object a = document.eval(row, execution);
      Object b = path.eval(row, execution);
      if (a == null || b == null) {
        return null;
      }
      try {
        Object found =
            json.jsonValue(
                (String) a,
                (String) b,
                onEmpty,
                emptyDefault.eval(row, execution),
                onError,
                errorDefault.eval(row, execution));
        return found == null ? null : convert.apply(found);
      } catch (RuntimeException e) {
        throw Failures.of("JSON_VALUE", e, a, b);
      }
    };
  }

  private static Strict.@Nullable Unary converter(RelDataType type, RoundingMode rounding) {
    if (Types.isText(type)) {
      return String::valueOf;
    }
    if (Types.isNumeric(type)) {
      return value ->
          Numbers.fit(
              value instanceof Number number ? number : Casts.parse(value.toString(), type),
              type,
              rounding);
    }
    if (Types.isBoolean(type)) {
      return value -> value instanceof Boolean ? value : Casts.parseBoolean(value.toString());
    }
    return Types.isDatetime(type) ? value -> DatetimeText.parse(value.toString(), type) : null;
  }

  private static @Nullable Scalar construct(String name, RexCall call, List<Scalar> operands) {
    if (!(symbol(call.getOperands().get(0)) instanceof SqlJsonConstructorNullClause nulls)) {
      return null;
    }
    for (RexNode node : call.getOperands().subList(1, operands.size())) {
      boolean known =
          Types.isText(node.getType())
              || Types.isNumeric(node.getType())
              || Types.isBoolean(node.getType());
      if (!known) {
        return null;
      }
    }
    Scalar[] parts = operands.subList(1, operands.size()).toArray(Scalar[]::new);
    boolean object = name.equals("JSON_OBJECT");
    return (row, execution) -> {
      @Nullable Object[] values = new Object[parts.length];
      for (int i = 0; i < parts.length; i++) {
        values[i] = parts[i].eval(row, execution);
      }
      try {
        return object ? object(nulls, values) : JsonFunctions.jsonArray(nulls, values);
      } catch (RuntimeException e) {
        throw Failures.of(name, e, values);
      }
    };
  }

  /** As Calcite's, but the members keep their order. */
  private static String object(SqlJsonConstructorNullClause nulls, @Nullable Object[] values) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (int i = 0; i + 1 < values.length; i += 2) {
      JsonFunctions.jsonObjectAggAdd(members, (String) values[i], values[i + 1], nulls);
    }
    return JsonFunctions.jsonize(members);
  }
}
