package dev.turntable.plan.scan;

import dev.turntable.plan.scan.KeyTerms.Position;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Finds what binds the references of a statement to keys: constants in any branch of a condition that is
 * not negated; columns of other references where every row must meet the equality.
 */
final class KeyBindings {
  /** The rows that variables of correlation stand for, and whether these may be bound from here. */
  private final Map<CorrelationId, KeyTerms.Outer> outer;

  private KeyBindings(Map<CorrelationId, KeyTerms.Outer> outer) {
    this.outer = outer;
  }

  static void find(RelNode rel) {
    new KeyBindings(Map.of()).visit(rel);
  }

  private void visit(RelNode rel) {
    if (rel instanceof Filter filter) {
      KeyTerms terms = KeyTerms.over(filter.getInput(), outer);
      condition(filter.getCondition(), Position.CONJUNCT, terms, filter.getVariablesSet());
      terms.addConditions(RelOptUtil.conjunctions(filter.getCondition()));
    } else if (rel instanceof Join join) {
      KeyTerms terms = KeyTerms.of(join, outer);
      condition(join.getCondition(), Position.CONJUNCT, terms, join.getVariablesSet());
      terms.addConditions(
          RelOptUtil.conjunctions(join.getCondition()).stream()
              .filter(conjunct -> isMetByAllThatMatter(conjunct, join))
              .toList());
    } else if (rel instanceof Project project) {
      KeyTerms terms = KeyTerms.over(project.getInput(), outer);
      for (RexNode node : project.getProjects()) {
        subQueries(node, Position.CONJUNCT, terms, project.getVariablesSet());
      }
    } else if (rel instanceof Intersect || rel instanceof Minus) {
      columnByColumn((SetOp) rel);
    } else if (rel instanceof Correlate correlate) {
      visit(correlate.getLeft());
      within(correlate.getLeft(), Set.of(correlate.getCorrelationId()), true)
          .visit(correlate.getRight());
      return;
    }
    rel.getInputs().forEach(this::visit);
  }

  /** Of the side that an outer join fills up with nulls, only rows that meet its condition are seen. */
  private static boolean isMetByAllThatMatter(RexNode conjunct, Join join) {
    int width = join.getLeft().getRowType().getFieldCount();
    ImmutableBitSet used = RelOptUtil.InputFinder.bits(conjunct);
    return switch (join.getJoinType()) {
      case INNER -> true;
      case LEFT -> used.nextSetBit(0) >= width;
      case RIGHT -> used.length() <= width;
      default -> false;
    };
  }

  /** Rows of one side are compared with those of the other, all columns at once. */
  private void columnByColumn(SetOp setOp) {
    for (RelNode one : setOp.getInputs()) {
      for (RelNode other : setOp.getInputs()) {
        if (one != other) {
          for (int i = 0; i < setOp.getRowType().getFieldCount(); i++) {
            KeyTerms.link(one, i, other, i, outer);
          }
        }
      }
    }
  }

  private void condition(
      RexNode node, Position position, KeyTerms terms, Set<CorrelationId> variables) {
    switch (node.getKind()) {
      case AND -> {
        List<RexNode> operands = ((RexCall) node).getOperands();
        operands.forEach(operand -> condition(operand, position, terms, variables));
        if (position != Position.OTHER) {
          terms.addBetween(operands);
        }
      }
      case OR -> {
        Position branch = position == Position.OTHER ? position : Position.BRANCH;
        ((RexCall) node)
            .getOperands()
            .forEach(operand -> condition(operand, branch, terms, variables));
      }
      // A condition is cast where its own type says that it may be unknown, and the place's does
      // not.
      case IS_TRUE, CAST ->
          condition(((RexCall) node).getOperands().get(0), position, terms, variables);
      case EQUALS -> {
        ((RexCall) node)
            .getOperands().stream()
                .filter(operand -> isEqualToTrue((RexCall) node, operand))
                .forEach(operand -> condition(operand, position, terms, variables));
        terms.addEquality((RexCall) node, position);
        subQueries(node, position, terms, variables);
      }
      case SEARCH -> {
        if (position != Position.OTHER) {
          terms.addPoints((RexCall) node);
        }
      }
      case NOT, IS_FALSE, IS_NOT_TRUE -> {
        // NOT IN and NOT EXISTS compare with the keys of the other side as IN and EXISTS do.
        RexNode operand = ((RexCall) node).getOperands().get(0);
        if (operand instanceof RexSubQuery subQuery) {
          subQuery(subQuery, position, true, terms, variables);
        } else {
          subQueries(operand, negated(operand, position), terms, variables);
        }
      }
      default -> {
        if (node instanceof RexSubQuery subQuery) {
          subQuery(subQuery, position, false, terms, variables);
        } else {
          subQueries(node, position, terms, variables);
        }
      }
    }
  }

  private static boolean isEqualToTrue(RexCall equality, RexNode operand) {
    return operand instanceof RexCall
        && equality.getOperands().stream().anyMatch(RexNode::isAlwaysTrue);
  }

  /** Below an AND that is negated a sub-query is one of several ways to meet the condition. */
  private static Position negated(RexNode operand, Position position) {
    return operand.getKind() == SqlKind.AND || operand.getKind() == SqlKind.OR
        ? Position.OTHER
        : position;
  }

  private void subQueries(
      RexNode node, Position position, KeyTerms terms, Set<CorrelationId> variables) {
    node.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitSubQuery(RexSubQuery subQuery) {
            subQuery(subQuery, position, true, terms, variables);
            return null;
          }
        });
  }

  /**
   * @param negated whether constants are no keys here
   */
  private void subQuery(
      RexSubQuery subQuery,
      Position position,
      boolean negated,
      KeyTerms terms,
      Set<CorrelationId> variables) {
    boolean every = position == Position.CONJUNCT;
    if (KeyTerms.comparesForEquality(subQuery)) {
      for (int i = 0; i < subQuery.getOperands().size(); i++) {
        if (every) {
          terms.link(subQuery.getOperands().get(i), subQuery.rel, i);
        } else if (position == Position.BRANCH && !negated) {
          terms.addValues(subQuery.getOperands().get(i), subQuery.rel, i);
        }
        if (position == Position.BRANCH && !KeyTerms.isList(subQuery.rel)) {
          terms.compareUnderOr(subQuery.getOperands().get(i));
        }
      }
    }
    subQuery.getOperands().forEach(node -> subQueries(node, position, terms, variables));
    within(terms.rows(), variables, every).visit(subQuery.rel);
  }

  /** Returns a finder for what stands inside, where variables stand for rows out here. */
  private KeyBindings within(RelNode rows, Set<CorrelationId> variables, boolean mayBind) {
    Map<CorrelationId, KeyTerms.Outer> inner = new HashMap<>();
    outer.forEach(
        (id, known) -> inner.put(id, new KeyTerms.Outer(known.rows(), known.mayBind() && mayBind)));
    for (CorrelationId id : new LinkedHashSet<>(variables)) {
      inner.put(id, new KeyTerms.Outer(rows, mayBind));
    }
    return new KeyBindings(inner);
  }
}
