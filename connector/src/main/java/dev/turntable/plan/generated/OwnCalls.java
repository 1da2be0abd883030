package dev.turntable.plan.generated;

import dev.turntable.eval.RexCompiler;
import dev.turntable.plan.syntax.DialectAggregates;
import dev.turntable.run.Scalar;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.DataContext;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Lets generated code call our own expressions where Calcite's give another answer, or none, so that
 * both ways agree.
 */
public final class OwnCalls extends RexShuttle {
  private static final String KEY = "turntable.call";

  /** What generated code does as we do, and what the planner must be able to read. */
  private static final Set<SqlKind> ALIKE =
      EnumSet.of(
          SqlKind.AND,
          SqlKind.OR,
          SqlKind.NOT,
          SqlKind.CASE,
          SqlKind.COALESCE,
          SqlKind.SEARCH,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL,
          SqlKind.IS_TRUE,
          SqlKind.IS_NOT_TRUE,
          SqlKind.IS_FALSE,
          SqlKind.IS_NOT_FALSE,
          SqlKind.IS_UNKNOWN,
          SqlKind.REINTERPRET);

  static {
    ALIKE.addAll(SqlKind.COMPARISON);
  }

  private final RexBuilder builder;
  private final Map<String, Object> stash;

  private OwnCalls(RexBuilder builder, Map<String, Object> stash) {
    this.builder = builder;
    this.stash = stash;
  }

  /** Returns the tree with our expressions in it; the stash gets what they need when they run. */
  static RelNode in(RelNode rel, Map<String, Object> stash) {
    List<RelNode> inputs = new ArrayList<>();
    rel.getInputs().forEach(input -> inputs.add(in(input, stash)));
    RelNode copy = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
    if (copy instanceof Aggregate aggregate && DialectAggregates.hasTimes(aggregate)) {
      return in(DialectAggregates.timesAsText(aggregate), stash);
    }
    return copy.accept(new OwnCalls(rel.getCluster().getRexBuilder(), stash));
  }

  @Override
  public RexNode visitCall(RexCall call) {
    if (call.getOperator().equals(SqlStdOperatorTable.JSON_TYPE_OPERATOR)
        && call.getOperands().get(0) instanceof RexCall inner
        && inner.getOperator().equals(SqlStdOperatorTable.JSON_VALUE)) {
      // Together, as what it marks is told by the function within.
      return own(
          (RexCall) super.visitCall(inner), json -> call.clone(call.getType(), List.of(json)));
    }
    RexNode visited = super.visitCall(call);
    return visited instanceof RexCall same && isOurs(same)
        ? own(same, UnaryOperator.identity())
        : visited;
  }

  /**
   * Returns whether a call is computed by our code: all but what means the same in both, and what
   * makes or takes apart rows and lists, whose form differs.
   */
  private static boolean isOurs(RexCall call) {
    if (call.getOperator() instanceof OwnCall) {
      return false;
    }
    return call.getOperator().getName().contains("JSON") || isOurKind(call);
  }

  private static boolean isOurKind(RexCall call) {
    return switch (call.getKind()) {
      case DIVIDE -> isQuotient(call);
      case PLUS, MINUS, TIMES, MINUS_PREFIX -> !SqlTypeUtil.isNumeric(call.getType());
      case CAST, SAFE_CAST -> !isWidening(call) && isPlain(call);
      default -> !ALIKE.contains(call.getKind()) && isPlain(call);
    };
  }

  private static boolean isPlain(RexCall call) {
    return isPlain(call.getType())
        && call.getOperands().stream()
            .allMatch(operand -> operand instanceof RexLiteral || isPlain(operand.getType()));
  }

  private static boolean isPlain(RelDataType type) {
    return !type.isStruct()
        && type.getComponentType() == null
        && type.getKeyType() == null
        && type.getSqlTypeName() != SqlTypeName.ANY;
  }

  /** The same value as another type of its family, which may be the key of a join. */
  private static boolean isWidening(RexCall call) {
    RelDataType from = call.getOperands().get(0).getType();
    RelDataType to = call.getType();
    return (from.getSqlTypeName() == to.getSqlTypeName()
            && from.getPrecision() <= to.getPrecision())
        || (SqlTypeUtil.isIntType(from) && to.getSqlTypeName() == SqlTypeName.BIGINT);
  }

  /** Of exact numbers, whose quotient is not. */
  private static boolean isQuotient(RexCall call) {
    return call.getType().getSqlTypeName() == SqlTypeName.DOUBLE
        && call.getOperands().stream().allMatch(o -> SqlTypeUtil.isExactNumeric(o.getType()));
  }

  /** Literals stay in the expression, which reads them once; all else comes as its row. */
  private RexNode own(RexCall call, UnaryOperator<RexNode> around) {
    List<RexNode> operands = new ArrayList<>();
    List<RexNode> arguments = new ArrayList<>();
    RelDataTypeFactory.Builder row = builder.getTypeFactory().builder();
    for (RexNode operand : call.getOperands()) {
      if (operand instanceof RexLiteral) {
        operands.add(operand);
      } else {
        operands.add(builder.makeInputRef(operand.getType(), arguments.size()));
        row.add("c" + arguments.size(), operand.getType());
        arguments.add(operand);
      }
    }
    RexNode expression = around.apply(call.clone(call.getType(), operands));
    Scalar scalar = new RexCompiler(builder).compile(expression);
    String key = KEY + stash.size();
    stash.put(key, scalar);
    return builder.makeCall(
        expression.getType(), new OwnCall(key, expression.getType()), arguments);
  }

  /**
   * Computes one expression; generated code calls this.
   *
   * @param row the arguments, in internal form
   */
  public static @Nullable Object eval(DataContext context, String key, @Nullable Object[] row) {
    Scalar scalar = (Scalar) Objects.requireNonNull(context.get(key), key);
    return scalar.eval(row, ExecutionContext.execution(context));
  }

  /** Looks whether to go on; loops of generated code call this. */
  public static void check(DataContext context) {
    ExecutionContext.execution(context).check();
  }
}
