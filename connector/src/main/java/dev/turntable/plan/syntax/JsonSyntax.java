package dev.turntable.plan.syntax;

import dev.turntable.text.SqlStatement;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlJsonArrayAggAggFunction;
import org.apache.calcite.sql.fun.SqlJsonObjectAggAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * JSON within JSON: what is nested in a constructor and gives JSON itself is marked, so that it does
 * not become a string. And the aggregates are NULL for no rows.
 */
final class JsonSyntax extends SqlShuttle {
  private static final Set<String> GIVE_JSON =
      Set.of(
          "JSON_OBJECT",
          "JSON_ARRAY",
          "JSON_QUERY",
          "JSON_GET",
          "JSON_EXTRACT",
          "JSON_EXTRACT_PATH",
          "JSON_ARRAYAGG",
          "JSON_OBJECTAGG");

  private JsonSyntax() {}

  /** Returns the statement with its nested JSON marked. */
  static SqlNode corrected(SqlNode parsed, SqlStatement statement) {
    boolean found =
        statement.tokens().stream()
            .anyMatch(token -> token.isName() && token.keyword().contains("JSON_"));
    return found ? SqlNodes.rewritten(parsed, new JsonSyntax()) : parsed;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (!(visited instanceof SqlCall same)) {
      return visited;
    }
    if (same.getOperator() instanceof SqlJsonArrayAggAggFunction array) {
      return new ArrayAgg(array.getNullClause())
          .createCall(same.getParserPosition(), marked(same.operand(0)));
    }
    if (same.getOperator() instanceof SqlJsonObjectAggAggFunction object) {
      return new ObjectAgg(object.getNullClause())
          .createCall(same.getParserPosition(), same.operand(0), marked(same.operand(1)));
    }
    boolean object = same.getOperator().equals(SqlStdOperatorTable.JSON_OBJECT);
    if (object || same.getOperator().equals(SqlStdOperatorTable.JSON_ARRAY)) {
      for (int i = object ? 2 : 1; i < same.operandCount(); i += object ? 2 : 1) {
        same.setOperand(i, marked(same.operand(i)));
      }
    }
    return same;
  }

  private static SqlNode marked(SqlNode value) {
    return givesJson(value)
        ? SqlStdOperatorTable.JSON_VALUE_EXPRESSION.createCall(value.getParserPosition(), value)
        : value;
  }

  private static boolean givesJson(SqlNode value) {
    if (!(value instanceof SqlCall call)) {
      return false;
    }
    SqlKind kind = call.getKind();
    if (kind == SqlKind.OVER || kind == SqlKind.FILTER || kind == SqlKind.WITHIN_GROUP) {
      return givesJson(call.operand(0));
    }
    boolean typed =
        call.getOperator().equals(SqlStdOperatorTable.JSON_QUERY) && call.operandCount() > 5;
    return !typed
        && (GIVE_JSON.contains(call.getOperator().getName().toUpperCase(Locale.ROOT))
            || call.getOperator() instanceof SqlJsonArrayAggAggFunction
            || call.getOperator() instanceof SqlJsonObjectAggAggFunction);
  }

  private static RelDataType nullable(SqlOperatorBinding binding, RelDataType type) {
    return binding.getTypeFactory().createTypeWithNullability(type, true);
  }

  private static final class ArrayAgg extends SqlJsonArrayAggAggFunction {
    ArrayAgg(SqlJsonConstructorNullClause nulls) {
      super(SqlKind.JSON_ARRAYAGG, nulls);
    }

    /** Equal to Calcite's, so that generated code finds how it is computed. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof SqlJsonArrayAggAggFunction same && same.getName().equals(getName());
    }

    @Override
    public int hashCode() {
      return super.hashCode();
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
      return nullable(binding, super.inferReturnType(binding));
    }
  }

  private static final class ObjectAgg extends SqlJsonObjectAggAggFunction {
    ObjectAgg(SqlJsonConstructorNullClause nulls) {
      super(SqlKind.JSON_OBJECTAGG, nulls);
    }

    /** Equal to Calcite's, so that generated code finds how it is computed. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof SqlJsonObjectAggAggFunction same && same.getName().equals(getName());
    }

    @Override
    public int hashCode() {
      return super.hashCode();
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
      return nullable(binding, super.inferReturnType(binding));
    }
  }
}
