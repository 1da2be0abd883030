package dev.turntable.plan.rewrite;

import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Expressions over columns of the types that their input gives them. A column that may be NULL above
 * ROLLUP or an outer join may not below, and where an expression came from above, Calcite fails.
 */
final class InputTypes extends RelHomogeneousShuttle {
  /** Calcite's shuttles remember where they are: one per tree. */
  private InputTypes() {}

  static RelNode in(RelNode rel) {
    return rel.accept(new InputTypes());
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited instanceof Project || visited instanceof Filter
        ? visited.accept(new References(visited.getInput(0)))
        : visited;
  }

  private static final class References extends RexShuttle {
    private final RexBuilder builder;
    private final List<RelDataTypeField> fields;

    References(RelNode input) {
      this.builder = input.getCluster().getRexBuilder();
      this.fields = input.getRowType().getFieldList();
    }

    @Override
    public RexNode visitInputRef(RexInputRef reference) {
      RelDataTypeField field = fields.get(reference.getIndex());
      return field.getType().equals(reference.getType())
          ? reference
          : builder.makeInputRef(field.getType(), reference.getIndex());
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
      RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
      return visited.clone(in(visited.rel));
    }
  }
}
