package dev.turntable.plan.subquery;

import dev.turntable.plan.join.CostModel;
import dev.turntable.plan.join.KeyColumns;
import dev.turntable.plan.scan.Apply;
import dev.turntable.plan.scan.OuterReferences;
import dev.turntable.plan.syntax.UnsupportedStatements;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The rows that sub-queries are evaluated for. Each sub-query becomes a join or an {@link Apply} on
 * top, which appends columns; the first columns stay what they were.
 */
final class OuterSide {
  private final RexBuilder rex;
  private final RelBuilder builder;
  private final Set<CorrelationId> own;
  private final Set<CorrelationId> outer;
  private final BiFunction<RelNode, Set<CorrelationId>, RelNode> removal;
  private final int width;
  private final IdentityHashMap<RelNode, InnerQuery> inners = new IdentityHashMap<>();
  private final SubQueryColumns columns;
  private RelNode rel;

  /**
   * @param own the variables that stand for a row of {@code rel}
   * @param outer the variables of the queries around
   * @param removal removes the sub-queries of a tree, given the variables around it
   */
  OuterSide(
      RelNode rel,
      Set<CorrelationId> own,
      Set<CorrelationId> outer,
      BiFunction<RelNode, Set<CorrelationId>, RelNode> removal,
      RelBuilder builder) {
    this.rel = rel;
    this.own = Set.copyOf(own);
    this.outer = Set.copyOf(outer);
    this.removal = removal;
    this.builder = builder;
    this.rex = builder.getRexBuilder();
    this.width = rel.getRowType().getFieldCount();
    this.columns = new SubQueryColumns(this, builder);
  }

  /** Returns the rows with the columns appended so far. */
  RelNode rel() {
    return rel;
  }

  void set(RelNode newRel) {
    rel = newRel;
  }

  /** Returns the names of the variables of this query and those around it. */
  Set<String> variables() {
    Set<String> names = new HashSet<>();
    outer.forEach(id -> names.add(id.getName()));
    own.forEach(id -> names.add(id.getName()));
    return names;
  }

  RexNode ref(int column) {
    return rex.makeInputRef(rel, column);
  }

  RexNode lastColumn() {
    return ref(rel.getRowType().getFieldCount() - 1);
  }

  /** Returns a tree over {@link #rel} without the columns appended. */
  RelNode firstColumns(RelNode over) {
    if (over.getRowType().getFieldCount() == width) {
      return over;
    }
    List<RexNode> first = rex.identityProjects(over.getRowType()).subList(0, width);
    return LogicalProject.create(
        over, List.of(), first, over.getRowType().getFieldNames().subList(0, width), Set.of());
  }

  /**
   * Keeps the rows for which a term is true.
   *
   * @return what is left to be checked, or null if that is nothing
   */
  @Nullable RexNode restrict(RexNode term) {
    return new SubQueryConditions(this, columns, builder).restrict(term);
  }

  /** Returns expressions whose sub-queries have been replaced by columns. */
  List<RexNode> replace(List<RexNode> nodes) {
    return nodes.stream().map(columns::replace).toList();
  }

  /** Returns the appended column that holds the value of a sub-query. */
  int column(RexSubQuery subQuery) {
    return column(columns.value(subQuery));
  }

  private int column(RexNode node) {
    if (node instanceof RexInputRef ref) {
      return ref.getIndex();
    }
    List<RexNode> nodes = new ArrayList<>(rex.identityProjects(rel.getRowType()));
    nodes.add(node);
    List<String> names = new ArrayList<>(rel.getRowType().getFieldNames());
    names.add("$value" + names.size());
    rel = LogicalProject.create(rel, List.of(), nodes, names, Set.of());
    return nodes.size() - 1;
  }

  /** Evaluates the left side of a comparison once. */
  List<Integer> probes(RexSubQuery subQuery) {
    List<Integer> probes = new ArrayList<>();
    for (RexNode operand : subQuery.getOperands()) {
      probes.add(column(columns.replace(operand)));
    }
    return probes;
  }

  /** A sub-query may be tried as several things; what it is made of is worked out once. */
  InnerQuery inner(RelNode subQuery) {
    InnerQuery known = inners.get(subQuery);
    if (known == null) {
      known = InnerQuery.of(subQuery, own, width, outer, removal, rex);
      inners.put(subQuery, known);
    }
    return known;
  }

