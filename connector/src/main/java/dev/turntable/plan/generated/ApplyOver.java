package dev.turntable.plan.generated;

import dev.turntable.plan.compile.Plan;
import dev.turntable.plan.compile.RelCompiler;
import dev.turntable.plan.compile.SuppliedRows;
import dev.turntable.plan.compile.UnknownNodeException;
import dev.turntable.plan.scan.Apply;
import dev.turntable.plan.syntax.UnsupportedStatements;
import dev.turntable.run.RowNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;

/**
 * An {@link Apply} whose outer rows come from generated code, while the operators run the sub-query: to
 * Calcite's planner a node of one input.
 */
final class ApplyOver extends SingleRel {
  private final RelDataType row;
  private final Rows rows;
  private final Plan plan;

  /** Stands for the outer rows in the tree that the operators know. */
  static final class Rows extends AbstractRelNode implements SuppliedRows {
    private final RelDataType row;

    /** Opens what the generated code has supplied. */
    private final RowNode node =
        new RowNode() {
          @Override
          public dev.turntable.run.Operator open(dev.turntable.run.Execution execution) {
            return execution.supplied(this);
          }
        };

    Rows(RelOptCluster cluster, RelTraitSet traits, RelDataType row) {
      super(cluster, traits);
      this.row = row;
    }

    @Override
    public RowNode node() {
      return node;
    }

    @Override
    protected RelDataType deriveRowType() {
      return row;
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
      return super.explainTerms(writer).item("id", id);
    }
  }

  private ApplyOver(RelNode input, RelDataType row, Rows rows, Plan plan) {
    super(
        input.getCluster(),
        input.getCluster().traitSetOf(org.apache.calcite.plan.Convention.NONE),
        input);
    this.row = row;
    this.rows = rows;
    this.plan = plan;
  }

  /**
   * Replaces each outermost {@link Apply} of a tree.
   *
   * @throws dev.turntable.source.TurntableException if a sub-query holds what the operators do not know
   */
  static RelNode in(RelNode rel) {
    if (rel instanceof Apply apply) {
      return of(apply, in(apply.getLeft()));
    }
    List<RelNode> inputs = new ArrayList<>();
    rel.getInputs().forEach(input -> inputs.add(in(input)));
    return inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
  }

  private static ApplyOver of(Apply apply, RelNode left) {
    Rows rows = new Rows(apply.getCluster(), apply.getTraitSet(), left.getRowType());
    RelNode over = apply.copy(rows, apply.getRight(), apply.arguments(), apply.probes());
    try {
      return new ApplyOver(left, apply.getRowType(), rows, RelCompiler.compile(over));
    } catch (UnknownNodeException e) {
      throw UnsupportedStatements.notSupported(
          UnsupportedStatements.construct(e.getMessage())
              + " in a sub-query that is evaluated for each row");
    }
  }

  Rows rows() {
    return rows;
  }

  Plan plan() {
    return plan;
  }

  @Override
  protected RelDataType deriveRowType() {
    return row;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new ApplyOver(inputs.get(0), row, rows, plan);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("rows", rows.getId());
  }
}
