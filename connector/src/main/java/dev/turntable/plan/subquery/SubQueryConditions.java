package dev.turntable.plan.subquery;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/** Sub-queries that outer rows must pass: only whether they are true counts, which a join tells. */
final class SubQueryConditions {
  private final OuterSide side;
  private final SubQueryColumns columns;
  private final RelBuilder builder;
  private final RexBuilder rex;

  SubQueryConditions(OuterSide side, SubQueryColumns columns, RelBuilder builder) {
    this.side = side;
    this.columns = columns;
    this.builder = builder;
    this.rex = builder.getRexBuilder();
  }

  /**
   * Keeps the rows for which a term is true.
   *
   * @return what is left to be checked, or null if that is nothing
   */
  @Nullable RexNode restrict(RexNode term) {
    RexNode node = term;
    boolean negated = false;
    while (node.getKind() == SqlKind.NOT || (!negated && node.getKind() == SqlKind.IS_TRUE)) {
      negated ^= node.getKind() == SqlKind.NOT;
      node = ((RexCall) node).getOperands().get(0);
    }
    if (node instanceof RexSubQuery subQuery) {
      if (subQuery.getKind() == SqlKind.EXISTS && exists(subQuery, negated)) {
        return null;
      }
      if (isMembership(subQuery) && (negated ? notIn(subQuery) : in(subQuery))) {
        return null;
      }
    }
    return columns.replace(term);
  }

  private static boolean isMembership(RexSubQuery subQuery) {
    return subQuery.getKind() == SqlKind.IN
        || (subQuery.getKind() == SqlKind.SOME
            && ((SqlQuantifyOperator) subQuery.getOperator()).comparisonKind == SqlKind.EQUALS);
  }

  private boolean exists(RexSubQuery subQuery, boolean negated) {
    InnerQuery inner = side.inner(subQuery.rel);
    PullUp.Pulled pulled = inner.pulled(builder);
    if (inner.isNeverEmpty(pulled)) {
      if (negated) {
        side.set(LogicalFilter.create(side.rel(), rex.makeLiteral(false)));
      }
      return true;
    }
    if (pulled == null) {
      return false;
    }
    if (pulled.conditions().isEmpty()) {
      builder
          .push(RowCounts.limitedToOne(pulled.rel()))
          .project(List.of(rex.makeLiteral(true)), List.of("i"), true);
      side.join(builder.build(), List.of(), negated ? JoinRelType.ANTI : JoinRelType.INNER);
      return true;
    }
    keepMatches(inner, pulled, List.of(), negated);
    return true;
  }

  private boolean in(RexSubQuery subQuery) {
    InnerQuery inner = side.inner(subQuery.rel);
    PullUp.Pulled pulled = inner.pulled(builder);
    if (pulled == null || pulled.missing() != null) {
      return false;
    }
    keepMatches(inner, pulled, side.probes(subQuery), false);
    return true;
  }

  /**
   * Keeps the rows that have a match, or have none.
   *
   * @param probes columns that equal the outputs; empty if nothing is compared
   */
  private void keepMatches(
      InnerQuery inner, PullUp.Pulled pulled, List<Integer> probes, boolean negated) {
    MatchKeys keys = negated ? null : side.matchKeys(inner, pulled, probes);
    if (keys != null) {
      int from = side.rel().getRowType().getFieldCount();
      RelNode distinct = keys.distinct(pulled.rel(), false, builder);
      side.join(distinct, keys.conditions(from, distinct), JoinRelType.INNER);
      return;
    }
    side.join(
        pulled.rel(),
        side.matches(inner, pulled, probes),
        negated ? JoinRelType.ANTI : JoinRelType.SEMI);
  }

  /** NOT IN is true of no rows; of some it is so where none is equal and none unknown. */
  private boolean notIn(RexSubQuery subQuery) {
    InnerQuery inner = side.inner(subQuery.rel);
    PullUp.Pulled pulled = inner.pulled(builder);
    if (pulled == null || pulled.missing() != null) {
      return false;
    }
    List<Integer> probes = side.probes(subQuery);
    boolean nullsInside =
        subQuery.rel.getRowType().getFieldList().stream().anyMatch(f -> f.getType().isNullable());
    boolean nullsOutside =
        subQuery.getOperands().stream().anyMatch(operand -> operand.getType().isNullable());
    if (!nullsInside && !nullsOutside) {
      keepMatches(inner, pulled, probes, true);
      return true;
    }
    if (probes.size() > 1 || !side.readsByKeys(pulled)) {
      return false;
    }
    keepMatches(inner, pulled, probes, true);
    List<RexNode> terms = new ArrayList<>();
    if (nullsInside) {
      terms.add(rex.makeCall(SqlStdOperatorTable.NOT, columns.existsValue(inner.nulls())));
    }
    if (nullsOutside) {
      RexNode none = rex.makeCall(SqlStdOperatorTable.NOT, columns.existsValue(inner));
      RexNode known = rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, side.ref(probes.get(0)));
      terms.add(rex.makeCall(SqlStdOperatorTable.OR, known, none));
    }
    side.set(LogicalFilter.create(side.rel(), RexUtil.composeConjunction(rex, terms)));
    return true;
  }
}
