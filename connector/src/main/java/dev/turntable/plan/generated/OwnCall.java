package dev.turntable.plan.generated;

import dev.turntable.plan.type.SqlTypeFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/** One expression of ours, as generated code calls it. */
final class OwnCall extends SqlUserDefinedFunction {
  OwnCall(String key, RelDataType type) {
    super(
        new SqlIdentifier(key, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(type),
        null,
        null,
        new Generated(key));
  }

  /** Planning must not compute it: what it needs is there when it runs. */
  @Override
  public boolean isDeterministic() {
    return false;
  }

  private record Generated(String key) implements ImplementableFunction {
    @Override
    public List<FunctionParameter> getParameters() {
      return List.of();
    }

    @Override
    public CallImplementor getImplementor() {
      return RexImpTable.createImplementor(this::call, NullPolicy.NONE, false);
    }

    private Expression call(
        RexToLixTranslator translator, RexCall call, List<Expression> operands) {
      List<Expression> row = new ArrayList<>();
      for (Expression operand : operands) {
        row.add(Expressions.convert_(Expressions.box(operand), Object.class));
      }
      Expression value =
          Expressions.call(
              OwnCalls.class,
              "eval",
              translator.getRoot(),
              Expressions.constant(key),
              Expressions.newArrayInit(Object.class, row));
      Class<?> type = (Class<?>) SqlTypeFactory.INSTANCE.getJavaClass(call.getType());
      Expression boxed = Expressions.convert_(value, Primitive.box(type));
      return type.isPrimitive() ? Expressions.unbox(boxed) : boxed;
    }
  }
}
