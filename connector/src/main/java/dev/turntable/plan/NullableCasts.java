package dev.turntable.plan;

import java.util.ArrayList;
import java.util.List;
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
final class NullableCasts {
  private NullableCasts() {}

  static RelNode in(RelNode rel) {
    List<RelNode> inputs = new ArrayList<>();
    rel.getInputs().forEach(input -> inputs.add(in(input)));
    RelNode result = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
    return result instanceof Filter || result instanceof Join
        ? result.accept(new Casts(rel.getCluster().getRexBuilder()))
        : result;
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
