package dev.turntable.eval;

import dev.turntable.eval.json.JsonText;
import dev.turntable.run.Scalar;
import java.util.List;
import java.util.StringJoiner;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Compiles JSON_OBJECT and JSON_ARRAY. Members keep their order. */
final class JsonConstructors {
  private JsonConstructors() {}

  /** Returns the call, or null if it is not known here. */
  static @Nullable Scalar compile(String name, RexCall call, List<Scalar> operands) {
    List<RexNode> nodes = call.getOperands();
    if (!(JsonQueries.symbol(nodes.get(0)) instanceof SqlJsonConstructorNullClause nulls)) {
      return null;
    }
    Scalar[] parts = operands.subList(1, operands.size()).toArray(Scalar[]::new);
    JsonForm[] forms =
        nodes.subList(1, nodes.size()).stream()
            .map(node -> JsonForm.of(node.getType()))
            .toArray(JsonForm[]::new);
    boolean absent = nulls == SqlJsonConstructorNullClause.ABSENT_ON_NULL;
    boolean object = name.equals("JSON_OBJECT");
    return (row, execution) -> {
      @Nullable Object[] values = new Object[parts.length];
      for (int i = 0; i < parts.length; i++) {
        values[i] = parts[i].eval(row, execution);
      }
      try {
        return object ? object(values, forms, absent) : array(values, forms, absent);
      } catch (RuntimeException e) {
        throw ValueErrors.of(name, e, values);
      }
    };
  }

  private static String object(@Nullable Object[] values, JsonForm[] forms, boolean absent) {
    StringJoiner members = new StringJoiner(",", "{", "}");
    for (int i = 0; i + 1 < values.length; i += 2) {
      if (values[i + 1] != null || !absent) {
        members.add(member("JSON_OBJECT", values[i], forms[i + 1].of(values[i + 1])));
      }
    }
    return members.toString();
  }

  /** Returns a member of an object; fails if the name is NULL. */
  static String member(String function, @Nullable Object name, String value) {
    if (name == null) {
      throw ValueErrors.badArgument(function, "a name is NULL");
    }
    return JsonText.quoted(name.toString()) + ":" + value;
  }

  private static String array(@Nullable Object[] values, JsonForm[] forms, boolean absent) {
    StringJoiner array = new StringJoiner(",", "[", "]");
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null || !absent) {
        array.add(forms[i].of(values[i]));
      }
    }
    return array.toString();
  }

  /**
   * Compiles what marks a nested call as JSON. Calcite does so with JSON_VALUE, too, whose result is
   * none: it is a value like any other.
   */
  static Scalar marked(RexCall call, Scalar operand) {
    RexNode inner = call.getOperands().get(0);
    boolean value =
        inner instanceof RexCall nested
            && nested.getOperator().equals(SqlStdOperatorTable.JSON_VALUE);
    if (!value) {
      return StrictCalls.unary("FORMAT JSON", operand, JsonConstructors::raw);
    }
    JsonForm form = JsonForm.of(inner.getType());
    return StrictCalls.unary("JSON_VALUE", operand, v -> new JsonFragment(form.of(v)));
  }

  static JsonFragment raw(Object value) {
    return value instanceof JsonFragment raw ? raw : new JsonFragment(value.toString());
  }
}
