package dev.turntable.plan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Collect;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlExplainLevel;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The rows that sub-queries are evaluated for. Each sub-query becomes a join or an {@link Apply} on
 * top, which appends columns; the first columns stay what they were.
 */
final class OuterSide {
  private static final Pattern VARIABLE = Pattern.compile("\\$cor\\d+");

  private final RelBuilder builder;
  private final RexBuilder rex;
  private final Set<CorrelationId> own;
  private final Set<CorrelationId> outer;
  private final BiFunction<RelNode, Set<CorrelationId>, RelNode> removal;
  private final int width;
  private final IdentityHashMap<RelNode, Inner> inners = new IdentityHashMap<>();
  private final Map<String, RexNode> values = new HashMap<>();
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
    this.outer = outer;
    this.removal = removal;
    this.builder = builder;
    this.rex = builder.getRexBuilder();
    this.width = rel.getRowType().getFieldCount();
  }

  /** Returns the rows with the columns appended so far. */
  RelNode rel() {
    return rel;
  }

  /** Returns a tree over {@link #rel} without the columns appended. */
  RelNode firstColumns(RelNode over) {
    if (over.getRowType().getFieldCount() == width) {
      return over;
    }
    List<RexNode> columns = rex.identityProjects(over.getRowType()).subList(0, width);
    return LogicalProject.create(
        over, List.of(), columns, over.getRowType().getFieldNames().subList(0, width), Set.of());
  }

  /** Returns expressions whose sub-queries have been replaced by columns. */
  List<RexNode> replace(List<RexNode> nodes) {
    return nodes.stream().map(this::replace).toList();
  }

  private RexNode replace(RexNode node) {
    return node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            return value(subQuery);
          }
        });
  }

  /** Returns the appended column that holds the value of a sub-query. */
  int column(RexSubQuery subQuery) {
    return column(value(subQuery));
  }

  private int column(RexNode node) {
    if (node instanceof RexInputRef ref) {
      return ref.getIndex();
    }
    List<RexNode> columns = new ArrayList<>(rex.identityProjects(rel.getRowType()));
    columns.add(node);
    List<String> names = new ArrayList<>(rel.getRowType().getFieldNames());
    names.add("$value" + names.size());
    rel = LogicalProject.create(rel, List.of(), columns, names, Set.of());
    return columns.size() - 1;
  }

  /**
   * An inner tree that names its outer row by one variable.
   *
   * @param arguments the columns of the outer side that are the fields of the variable
   */
  private record Inner(RelNode rel, CorrelationId variable, List<Integer> arguments) {
    Inner with(RelNode newRel) {
      return new Inner(newRel, variable, arguments);
    }
  }

  /** A sub-query may be tried as several things; what it is made of is worked out once. */
  private Inner inner(RelNode subQuery) {
    Inner known = inners.get(subQuery);
    if (known == null) {
      known = newInner(subQuery);
      inners.put(subQuery, known);
    }
    return known;
  }

  private Inner newInner(RelNode subQuery) {
    TreeMap<Integer, RelDataType> fields = new TreeMap<>();
    Set<CorrelationId> around = new HashSet<>(outer);
    around.addAll(own);
    if (!around.containsAll(OuterReferences.in(subQuery).keySet())) {
      throw Refusals.notSupported(
          "a sub-query that names a column of a query that does not see it");
    }
    RelNode removed = removal.apply(subQuery, around);
    OuterReferences.replace(
        removed,
        access -> {
          if (isOf(access, own)) {
            fields.merge(access.getField().getIndex(), access.getType(), OuterSide::nullable);
          }
          return null;
        });
    if (!fields.isEmpty() && fields.lastKey() >= width) {
      throw Refusals.notSupported("a sub-query that reads a column of a query that is grouped");
    }
    CorrelationId variable = rel.getCluster().createCorrel();
    List<Integer> arguments = List.copyOf(fields.keySet());
    RelDataTypeFactory.Builder tuple = rel.getCluster().getTypeFactory().builder();
    fields.forEach((field, type) -> tuple.add("$" + field, type));
    RexNode row = rex.makeCorrel(tuple.build(), variable);
    RelNode renamed =
        OuterReferences.replace(
            removed,
            access -> {
              if (!isOf(access, own)) {
                return null;
              }
              int argument = arguments.indexOf(access.getField().getIndex());
              return typed(rex.makeFieldAccess(row, argument), access.getType());
            });
    return new Inner(renamed, variable, arguments);
  }

  /** Of two types of one column, which one reference knows not to be null and another does not. */
  private static RelDataType nullable(RelDataType a, RelDataType b) {
    return a.isNullable() ? a : b;
  }

  private RexNode typed(RexNode node, RelDataType type) {
    return node.getType().equals(type) ? node : rex.makeAbstractCast(type, node, false);
  }

  private static boolean isOf(RexFieldAccess access, Set<CorrelationId> variables) {
    return access.getReferenceExpr() instanceof RexCorrelVariable variable
        && variables.contains(variable.id);
  }

  private PullUp.@Nullable Pulled pulled(Inner inner) {
    return Volatile.in(inner.rel()) ? null : PullUp.of(inner.rel(), inner.variable(), builder);
  }

  /** Returns an expression over an outer row and an inner one as one over the joined row. */
  private RexNode joined(RexNode node, Inner inner, int innerFrom, RelNode row) {
    RexNode moved =
        node.accept(
            new RexShuttle() {
              @Override
              public RexNode visitInputRef(RexInputRef ref) {
                return innerFrom + ref.getIndex() < row.getRowType().getFieldCount()
                    ? rex.makeInputRef(row, innerFrom + ref.getIndex())
                    : new RexInputRef(innerFrom + ref.getIndex(), ref.getType());
              }
            });
    return OuterReferences.replace(
        moved,
        access ->
            isOf(access, Set.of(inner.variable()))
                ? rex.makeInputRef(rel, inner.arguments().get(access.getField().getIndex()))
                : null);
  }

  private RexNode overOuter(RexNode node, Inner inner) {
    return joined(node, inner, 0, rel);
  }

  private boolean isInner(RexNode node, Inner inner) {
    return !OuterReferences.in(node).containsKey(inner.variable());
  }

  /** Joins with another tree; its columns come after those that are there. */
  private void join(RelNode right, List<RexNode> conditions, JoinRelType type) {
    rel =
        LogicalJoin.create(
            rel,
            right,
            List.of(),
            org.apache.calcite.rex.RexUtil.composeConjunction(rex, conditions),
            Set.of(),
            type);
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
    return replace(term);
  }

  private static boolean isMembership(RexSubQuery subQuery) {
    return subQuery.getKind() == SqlKind.IN
        || (subQuery.getKind() == SqlKind.SOME
            && ((SqlQuantifyOperator) subQuery.getOperator()).comparisonKind == SqlKind.EQUALS);
  }

  private boolean exists(RexSubQuery subQuery, boolean negated) {
    Inner inner = inner(subQuery.rel);
    if (RowCounts.isOne(inner.rel())) {
      if (negated) {
        rel = LogicalFilter.create(rel, rex.makeLiteral(false));
      }
      return true;
    }
    PullUp.Pulled pulled = pulled(inner);
    if (pulled == null) {
      return false;
    }
    if (pulled.conditions().isEmpty()) {
      builder
          .push(oneRow(pulled.rel()))
          .project(List.of(rex.makeLiteral(true)), List.of("i"), true);
      join(builder.build(), List.of(), negated ? JoinRelType.ANTI : JoinRelType.INNER);
      return true;
    }
    keepMatches(inner, pulled, List.of(), negated);
    return true;
  }

  private boolean in(RexSubQuery subQuery) {
    Inner inner = inner(subQuery.rel);
    PullUp.Pulled pulled = pulled(inner);
    if (pulled == null || pulled.missing() != null) {
      return false;
    }
    keepMatches(inner, pulled, probes(subQuery), false);
    return true;
  }

  /** Evaluates the left side of a comparison once. */
  private List<Integer> probes(RexSubQuery subQuery) {
    List<Integer> probes = new ArrayList<>();
    for (RexNode operand : subQuery.getOperands()) {
      probes.add(column(replace(operand)));
    }
    return probes;
  }

  /**
   * Keeps the rows that have a match, or have none.
   *
   * @param probes columns that equal the outputs; empty if nothing is compared
   */
  private void keepMatches(
      Inner inner, PullUp.Pulled pulled, List<Integer> probes, boolean negated) {
    Keys keys = negated ? null : keys(inner, pulled, probes);
    if (keys != null) {
      int from = rel.getRowType().getFieldCount();
      RelNode distinct = keys.distinct(pulled.rel(), false);
      join(distinct, keys.conditions(from, distinct), JoinRelType.INNER);
      return;
    }
    join(
        pulled.rel(),
        matches(inner, pulled, probes),
        negated ? JoinRelType.ANTI : JoinRelType.SEMI);
  }

  private List<RexNode> matches(Inner inner, PullUp.Pulled pulled, List<Integer> probes) {
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
              rex.makeInputRef(rel, probes.get(i)),
              joined(pulled.outputs().get(i), inner, from, row)));
    }
    return conditions;
  }

  /** Values of the inner rows that equal values of the outer row, all of them. */
  private final class Keys {
    private final List<SqlOperator> operators = new ArrayList<>();
    private final List<RexNode> inside = new ArrayList<>();
    private final List<RexNode> outside = new ArrayList<>();

    void add(SqlOperator operator, RexNode ofInner, RexNode ofOuter) {
      operators.add(operator);
      inside.add(ofInner);
      outside.add(ofOuter);
    }

    /** Returns the distinct values, with a last column that is true if one is wanted. */
    RelNode distinct(RelNode rows, boolean indicator) {
      builder.push(rows).project(inside, Collections.nCopies(inside.size(), null), true).distinct();
      if (indicator) {
        List<RexNode> columns = new ArrayList<>(builder.fields());
        columns.add(rex.makeLiteral(true));
        builder.project(columns, Collections.nCopies(columns.size(), null), true);
      }
      return builder.build();
    }

    List<RexNode> conditions(int from, RelNode distinct) {
      List<RexNode> conditions = new ArrayList<>();
      for (int i = 0; i < operators.size(); i++) {
        RelDataType type = distinct.getRowType().getFieldList().get(i).getType();
        conditions.add(
            rex.makeCall(operators.get(i), outside.get(i), new RexInputRef(from + i, type)));
      }
      return conditions;
    }
  }

  /** Returns null if anything but an equality decides about a match. */
  private @Nullable Keys keys(Inner inner, PullUp.Pulled pulled, List<Integer> probes) {
    Keys keys = new Keys();
    for (RexNode condition : pulled.conditions()) {
      Equality equality = Equality.in(condition, node -> !isInner(node, inner));
      if (equality == null) {
        return null;
      }
      keys.add(equality.operator(), equality.inner(), overOuter(equality.outer(), inner));
    }
    for (int i = 0; i < probes.size(); i++) {
      RexNode output = pulled.outputs().get(i);
      if (!isInner(output, inner)) {
        return null;
      }
      keys.add(SqlStdOperatorTable.EQUALS, output, rex.makeInputRef(rel, probes.get(i)));
    }
    return keys;
  }

  /** NOT IN is true of no rows; of some it is so where none is equal and none unknown. */
  private boolean notIn(RexSubQuery subQuery) {
    Inner inner = inner(subQuery.rel);
    PullUp.Pulled pulled = pulled(inner);
    if (pulled == null || pulled.missing() != null) {
      return false;
    }
    List<Integer> probes = probes(subQuery);
    boolean nullsInside =
        subQuery.rel.getRowType().getFieldList().stream().anyMatch(f -> f.getType().isNullable());
    boolean nullsOutside =
        subQuery.getOperands().stream().anyMatch(operand -> operand.getType().isNullable());
    if (!nullsInside && !nullsOutside) {
      keepMatches(inner, pulled, probes, true);
      return true;
    }
    if (probes.size() > 1 || !readsByKeys(pulled)) {
      return false;
    }
    keepMatches(inner, pulled, probes, true);
    List<RexNode> terms = new ArrayList<>();
    if (nullsInside) {
      terms.add(rex.makeCall(SqlStdOperatorTable.NOT, existsValue(nullsOf(inner))));
    }
    if (nullsOutside) {
      RexNode none = rex.makeCall(SqlStdOperatorTable.NOT, existsValue(inner));
      RexNode known =
          rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, rex.makeInputRef(rel, probes.get(0)));
      terms.add(rex.makeCall(SqlStdOperatorTable.OR, known, none));
    }
    rel = LogicalFilter.create(rel, org.apache.calcite.rex.RexUtil.composeConjunction(rex, terms));
    return true;
  }

  private Inner nullsOf(Inner inner) {
    RexNode isNull = rex.makeCall(SqlStdOperatorTable.IS_NULL, rex.makeInputRef(inner.rel(), 0));
    return inner.with(LogicalFilter.create(inner.rel(), isNull));
  }

  /** Returns whether the column compared leads to a scan that can be asked for its values. */
  private boolean readsByKeys(PullUp.Pulled pulled) {
    return pulled.outputs().get(0) instanceof RexInputRef ref
        && !CostModel.keyable(pulled.rel(), List.of(ref.getIndex()), CostModel.dependencies(rel))
            .isEmpty();
  }

  /**
   * Returns the value of a sub-query, evaluated once, as an expression over {@link #rel}; it may be
   * known better than the sub-query whether it can be null.
   */
  RexNode value(RexSubQuery subQuery) {
    String key = key(subQuery);
    RexNode known = key == null ? null : values.get(key);
    if (known != null) {
      return known;
    }
    RexNode value = newValue(subQuery);
    if (key != null) {
      values.put(key, value);
    }
    return value;
  }

  /**
   * Returns what a sub-query looks like, whatever the variables that it sets itself are called: COALESCE,
   * for one, has its operand twice. Null if it may differ each time.
   */
  private @Nullable String key(RexSubQuery subQuery) {
    if (Volatile.in(subQuery.rel)) {
      return null;
    }
    Set<String> known = new HashSet<>();
    outer.forEach(id -> known.add(id.getName()));
    own.forEach(id -> known.add(id.getName()));
    Map<String, String> names = new HashMap<>();
    String text =
        subQuery.getOperator()
            + " "
            + subQuery.getOperands()
            + " "
            + RelOptUtil.toString(subQuery.rel, SqlExplainLevel.DIGEST_ATTRIBUTES);
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    known.contains(found.group())
                        ? found.group()
                        : names.computeIfAbsent(found.group(), name -> "$inner" + names.size())));
  }

  private RexNode newValue(RexSubQuery subQuery) {
    return switch (subQuery.getKind()) {
      case EXISTS -> existsValue(inner(subQuery.rel));
      case SCALAR_QUERY -> {
        RexNode constant = constant(inner(subQuery.rel));
        yield constant == null ? scalarValue(inner(subQuery.rel)) : constant;
      }
      case IN -> anyValue(subQuery, SqlKind.EQUALS);
      case SOME ->
          anyValue(subQuery, ((SqlQuantifyOperator) subQuery.getOperator()).comparisonKind);
      case ALL ->
          rex.makeCall(
              SqlStdOperatorTable.NOT,
              anyValue(
                  subQuery,
                  ((SqlQuantifyOperator) subQuery.getOperator()).comparisonKind.negateNullSafe()));
      case ARRAY_QUERY_CONSTRUCTOR, MULTISET_QUERY_CONSTRUCTOR, MAP_QUERY_CONSTRUCTOR -> {
        Inner inner = inner(subQuery.rel);
        yield scalarValue(inner.with(Collect.create(inner.rel(), subQuery.getKind(), "x")));
      }
      default -> throw Refusals.notSupported(subQuery.getKind() + " of a sub-query");
    };
  }

  private RexNode existsValue(Inner inner) {
    if (RowCounts.isOne(inner.rel())) {
      return rex.makeLiteral(true);
    }
    PullUp.Pulled pulled = pulled(inner);
    Keys keys =
        pulled == null || pulled.conditions().isEmpty() ? null : keys(inner, pulled, List.of());
    if (keys != null && pulled != null) {
      return rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, indicator(keys, pulled.rel()));
    }
    return apply(inner.with(oneRow(inner.rel())), Apply.Kind.EXISTS);
  }

  /** Joins with distinct keys; returns a column that is null where there is no match. */
  private RexNode indicator(Keys keys, RelNode rows) {
    int from = rel.getRowType().getFieldCount();
    RelNode distinct = keys.distinct(rows, true);
    join(distinct, keys.conditions(from, distinct), JoinRelType.LEFT);
    return rex.makeInputRef(rel, rel.getRowType().getFieldCount() - 1);
  }

  private RexNode apply(Inner inner, Apply.Kind kind) {
    rel = Apply.of(rel, inner.rel(), inner.variable(), inner.arguments(), kind);
    return rex.makeInputRef(rel, rel.getRowType().getFieldCount() - 1);
  }

  /** Returns the value of {@code (SELECT x)}, which reads no row, or null if it reads some. */
  private @Nullable RexNode constant(Inner inner) {
    if (inner.rel() instanceof Project project
        && project.getInput() instanceof Values values
        && values.getTuples().size() == 1
        && RelOptUtil.InputFinder.bits(project.getProjects(), null).isEmpty()
        && !project.containsOver()) {
      return overOuter(project.getProjects().get(0), inner);
    }
    return null;
  }

  private RexNode scalarValue(Inner inner) {
    PullUp.Pulled pulled = pulled(inner);
    if (pulled == null) {
      return apply(inner, Apply.Kind.SCALAR);
    }
    if (pulled.missing() != null) {
      return total(inner, pulled).get(0);
    }
    if (!pulled.conditions().isEmpty() || !isInner(pulled.outputs().get(0), inner)) {
      return apply(inner, Apply.Kind.SCALAR);
    }
    RelNode rows = pulled.rel();
    boolean one = RowCounts.isOne(rows);
    if (!one && !RowCounts.isOneAtMost(rows)) {
      builder.push(rows).project(pulled.outputs(), List.of("v"), true);
      builder.aggregate(
          builder.groupKey(),
          builder.aggregateCall(SqlStdOperatorTable.SINGLE_VALUE, builder.field(0)));
      rows = builder.build();
      one = true;
    } else {
      builder.push(rows).project(pulled.outputs(), List.of("v"), true);
      rows = builder.build();
    }
    join(rows, List.of(), one ? JoinRelType.INNER : JoinRelType.LEFT);
    return rex.makeInputRef(rel, rel.getRowType().getFieldCount() - 1);
  }

  /** Joins with totals of groups, one of which at most matches; returns the outputs. */
  private List<RexNode> total(Inner inner, PullUp.Pulled pulled) {
    int from = rel.getRowType().getFieldCount();
    List<RexNode> missing = java.util.Objects.requireNonNull(pulled.missing(), "missing");
    List<RexNode> columns = new ArrayList<>(rex.identityProjects(pulled.rel().getRowType()));
    columns.add(rex.makeLiteral(true));
    List<RexNode> conditions = matches(inner, pulled, List.of());
    builder.push(pulled.rel()).project(columns, Collections.nCopies(columns.size(), null), true);
    join(builder.build(), conditions, JoinRelType.LEFT);
    RexNode matched =
        rex.makeCall(
            SqlStdOperatorTable.IS_NOT_NULL,
            rex.makeInputRef(rel, rel.getRowType().getFieldCount() - 1));
    List<RexNode> values = new ArrayList<>();
    for (int i = 0; i < missing.size(); i++) {
      values.add(
          rex.makeCall(
              SqlStdOperatorTable.CASE,
              matched,
              joined(pulled.outputs().get(i), inner, from, rel),
              overOuter(missing.get(i), inner)));
    }
    return values;
  }

  private RexNode anyValue(RexSubQuery subQuery, SqlKind comparison) {
    if (subQuery.getOperands().size() > 1
        && comparison != SqlKind.EQUALS
        && comparison != SqlKind.NOT_EQUALS) {
      throw Refusals.notSupported("a row compared by " + comparison.sql + " with a sub-query");
    }
    Inner inner = inner(subQuery.rel);
    List<Integer> probes = probes(subQuery);
    if (comparison == SqlKind.EQUALS && probes.size() == 1) {
      PullUp.Pulled pulled = pulled(inner);
      if (pulled != null && pulled.missing() == null && readsByKeys(pulled)) {
        Keys keys = keys(inner, pulled, probes);
        if (keys != null) {
          return membership(subQuery, inner, keys, pulled, probes.get(0));
        }
      }
    }
    rel = Apply.any(rel, inner.rel(), inner.variable(), inner.arguments(), comparison, probes);
    return rex.makeInputRef(rel, rel.getRowType().getFieldCount() - 1);
  }

  /** Reads what equals by keys, and asks for nulls and for any row only where these decide. */
  private RexNode membership(
      RexSubQuery subQuery, Inner inner, Keys keys, PullUp.Pulled pulled, int probe) {
    RexNode equal = rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, indicator(keys, pulled.rel()));
    List<RexNode> unknown = new ArrayList<>();
    if (subQuery.rel.getRowType().getFieldList().get(0).getType().isNullable()) {
      unknown.add(existsValue(nullsOf(inner)));
    }
    if (subQuery.getOperands().get(0).getType().isNullable()) {
      unknown.add(
          rex.makeCall(
              SqlStdOperatorTable.AND,
              rex.makeCall(SqlStdOperatorTable.IS_NULL, rex.makeInputRef(rel, probe)),
              existsValue(inner)));
    }
    RexNode otherwise =
        unknown.isEmpty()
            ? rex.makeLiteral(false)
            : rex.makeCall(
                SqlStdOperatorTable.CASE,
                org.apache.calcite.rex.RexUtil.composeDisjunction(rex, unknown),
                rex.makeNullLiteral(subQuery.getType()),
                rex.makeLiteral(false));
    return rex.makeCall(SqlStdOperatorTable.CASE, equal, rex.makeLiteral(true), otherwise);
  }

  /** Appends the columns of a sub-query in FROM, and as many rows as it has; returns the tree. */
  RelNode rows(RelNode subQuery, JoinRelType type) {
    Inner inner = inner(subQuery);
    PullUp.Pulled pulled = pulled(inner);
    boolean plain = type == JoinRelType.INNER || type == JoinRelType.LEFT;
    if (!plain) {
      throw Refusals.notSupported(type + " JOIN LATERAL");
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
    List<RexNode> columns = new ArrayList<>(rex.identityProjects(rel.getRowType()));
    List<String> names = new ArrayList<>(rel.getRowType().getFieldNames());
    names.addAll(subQuery.getRowType().getFieldNames());
    if (pulled.missing() != null) {
      columns.addAll(total(inner, pulled));
    } else {
      join(pulled.rel(), matches(inner, pulled, List.of()), type);
      pulled.outputs().forEach(output -> columns.add(joined(output, inner, from, rel)));
    }
    return LogicalProject.create(
        rel,
        List.of(),
        columns,
        org.apache.calcite.sql.validate.SqlValidatorUtil.uniquify(names, false),
        Set.of());
  }

  /** Limits what is asked for its existence only, so that its reading ends at the first row. */
  private RelNode oneRow(RelNode inner) {
    if (RowCounts.isOneAtMost(inner)) {
      return inner;
    }
    RexNode one = rex.makeExactLiteral(BigDecimal.ONE);
    return inner instanceof Sort sort && sort.fetch instanceof RexLiteral
        ? sort.copy(sort.getTraitSet(), sort.getInput(), sort.getCollation(), sort.offset, one)
        : LogicalSort.create(inner, RelCollations.EMPTY, null, one);
  }
}