  /** Returns an expression over an outer row and an inner one as one over the joined row. */
  RexNode joined(RexNode node, InnerQuery inner, int innerFrom, RelNode row) {
    RexNode moved =
        node.accept(
            new RexShuttle() {
              @Override
              public RexNode visitInputRef(RexInputRef ref) {
                return rex.makeInputRef(row, innerFrom + ref.getIndex());
              }
            });
    return overOuter(moved, inner);
  }

  /**
   * Returns what decides about a match, or null if more than equalities do.
   *
   * @param probes columns that equal the outputs; empty if nothing is compared
   */
  @Nullable MatchKeys matchKeys(InnerQuery inner, PullUp.Pulled pulled, List<Integer> probes) {
    return MatchKeys.of(
        inner, pulled, node -> overOuter(node, inner), probes.stream().map(this::ref).toList());
  }

  /** Returns an expression over an outer row as one over its columns. */
  RexNode overOuter(RexNode node, InnerQuery inner) {
    return OuterReferences.replace(
        node,
        access ->
            inner.isOuter(access)
                ? ref(inner.arguments().get(access.getField().getIndex()))
                : null);
  }

  /** Joins with another tree; its columns come after those that are there. */
  void join(RelNode right, List<RexNode> conditions, JoinRelType type) {
    RexNode condition = RexUtil.composeConjunction(rex, conditions);
    rel = LogicalJoin.create(rel, right, List.of(), condition, Set.of(), type);
  }

  /** Returns when a row of {@link #rel} and one of the sub-query match, over both. */
  List<RexNode> matches(InnerQuery inner, PullUp.Pulled pulled, List<Integer> probes) {
    int from = rel.getRowType().getFieldCount();
    RelNode row =
        LogicalJoin.create(
            rel, pulled.rel(), List.of(), rex.makeLiteral(true), Set.of(), JoinRelType.INNER);
    List<RexNode> conditions = new ArrayList<>();
    for (RexNode condition : pulled.conditions()) {
      conditions.add(joined(condition, inner, from, row));
    }
    for (int i = 0; i < probes.size(); i++) {
      conditions.add(
          rex.makeCall(
              SqlStdOperatorTable.EQUALS,
              ref(probes.get(i)),
              joined(pulled.outputs().get(i), inner, from, row)));
    }
    return conditions;
  }

  /** Returns whether the column compared leads to a scan that can be asked for its values. */
  boolean readsByKeys(PullUp.Pulled pulled) {
    return pulled.outputs().get(0) instanceof RexInputRef ref
        && !KeyColumns.keyable(
                pulled.rel(), List.of(ref.getIndex()), new CostModel().dependencies(rel))
            .isEmpty();
  }

  /** Appends the column that a sub-query makes, and returns it. */
  RexNode apply(InnerQuery inner, Apply.Kind kind) {
    rel = Apply.of(rel, inner.rel(), inner.variable(), inner.arguments(), kind);
    return lastColumn();
  }

  /** Appends the columns of a sub-query in FROM, and as many rows as it has; returns the tree. */
  RelNode rows(RelNode subQuery, JoinRelType type) {
    InnerQuery inner = inner(subQuery);
    PullUp.Pulled pulled = inner.pulled(builder);
    boolean plain = type == JoinRelType.INNER || type == JoinRelType.LEFT;
    if (!plain) {
      throw UnsupportedStatements.notSupported(type + " JOIN LATERAL");
    }
    if (pulled == null
        || (type == JoinRelType.LEFT
            && pulled.missing() == null
            && !pulled.outputs().stream().allMatch(RexInputRef.class::isInstance))) {
      return Apply.of(
          rel,
          inner.rel(),
          inner.variable(),
          inner.arguments(),
          type == JoinRelType.INNER ? Apply.Kind.INNER : Apply.Kind.LEFT);
    }
    int from = rel.getRowType().getFieldCount();
    List<RexNode> nodes = new ArrayList<>(rex.identityProjects(rel.getRowType()));
    List<String> names = new ArrayList<>(rel.getRowType().getFieldNames());
    names.addAll(subQuery.getRowType().getFieldNames());
    if (pulled.missing() != null) {
      nodes.addAll(columns.total(inner, pulled));
    } else {
      join(pulled.rel(), matches(inner, pulled, List.of()), type);
      pulled.outputs().forEach(output -> nodes.add(joined(output, inner, from, rel)));
    }
    return LogicalProject.create(
        rel, List.of(), nodes, SqlValidatorUtil.uniquify(names, false), Set.of());
  }
}
