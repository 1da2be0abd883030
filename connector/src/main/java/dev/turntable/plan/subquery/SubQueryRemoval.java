package dev.turntable.plan.subquery;

import com.google.common.collect.ImmutableSet;
import dev.turntable.plan.scan.Apply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.RelBuilder;

/**
 * Turns the sub-queries of a tree into joins, where that cannot change an answer, and into {@link
 * Apply} where it could, innermost first. Calcite's own removal and decorrelation lose outer columns
 * where a sub-query names those of two outer queries, and nulls.
 */
public final class SubQueryRemoval {
  private final RelBuilder builder;
  private final RexBuilder rex;

  private SubQueryRemoval(RelBuilder builder) {
    this.builder = builder;
    this.rex = builder.getRexBuilder();
  }

  /**
   * Returns a tree without sub-queries and correlates.
   *
   * @throws dev.turntable.source.TurntableException if a construct has no such tree
   */
  public static RelNode remove(RelNode rel, RelBuilder builder) {
    return FreshVariables.of(new SubQueryRemoval(builder).visit(rel, Set.of()));
  }

  /**
   * @param outer the variables of the queries around
   */
  private RelNode visit(RelNode rel, Set<CorrelationId> outer) {
    if (rel instanceof Filter filter
        && RexUtil.SubQueryFinder.find(filter.getCondition()) != null) {
      return filter(filter, outer);
    }
    if (rel instanceof Project project
        && RexUtil.SubQueryFinder.find(project.getProjects()) != null) {
      return project(project, outer);
    }
    if (rel instanceof Join join && RexUtil.SubQueryFinder.find(join.getCondition()) != null) {
      return join(join, outer);
    }
    if (rel instanceof Correlate correlate) {
      return correlate(correlate, outer);
    }
    List<RelNode> inputs = new ArrayList<>();
    rel.getInputs().forEach(input -> inputs.add(visit(input, outer)));
    return inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
  }

  private OuterSide outerSide(RelNode rel, Set<CorrelationId> own, Set<CorrelationId> outer) {
    return new OuterSide(rel, own, outer, this::visit, builder);
  }

  /** What needs no sub-query is checked first, and spares the others. */
  private RelNode filter(Filter filter, Set<CorrelationId> outer) {
    RelNode input = visit(filter.getInput(), outer);
    List<RexNode> plain = new ArrayList<>();
    List<RexNode> others = new ArrayList<>();
    for (RexNode term : RelOptUtil.conjunctions(filter.getCondition())) {
      (RexUtil.SubQueryFinder.find(term) == null ? plain : others).add(term);
    }
    OuterSide side = outerSide(filtered(input, plain), filter.getVariablesSet(), outer);
    List<RexNode> rest = new ArrayList<>();
    for (RexNode term : others) {
      RexNode left = side.restrict(term);
      if (left != null) {
        rest.add(left);
      }
    }
    return side.firstColumns(filtered(side.rel(), rest));
  }

  private RelNode filtered(RelNode rel, List<RexNode> terms) {
    return terms.isEmpty()
        ? rel
        : LogicalFilter.create(rel, RexUtil.composeConjunction(rex, terms));
  }

  private RelNode project(Project project, Set<CorrelationId> outer) {
    OuterSide side = outerSide(visit(project.getInput(), outer), project.getVariablesSet(), outer);
    List<RexNode> nodes = new ArrayList<>();
    List<RexNode> replaced = side.replace(project.getProjects());
    for (int i = 0; i < replaced.size(); i++) {
      RelDataType type = project.getRowType().getFieldList().get(i).getType();
      RexNode node = replaced.get(i);
      nodes.add(node.getType().equals(type) ? node : rex.makeAbstractCast(type, node, false));
    }
    return LogicalProject.create(
        side.rel(), project.getHints(), nodes, project.getRowType(), Set.of());
  }

  private RelNode correlate(Correlate correlate, Set<CorrelationId> outer) {
    OuterSide side =
        outerSide(visit(correlate.getLeft(), outer), correlate.getVariablesSet(), outer);
    RelNode rows = side.rows(correlate.getRight(), correlate.getJoinType());
    return RelOptUtil.createCastRel(rows, correlate.getRowType(), true);
  }

  private RelNode join(Join join, Set<CorrelationId> outer) {
    RelNode left = visit(join.getLeft(), outer);
    RelNode right = visit(join.getRight(), outer);
    if (join.getJoinType() == JoinRelType.INNER) {
      RelNode product =
          LogicalJoin.create(
              left, right, join.getHints(), rex.makeLiteral(true), Set.of(), JoinRelType.INNER);
      return filter(
          LogicalFilter.create(
              product, join.getCondition(), ImmutableSet.copyOf(join.getVariablesSet())),
          outer);
    }
    OuterJoin outerJoin = new OuterJoin(join, rex);
    if (outerJoin.isMixed()) {
      RelNode correlate = outerJoin.correlate(left, right);
      return visit(correlate, outer);
    }
    return outerJoin.joined(
        outerSide(left, join.getVariablesSet(), outer),
        outerSide(right, Set.of(outerJoin.rightRow()), outer));
  }
}
