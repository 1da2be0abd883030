package dev.turntable.plan.subquery;

import java.util.function.Predicate;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * A condition that equates a value of the inner row with one of the outer row.
 *
 * @param operator {@code =} or IS NOT DISTINCT FROM
 * @param inner reads columns of the inner row only
 * @param outer reads fields of the outer row only
 */
public record Equality(SqlOperator operator, RexNode inner, RexNode outer) {
  /**
   * Returns the equality that a condition is, or null if it is not an equality.
   *
   * @param usesOuter whether an expression reads the outer row
   */
  public static @Nullable Equality in(RexNode condition, Predicate<RexNode> usesOuter) {
    RexNode node = condition;
    if (!(node instanceof RexCall call)
        || (call.getKind() != SqlKind.EQUALS && call.getKind() != SqlKind.IS_NOT_DISTINCT_FROM)) {
      return null;
    }
    RexNode a = call.getOperands().get(0);
    RexNode b = call.getOperands().get(1);
    if (!isOfOneKind(a, b)) {
      return null;
    }
    if (isInner(a, usesOuter) && isOuter(b)) {
      return new Equality(call.getOperator(), a, b);
    }
    return isInner(b, usesOuter) && isOuter(a) ? new Equality(call.getOperator(), b, a) : null;
  }

  /**
   * Returns whether of the values of one side no two that differ equal the same value of the other, as
   * whole numbers do that are compared with approximate ones.
   */
  static boolean isOfOneKind(RexNode a, RexNode b) {
    return SqlTypeUtil.isApproximateNumeric(a.getType())
        == SqlTypeUtil.isApproximateNumeric(b.getType());
  }

  private static boolean isInner(RexNode node, Predicate<RexNode> usesOuter) {
    return !usesOuter.test(node);
  }

  private static boolean isOuter(RexNode node) {
    return RelOptUtil.InputFinder.bits(node).isEmpty();
  }

  /** Returns the same with another expression in the place of the inner one. */
  RexNode with(RexNode newInner, RexBuilder builder) {
    return builder.makeCall(operator, newInner, outer);
  }
}
