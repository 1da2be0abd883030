package dev.turntable.plan.rewrite;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/**
 * Makes one list of the values that the terms of a long condition compare an expression with: {@code IN}
 * where they are equalities under OR, {@code NOT IN} where they are inequalities under AND. Calcite does
 * that too, but only after it has compared every term with all those before it, and each time with all
 * their values: some thousands of terms would take it minutes.
 */
final class InLists extends RelHomogeneousShuttle {
  /** Shorter conditions are left to Calcite, which finds what terms say of one another. */
  private static final int FEW_TERMS = 50;

  private final RexShuttle conditions;

  /** Calcite's shuttles remember where they are: one per tree. */
  private InLists(RexBuilder builder) {
    this.conditions = new Conditions(builder);
  }

  /** Returns a tree with the same rows. */
  static RelNode in(RelNode rel) {
    return rel.accept(new InLists(rel.getCluster().getRexBuilder()));
  }

  /** Returns a condition with the same values. */
  static RexNode in(RexNode condition, RexBuilder builder) {
    return condition.accept(new Conditions(builder));
  }

  @Override
  public RelNode visit(RelNode other) {
    return super.visit(other).accept(conditions);
  }

  /** A term that compares an expression with a value, for equality under OR. */
  private record Comparison(RexNode expression, RexLiteral value) {
    /**
     * @param kind what compares
     */
    static @Nullable Comparison of(RexNode term, SqlKind kind) {
      if (term.getKind() != kind) {
        return null;
      }
      RexNode left = ((RexCall) term).getOperands().get(0);
      RexNode right = ((RexCall) term).getOperands().get(1);
      Comparison found = of(left, right);
      return found == null ? of(right, left) : found;
    }

    private static @Nullable Comparison of(RexNode expression, RexNode value) {
      return value instanceof RexLiteral literal
              && !literal.isNull()
              && !(expression instanceof RexLiteral)
              && RexUtil.isDeterministic(expression)
              && RexUtil.SubQueryFinder.find(expression) == null
          ? new Comparison(expression, literal)
          : null;
    }
  }

  private static final class Conditions extends RexShuttle {
    private final RexBuilder builder;

    Conditions(RexBuilder builder) {
      this.builder = builder;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
      RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
      return visited.clone(in(visited.rel));
    }

    @Override
    public RexNode visitCall(RexCall call) {
      boolean any = call.getKind() == SqlKind.OR;
      if (!any && call.getKind() != SqlKind.AND) {
        return super.visitCall(call);
      }
      List<RexNode> terms = any ? RelOptUtil.disjunctions(call) : RelOptUtil.conjunctions(call);
      if (terms.size() <= FEW_TERMS) {
        return super.visitCall(call);
      }
      List<RexNode> shorter = listed(terms, any ? SqlKind.EQUALS : SqlKind.NOT_EQUALS);
      return any
          ? RexUtil.composeDisjunction(builder, shorter)
          : RexUtil.composeConjunction(builder, shorter);
    }

    /** Returns the terms, the lists where the first of their values was. */
    private List<RexNode> listed(List<RexNode> terms, SqlKind kind) {
      Map<RexNode, List<RexLiteral>> values = new LinkedHashMap<>();
      for (RexNode term : terms) {
        Comparison comparison = Comparison.of(term, kind);
        if (comparison != null) {
          values
              .computeIfAbsent(comparison.expression(), any -> new ArrayList<>())
              .add(comparison.value());
        }
      }
      Map<RexNode, RexNode> lists = new LinkedHashMap<>();
      values.forEach((expression, some) -> lists.put(expression, list(expression, some, kind)));
      List<RexNode> result = new ArrayList<>();
      for (RexNode term : terms) {
        Comparison comparison = Comparison.of(term, kind);
        RexNode list = comparison == null ? null : lists.get(comparison.expression());
        if (list == null) {
          result.add(term.accept(this));
        } else if (values.remove(requireNonNull(comparison).expression()) != null) {
          result.add(list);
        }
      }
      return result;
    }

    /** Returns a test for a list of values, or null if they are of types that make no list. */
    private @Nullable RexNode list(RexNode expression, List<RexLiteral> values, SqlKind kind) {
      RexNode in = values.size() == 1 ? null : builder.makeIn(expression, values);
      if (in == null || in.getKind() != SqlKind.SEARCH) {
        return null;
      }
      return kind == SqlKind.EQUALS ? in : negated((RexCall) in);
    }

    private RexNode negated(RexCall in) {
      RexLiteral points = (RexLiteral) in.getOperands().get(1);
      Sarg<?> sarg = requireNonNull(points.getValueAs(Sarg.class));
      return builder.makeCall(
          SqlStdOperatorTable.SEARCH,
          in.getOperands().get(0),
          builder.makeSearchArgumentLiteral(sarg.negate(), points.getType()));
    }
  }
}
