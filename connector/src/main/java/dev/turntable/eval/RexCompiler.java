package dev.turntable.eval;

import dev.turntable.run.Scalar;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLambda;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;

/**
 * Compiles row expressions to closures. A call that it does not know runs, alone, on Calcite's
 * generated code; its operands do not. Safe for use by several threads.
 */
public final class RexCompiler {
  private final CallCompiler calls;
  private final Fallback fallback;

  /**
   * @param rexBuilder gives types to what is handed to Calcite; its type system's rounding mode is
   *     that of casts and divisions
   */
  /** Returns a compiler of expressions in a node. */
  public static RexCompiler of(RelNode rel) {
    return new RexCompiler(rel.getCluster().getRexBuilder());
  }

  public RexCompiler(RexBuilder rexBuilder) {
    this(rexBuilder, new CalciteCalls(rexBuilder));
  }

  RexCompiler(RexBuilder rexBuilder, Fallback fallback) {
    RoundingMode rounding = rexBuilder.getTypeFactory().getTypeSystem().roundingMode();
    this.calls = new CallCompiler(rounding);
    this.fallback = fallback;
  }

  /** Returns whether the expression can be compiled: it holds no window function, no sub-query. */
  public boolean supports(RexNode node) {
    boolean[] supported = {true};
    node.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitOver(RexOver over) {
            supported[0] = false;
            return super.visitOver(over);
          }

          @Override
          public Void visitSubQuery(RexSubQuery subQuery) {
            supported[0] = false;
            return super.visitSubQuery(subQuery);
          }
        });
    return supported[0];
  }

  /** Compiles expressions over the same input row. */
  public List<Scalar> compileAll(List<? extends RexNode> nodes) {
    List<Scalar> scalars = new ArrayList<>(nodes.size());
    for (RexNode node : nodes) {
      scalars.add(compile(node));
    }
    return scalars;
  }

  /**
   * Compiles an expression; input references count the columns of the row given to {@link
   * Scalar#eval}.
   *
   * @throws TurntableException as {@link ErrorKind#UNSUPPORTED} for what {@link #supports} denies, or
   *     if a constant pattern in the expression is wrong
   */
  public Scalar compile(RexNode node) {
    if (node instanceof RexInputRef ref) {
      return new InputColumn(ref.getIndex());
    }
    if (node instanceof RexLiteral literal) {
      return new Constant(Literals.value(literal));
    }
    if (node instanceof RexDynamicParam parameter) {
      int index = parameter.getIndex();
      return (row, execution) -> execution.parameter(index);
    }
    if (node instanceof RexFieldAccess access) {
      return field(access);
    }
    if (node instanceof RexCall call && !(node instanceof RexOver || node instanceof RexSubQuery)) {
      return call(call);
    }
    throw new TurntableException(ErrorKind.UNSUPPORTED, "cannot compute " + node + " on a row");
  }

  private Scalar field(RexFieldAccess access) {
    int index = access.getField().getIndex();
    if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
      String name = variable.id.getName();
      return (row, execution) -> execution.correlated(name)[index];
    }
    return Structures.field(compile(access.getReferenceExpr()), index);
  }

  private Scalar call(RexCall call) {
    List<Scalar> operands = new ArrayList<>(call.getOperands().size());
    for (RexNode operand : call.getOperands()) {
      // A lambda is no value; only Calcite's code knows what to do with it.
      operands.add(operand instanceof RexLambda ? new Constant(null) : compile(operand));
    }
    Scalar known = calls.compile(call, operands);
    return known != null ? known : fallback.compile(call, operands);
  }
}
