package dev.turntable.eval;

import dev.turntable.run.JoinCondition;
import dev.turntable.run.JoinKeys;
import dev.turntable.run.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** Splits join conditions into the equalities that rows are hashed by, and the rest. */
public final class JoinConditions {
  private final RexBuilder rexBuilder;
  private final RexCompiler compiler;

  public JoinConditions(RexBuilder rexBuilder) {
    this.rexBuilder = rexBuilder;
    this.compiler = new RexCompiler(rexBuilder);
  }

  /**
   * Compiles a condition on the columns of the left row, then those of the right.
   *
   * @param leftWidth how many columns the left row has
   */
  public JoinCondition compile(RexNode condition, int leftWidth) {
    List<Scalar> left = new ArrayList<>();
    List<Scalar> right = new ArrayList<>();
    List<Boolean> nullSafe = new ArrayList<>();
    List<RexNode> rest = new ArrayList<>();
    for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
      RexNode node =
          conjunct instanceof RexCall call
              ? RelOptUtil.collapseExpandedIsNotDistinctFromExpr(call, rexBuilder)
              : conjunct;
      if (!addKey(node, leftWidth, left, right)) {
        rest.add(conjunct);
      } else {
        nullSafe.add(node.getKind() == SqlKind.IS_NOT_DISTINCT_FROM);
      }
    }
    RexNode residual = RexUtil.composeConjunction(rexBuilder, rest);
    return new JoinCondition(
        new JoinKeys(left, right, nullSafe),
        residual.isAlwaysTrue() ? null : compiler.compile(residual));
  }

  private boolean addKey(RexNode node, int leftWidth, List<Scalar> left, List<Scalar> right) {
    boolean equality =
        node.getKind() == SqlKind.EQUALS || node.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
    if (!equality || !compiler.supports(node)) {
      return false;
    }
    RexNode a = ((RexCall) node).getOperands().get(0);
    RexNode b = ((RexCall) node).getOperands().get(1);
    if (!hashable(a.getType(), b.getType())) {
      return false;
    }
    if (isLeft(a, leftWidth) && isRight(b, leftWidth)) {
      add(a, b, leftWidth, left, right);
      return true;
    }
    if (isLeft(b, leftWidth) && isRight(a, leftWidth)) {
      add(b, a, leftWidth, left, right);
      return true;
    }
    return false;
  }

  private static boolean hashable(RelDataType a, RelDataType b) {
    return Orders.between(a, b) != null;
  }

  private static boolean isLeft(RexNode node, int leftWidth) {
    ImmutableBitSet used = RelOptUtil.InputFinder.bits(node);
    return !used.isEmpty() && used.length() <= leftWidth;
  }

  private static boolean isRight(RexNode node, int leftWidth) {
    ImmutableBitSet used = RelOptUtil.InputFinder.bits(node);
    return !used.isEmpty() && used.nextSetBit(0) >= leftWidth;
  }

  private void add(
      RexNode ofLeft, RexNode ofRight, int leftWidth, List<Scalar> left, List<Scalar> right) {
    boolean approximate =
        SqlTypes.isApproximate(ofLeft.getType()) || SqlTypes.isApproximate(ofRight.getType());
    left.add(key(ofLeft, approximate));
    right.add(key(RexUtil.shift(ofRight, -leftWidth), approximate));
  }

  /** A number that is compared with an approximate one is compared as such. */
  private Scalar key(RexNode node, boolean approximate) {
    Scalar scalar = compiler.compile(node);
    return approximate
        ? StrictCalls.unary("=", scalar, value -> ((Number) value).doubleValue())
        : scalar;
  }
}
