package dev.turntable.plan.subquery;

import dev.turntable.plan.scan.Apply;
import dev.turntable.plan.scan.OuterReferences;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;

/**
 * Gives each {@link Apply} of a tree a variable of its own. A part that stands in a tree twice is run
 * twice, perhaps at the same time.
 */
final class FreshVariables {
  private FreshVariables() {}

  static RelNode of(RelNode rel) {
    List<RelNode> inputs = new ArrayList<>();
    rel.getInputs().forEach(input -> inputs.add(of(input)));
    if (rel instanceof Apply apply) {
      return renamed(apply, inputs.get(0), inputs.get(1));
    }
    return inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
  }

  private static Apply renamed(Apply apply, RelNode left, RelNode right) {
    CorrelationId fresh = apply.getCluster().createCorrel();
    RexBuilder rex = apply.getCluster().getRexBuilder();
    RelNode renamed =
        OuterReferences.replace(
            right,
            access ->
                access.getReferenceExpr() instanceof RexCorrelVariable variable
                        && variable.id.equals(apply.variable())
                    ? rex.makeFieldAccess(
                        rex.makeCorrel(variable.getType(), fresh), access.getField().getIndex())
                    : null);
    return apply.withVariable(left, renamed, fresh);
  }
}
