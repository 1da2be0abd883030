package dev.turntable.plan.rewrite;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;

/**
 * Conditions whose casts keep NULL. COALESCE casts a value to NOT NULL behind {@code IS NOT NULL};
 * Calcite drops that test where a comparison says as much, and generated code then takes a NULL for 0.
 */
public final class NullableCasts extends RelHomogeneousShuttle {
  private NullableCasts() {}

  public static RelNode in(RelNode rel) {
    return rel.accept(new NullableCasts());
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited instanceof Filter || visited instanceof Join
        ? visited.accept(new Casts(visited.getCluster().getRexBuilder()))
        : visited;
  }

  private static final class Casts extends RexShuttle {
    private final RexBuilder builder;

    Casts(RexBuilder builder) {
      this.builder = builder;
    }

    @Override
    public RexNode visitCall(RexCall call) {
      RexNode visited = super.visitCall(call);
      if (visited.getKind() != SqlKind.CAST || visited.getType().isNullable()) {
        return visited;
      }
      RexNode operand = ((RexCall) visited).getOperands().get(0);
      return operand.getType().isNullable()
          ? builder.makeCast(
              builder.getTypeFactory().createTypeWithNullability(visited.getType(), true), operand)
          : visited;
    }
  }
}
