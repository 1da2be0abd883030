package dev.turntable.plan.scan;

import com.google.common.collect.Range;
import dev.turntable.plan.scan.KeyOrigins.Place;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/** The terms of one condition, as far as they tell something of the keys of references. */
final class KeyTerms {
  /** Where a condition stands. */
  enum Position {
    /** Every row must meet it. */
    CONJUNCT,
    /** A row may meet another one instead. */
    BRANCH,
    /** Negated, or part of an expression that is no condition. */
    OTHER
  }

  private final RelNode rows;
  private final Map<CorrelationId, Outer> outer;
  private final List<RexNode> here;
  private final OwnConditions own;

  /**
   * The rows that a variable of correlation stands for.
   *
   * @param mayBind whether every one of them must meet what is said of it inside
   */
  record Outer(RelNode rows, boolean mayBind) {}

  /**
   * @param rows what the condition reads
   * @param ofJoin whether it is the condition of the join that the rows come from
   * @param here conditions that hold for the equalities made here, but not for all rows
   */
  private KeyTerms(
      RelNode rows, boolean ofJoin, Map<CorrelationId, Outer> outer, List<RexNode> here) {
    this.rows = rows;
    this.outer = outer;
    this.here = here;
    this.own = new OwnConditions(rows, ofJoin);
  }

  /** The terms of a condition, or of other expressions, over some rows. */
  static KeyTerms over(RelNode rows, Map<CorrelationId, Outer> outer) {
    return new KeyTerms(rows, false, outer, List.of());
  }

  /** The terms of the condition of a join. */
  static KeyTerms of(Join join, Map<CorrelationId, Outer> outer) {
    List<RexNode> here =
        join.getJoinType() == JoinRelType.INNER
            ? List.of()
            : RelOptUtil.conjunctions(join.getCondition());
    return new KeyTerms(join, true, outer, here);
  }

  RelNode rows() {
    return rows;
  }

  /** A column of some rows: those of the condition itself, or those of a query around it. */
  private record Operand(RelNode rows, int column, boolean mayBind) {}

  private @Nullable Operand operand(RexNode node) {
    RexNode plain = PushedConditions.withoutLosslessCasts(node);
    if (plain instanceof RexInputRef ref) {
      return new Operand(rows, ref.getIndex(), true);
    }
    if (plain instanceof RexFieldAccess access
        && access.getReferenceExpr() instanceof RexCorrelVariable variable) {
      Outer known = outer.get(variable.id);
      return known == null
          ? null
          : new Operand(known.rows(), access.getField().getIndex(), known.mayBind());
    }
    return null;
  }

  private static List<Place> entered(@Nullable Operand operand) {
    return operand == null || !operand.mayBind()
        ? List.of()
        : KeyOrigins.entered(operand.rows(), operand.column());
  }

  /** Adds an equality of two expressions. */
  void addEquality(RexCall equality, Position position) {
    RexNode left = equality.getOperands().get(0);
    RexNode right = equality.getOperands().get(1);
    if (position == Position.OTHER) {
      return;
    }
    if (isConstant(right)) {
      addConstant(left, right, null);
    } else if (isConstant(left)) {
      addConstant(right, left, null);
    } else if (position == Position.CONJUNCT) {
      link(left, right);
      link(right, left);
    } else if (!left.equals(right) && !ofOneReference(left, right)) {
      compareUnderOr(left);
      compareUnderOr(right);
    }
  }

  private boolean ofOneReference(RexNode left, RexNode right) {
    List<TableReference> references =
        entered(operand(left)).stream().map(Place::reference).toList();
    return entered(operand(right)).stream()
        .anyMatch(place -> references.contains(place.reference()));
  }

  /** Remembers what an equality under OR would have bound elsewhere. */
  void compareUnderOr(RexNode column) {
    entered(operand(column)).forEach(place -> place.reference().compareUnderOr(place.column()));
  }

  private void addConstant(RexNode column, RexNode value, @Nullable RexNode upper) {
    for (Place place : entered(operand(column))) {
      place.reference().add(new TableReference.Constant(place.column(), value, upper));
    }
  }

  private static boolean isConstant(RexNode node) {
    return RelOptUtil.InputFinder.bits(node).isEmpty()
        && RexUtil.isDeterministic(node)
        && RexUtil.SubQueryFinder.find(node) == null
        && !RexUtil.containsCorrelation(node);
  }

  /** Adds what lies between two equal bounds. */
  void addBetween(List<RexNode> conjunction) {
    for (RexNode lower : conjunction) {
      for (RexNode upper : conjunction) {
        if (lower.getKind() == SqlKind.GREATER_THAN_OR_EQUAL
            && upper.getKind() == SqlKind.LESS_THAN_OR_EQUAL) {
          List<RexNode> low = ((RexCall) lower).getOperands();
          List<RexNode> high = ((RexCall) upper).getOperands();
          if (low.get(0).equals(high.get(0)) && isConstant(low.get(1)) && isConstant(high.get(1))) {
            addConstant(low.get(0), low.get(1), high.get(1));
          }
        }
      }
    }
  }

