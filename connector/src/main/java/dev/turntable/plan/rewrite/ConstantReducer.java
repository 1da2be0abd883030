package dev.turntable.plan.rewrite;

import dev.turntable.eval.RexCompiler;
import dev.turntable.plan.scan.PlanningExecution;
import dev.turntable.plan.type.PlannedStatement;
import dev.turntable.run.Execution;
import dev.turntable.source.TurntableException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexNode;

/**
 * Folds constants with our own expressions: Calcite's executor would start its Java compiler for a
 * single cast of a literal.
 */
final class ConstantReducer implements RexExecutor {
  static final ConstantReducer INSTANCE = new ConstantReducer();

  private ConstantReducer() {}

  @Override
  public void reduce(RexBuilder rexBuilder, List<RexNode> constants, List<RexNode> reduced) {
    RexCompiler compiler = new RexCompiler(rexBuilder);
    Execution execution = PlanningExecution.execution(Set.of(), 0);
    for (RexNode constant : constants) {
      reduced.add(reduce(rexBuilder, compiler, execution, constant));
    }
  }

  private static RexNode reduce(
      RexBuilder builder, RexCompiler compiler, Execution execution, RexNode constant) {
    Object value;
    try {
      value = compiler.compile(constant).eval(Execution.NO_ROW, execution);
    } catch (TurntableException e) {
      PlannedStatement.check();
      return constant; // fails again when it runs, if it runs at all: CASE may skip it
    }
    return switch (constant.getType().getSqlTypeName()) {
      case BOOLEAN,
          CHAR,
          VARCHAR,
          TINYINT,
          SMALLINT,
          INTEGER,
          BIGINT,
          DECIMAL,
          DOUBLE,
          DATE,
          TIME,
          TIMESTAMP ->
          literal(builder, constant, value);
      default -> constant;
    };
  }

  private static RexNode literal(
      RexBuilder builder, RexNode constant, @org.jspecify.annotations.Nullable Object value) {
    if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
      return constant;
    }
    Object plain = value instanceof Double number ? BigDecimal.valueOf(number) : value;
    return builder.makeLiteral(plain, constant.getType(), true, true);
  }
}
