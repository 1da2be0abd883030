package dev.turntable.eval;

import dev.turntable.run.Execution;
import dev.turntable.run.Scalar;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexLambda;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Hands single calls to Calcite's generated code. The operands become columns of a small input row,
 * so that parameters, correlated values and the current time inside them are never frozen; only
 * literals stay, since many functions read them while code is generated.
 */
final class CalciteCalls implements Fallback {
  /** A text whose handling, by functions that go through it once, is not worth another thread. */
  private static final int LONG_TEXT = 1 << 16;

  private final RexBuilder rexBuilder;

  CalciteCalls(RexBuilder rexBuilder) {
    this.rexBuilder = rexBuilder;
  }

  @Override
  public Scalar compile(RexCall call, List<Scalar> operands) {
    RelDataTypeFactory.Builder rowType = rexBuilder.getTypeFactory().builder();
    List<RexNode> nodes = new ArrayList<>();
    List<Scalar> inputs = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      RexNode operand = call.getOperands().get(i);
      if (operand instanceof RexLiteral || operand instanceof RexLambda) {
        nodes.add(operand);
      } else {
        nodes.add(rexBuilder.makeInputRef(operand.getType(), inputs.size()));
        rowType.add("c" + inputs.size(), operand.getType());
        inputs.add(operands.get(i));
      }
    }
    RexNode replaced = call.clone(call.getType(), nodes);
    return new Generated(
        call.getOperator().getName(),
        new Code(rexBuilder, replaced, rowType.build()),
        inputs.toArray(Scalar[]::new));
  }

  /**
   * The generated code, made when it is first needed: that costs tens of milliseconds, and Java's
   * compiler cannot be stopped. Two threads may make it twice.
   */
  private static final class Code {
    private final RexBuilder rexBuilder;
    private final RexNode node;
    private final RelDataType rowType;
    private volatile @Nullable Function1<DataContext, Object[]> function;

    Code(RexBuilder rexBuilder, RexNode node, RelDataType rowType) {
      this.rexBuilder = rexBuilder;
      this.node = node;
      this.rowType = rowType;
    }

    Function1<DataContext, Object[]> function(Execution execution) {
      Function1<DataContext, Object[]> known = function;
      if (known == null) {
        known = execution.elsewhere(this::generate);
        function = known;
      }
      return known;
    }

    private Function1<DataContext, Object[]> generate() {
      try {
        return RexExecutorImpl.getExecutable(rexBuilder, List.of(node), rowType).getFunction();
      } catch (RuntimeException | AssertionError e) {
        throw new TurntableException(
            ErrorKind.UNSUPPORTED, "no implementation of this expression: " + node, e);
      }
    }
  }

  private static final class Generated implements Scalar {
    private final String name;
    private final Code code;
    private final Scalar[] inputs;

    Generated(String name, Code code, Scalar[] inputs) {
      this.name = name;
      this.code = code;
      this.inputs = inputs;
    }

    /** Whether Calcite's code, which does not look whether to go on, may take long. */
    private static boolean isLong(@Nullable Object[] values) {
      for (Object value : values) {
        if (value instanceof String text && text.length() > LONG_TEXT) {
          return true;
        }
      }
      return false;
    }

    @Override
    public @Nullable Object eval(@Nullable Object[] row, Execution execution) {
      @Nullable Object[] values = new Object[inputs.length];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            Structs.toCalcite(
                inputs[i].eval(row, execution), code.rowType.getFieldList().get(i).getType());
      }
      Function1<DataContext, Object[]> function = code.function(execution);
      CalciteContext context = new CalciteContext(values, execution);
      try {
        @Nullable Object result =
            isLong(values)
                ? execution
                    .elsewhere(() -> Optional.ofNullable(function.apply(context)[0]))
                    .orElse(null)
                : function.apply(context)[0];
        return Structs.fromCalcite(result, code.node.getType());
      } catch (RuntimeException e) {
        throw ValueErrors.of(name, e, values);
      } finally {
        CalciteThread.ran();
      }
    }
  }
}