  /** Adds the values of a list. */
  void addPoints(RexCall search) {
    RexNode column = search.getOperands().get(0);
    if (!(search.getOperands().get(1) instanceof RexLiteral literal)) {
      return;
    }
    RexBuilder builder = rows.getCluster().getRexBuilder();
    Sarg<?> sarg = Objects.requireNonNull(literal.getValueAs(Sarg.class), "sarg");
    for (Range<?> range : sarg.rangeSet.asRanges()) {
      if (range.hasLowerBound()
          && range.hasUpperBound()
          && range.lowerEndpoint().equals(range.upperEndpoint())) {
        RexNode value = builder.makeLiteral(range.lowerEndpoint(), column.getType(), true, true);
        addConstant(column, value, null);
      }
    }
  }

  /** Returns whether a sub-query is compared with by {@code =} alone. */
  static boolean comparesForEquality(RexSubQuery subQuery) {
    return subQuery.getKind() == SqlKind.IN
        || (subQuery.getOperator() instanceof SqlQuantifyOperator operator
            && (operator.comparisonKind == SqlKind.EQUALS
                || (operator.comparisonKind == SqlKind.NOT_EQUALS
                    && subQuery.getKind() == SqlKind.ALL)));
  }

  /** Returns whether a sub-query reads no table. */
  static boolean isList(RelNode rel) {
    return !(rel instanceof SourceScan) && rel.getInputs().stream().allMatch(KeyTerms::isList);
  }

  /** Adds the constants that a sub-query lists, if it is nothing but a list. */
  void addValues(RexNode column, RelNode list, int field) {
    if (list instanceof Values values) {
      values.getTuples().forEach(tuple -> addConstant(column, tuple.get(field), null));
    } else if (list instanceof Union union) {
      union.getInputs().forEach(input -> addValues(column, input, field));
    } else if (list instanceof Project project
        && project.getInput() instanceof Values values
        && values.getTuples().size() == 1
        && isConstant(project.getProjects().get(field))) {
      addConstant(column, project.getProjects().get(field), null);
    }
  }

  /** Binds each side of an equality with a column of a sub-query to the other. */
  void link(RexNode node, RelNode subQuery, int field) {
    Operand operand = operand(node);
    if (operand != null) {
      link(entered(operand), subQuery, field, List.of());
      link(KeyOrigins.entered(subQuery, field), operand.rows(), operand.column(), here);
    } else {
      link(KeyOrigins.entered(subQuery, field), node);
    }
  }

  /** Binds columns of two sides that are compared row by row. */
  static void link(
      RelNode one, int column, RelNode other, int otherColumn, Map<CorrelationId, Outer> outer) {
    over(one, outer).link(KeyOrigins.entered(one, column), other, otherColumn, List.of());
  }

  private void link(RexNode column, RexNode value) {
    Operand operand = operand(value);
    if (operand != null) {
      link(entered(operand(column)), operand.rows(), operand.column(), here);
    } else {
      link(entered(operand(column)), value);
    }
  }

  /** Binds to the values of a column: of a reference if it is one, else computed by its rows. */
  private void link(List<Place> targets, RelNode source, int column, List<RexNode> conditionsHere) {
    if (targets.isEmpty()) {
      return;
    }
    List<Place> places = KeyOrigins.left(source, column);
    if (places.isEmpty()) {
      link(
          targets,
          new RexInputRef(column, RelOptUtil.getFieldTypeList(source.getRowType()).get(column)),
          source);
      return;
    }
    for (Place target : targets) {
      for (Place place : places) {
        if (place.reference() != target.reference()) {
          target
              .reference()
              .add(
                  TableReference.Link.to(
                      target.column(),
                      place.reference(),
                      place.column(),
                      own.of(conditionsHere, place.reference())));
        }
      }
    }
  }

  /** Binds to the values of an expression, or of a sub-query that is one value. */
  private void link(List<Place> targets, RexNode value) {
    if (value instanceof RexSubQuery subQuery && subQuery.getKind() == SqlKind.SCALAR_QUERY) {
      link(targets, subQuery.rel, 0, List.of());
    } else {
      link(targets, value, rows);
    }
  }

  private static void link(List<Place> targets, RexNode value, RelNode source) {
    @Nullable RelNode computed = ComputedKeys.of(value, source);
    for (Place target : targets) {
      if (computed == null) {
        target.reference().bind(target.column());
      } else {
        target
            .reference()
            .add(
                TableReference.Link.computed(
                    target.column(), computed, KeyOrigins.references(computed)));
      }
    }
  }

  /** Gives each reference what every row of it must satisfy by itself. */
  void addConditions(List<RexNode> conjuncts) {
    own.add(conjuncts);
  }
}
