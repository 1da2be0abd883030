package dev.turntable.plan.join;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.Sarg;

/**
 * Says of one side of a join what is known of the other: where {@code t.id = u.task_id}, a condition
 * {@code u.task_id = 'x'} holds for {@code t.id}, too, and both tables are asked for one key. Only
 * conditions that name values are passed on, as only these save requests.
 */
public final class JoinPredicateInference extends RelHomogeneousShuttle {
  /** Calcite's shuttles remember where they are: one per tree. */
  private JoinPredicateInference() {}

  /** Returns the same tree if there is nothing to pass on. */
  public static RelNode tell(RelNode rel) {
    return rel.accept(new JoinPredicateInference());
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited instanceof Join join ? tell(join) : visited;
  }

  private static RelNode tell(Join join) {
    JoinInfo keys = join.analyzeCondition();
    RelNode left = join.getLeft();
    RelNode right = join.getRight();
    if (keepsMatchesOnly(join.getJoinType(), true)) {
      left = narrowed(left, keys.leftKeys, right, keys.rightKeys);
    }
    if (keepsMatchesOnly(join.getJoinType(), false)) {
      right = narrowed(right, keys.rightKeys, join.getLeft(), keys.leftKeys);
    }
    return left == join.getLeft() && right == join.getRight()
        ? join
        : join.copy(join.getTraitSet(), List.of(left, right));
  }

  /** Returns whether rows of a side count only where they have a partner. */
  private static boolean keepsMatchesOnly(JoinRelType type, boolean left) {
    return switch (type) {
      case INNER, SEMI -> true;
      case LEFT, ANTI -> !left;
      case RIGHT -> left;
      default -> false;
    };
  }

  private static RelNode narrowed(
      RelNode rel, List<Integer> columns, RelNode other, List<Integer> otherColumns) {
    Set<RexNode> terms = new LinkedHashSet<>();
    for (int i = 0; i < columns.size(); i++) {
      RelDataType type = type(rel, columns.get(i));
      if (SqlTypeUtil.equalSansNullability(type, type(other, otherColumns.get(i)))) {
        Set<RexNode> news = new LinkedHashSet<>(known(other, otherColumns.get(i)));
        news.removeAll(known(rel, columns.get(i)));
        for (RexNode term : news) {
          terms.add(over(term, columns.get(i), type));
        }
      }
    }
    return terms.isEmpty()
        ? rel
        : LogicalFilter.create(
            rel, RexUtil.composeConjunction(rel.getCluster().getRexBuilder(), List.copyOf(terms)));
  }

  private static RelDataType type(RelNode rel, int column) {
    return rel.getRowType().getFieldList().get(column).getType();
  }

  /** Returns the conditions on a column that name values, as if it was the only one and nullable. */
  private static Set<RexNode> known(RelNode rel, int column) {
    Set<RexNode> known = new LinkedHashSet<>();
    if (rel instanceof Filter filter) {
      RelDataType type =
          rel.getCluster().getTypeFactory().createTypeWithNullability(type(rel, column), true);
      for (RexNode term : RelOptUtil.conjunctions(filter.getCondition())) {
        if (RelOptUtil.InputFinder.bits(term).equals(ImmutableBitSet.of(column))
            && namesValues(term)) {
          known.add(over(term, 0, type));
        }
      }
      known.addAll(known(filter.getInput(), column));
    } else if (rel instanceof Project project) {
      if (project.getProjects().get(column) instanceof RexInputRef ref) {
        known.addAll(known(project.getInput(), ref.getIndex()));
      }
    } else if (rel instanceof Aggregate aggregate) {
      if (KeyColumns.isGroupKey(aggregate, column)) {
        known.addAll(known(aggregate.getInput(), aggregate.getGroupSet().nth(column)));
      }
    } else if (rel instanceof Join join) {
      int width = join.getLeft().getRowType().getFieldCount();
      if (column < width && !join.getJoinType().generatesNullsOnLeft()) {
        known.addAll(known(join.getLeft(), column));
      } else if (column >= width && !join.getJoinType().generatesNullsOnRight()) {
        known.addAll(known(join.getRight(), column - width));
      }
    }
    return known;
  }

  private static boolean namesValues(RexNode term) {
    if (!(term instanceof RexCall call)) {
      return false;
    }
    return switch (call.getKind()) {
      case EQUALS ->
          call.getOperands().stream().anyMatch(RexInputRef.class::isInstance)
              && call.getOperands().stream().anyMatch(RexUtil::isConstant);
      case OR -> call.getOperands().stream().allMatch(JoinPredicateInference::namesValues);
      case SEARCH ->
          call.getOperands().get(0) instanceof RexInputRef
              && requireNonNull(((RexLiteral) call.getOperands().get(1)).getValueAs(Sarg.class))
                  .isPoints();
      default -> false;
    };
  }

  /** Puts a column in the place of the only one that a term is about. */
  private static RexNode over(RexNode term, int column, RelDataType type) {
    return term.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(column, type);
          }
        });
  }
}
