package dev.turntable.plan.subquery;

import dev.turntable.plan.scan.Apply;
import dev.turntable.plan.scan.TreeContents;
import dev.turntable.plan.syntax.UnsupportedStatements;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Collect;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlExplainLevel;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/** Sub-queries whose values are wanted, in all three of logic: they become columns. */
final class SubQueryColumns {
  private static final Pattern VARIABLE = Pattern.compile("\\$cor\\d+");

  private final OuterSide side;
  private final RelBuilder builder;
  private final RexBuilder rex;
  private final Map<String, RexNode> values = new HashMap<>();

  SubQueryColumns(OuterSide side, RelBuilder builder) {
    this.side = side;
    this.builder = builder;
    this.rex = builder.getRexBuilder();
  }

  /** Returns an expression whose sub-queries have been replaced by columns. */
  RexNode replace(RexNode node) {
    return node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            return value(subQuery);
          }
        });
  }

  /**
   * Returns the value of a sub-query, evaluated once, as an expression over the outer side; it may be
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
    boolean differs =
        TreeContents.of(subQuery.rel).has(TreeContents.Part.VOLATILE)
            || !subQuery.getOperands().stream().allMatch(RexUtil::isDeterministic);
    if (differs) {
      return null;
    }
    Set<String> known = side.variables();
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
      case EXISTS -> existsValue(side.inner(subQuery.rel));
      case SCALAR_QUERY -> {
        InnerQuery inner = side.inner(subQuery.rel);
        RexNode constant = constant(inner);
        yield constant == null ? scalarValue(inner) : constant;
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
        InnerQuery inner = side.inner(subQuery.rel);
        yield scalarValue(inner.with(Collect.create(inner.rel(), subQuery.getKind(), "x")));
      }
      default -> throw UnsupportedStatements.notSupported(subQuery.getKind() + " of a sub-query");
    };
  }

  /** Returns whether a sub-query has a row. */
  RexNode existsValue(InnerQuery inner) {
    PullUp.Pulled pulled = inner.pulled(builder);
    if (inner.isNeverEmpty(pulled)) {
      return rex.makeLiteral(true);
    }
    MatchKeys keys =
        pulled == null || pulled.conditions().isEmpty()
            ? null
            : side.matchKeys(inner, pulled, List.of());
    if (keys != null && pulled != null) {
      return rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, indicator(keys, pulled.rel()));
    }
    return side.apply(inner.with(RowCounts.limitedToOne(inner.rel())), Apply.Kind.EXISTS);
  }

  /** Joins with distinct keys; returns a column that is null where there is no match. */
  private RexNode indicator(MatchKeys keys, RelNode rows) {
    int from = side.rel().getRowType().getFieldCount();
    RelNode distinct = keys.distinct(rows, true, builder);
    side.join(distinct, keys.conditions(from, distinct), JoinRelType.LEFT);
    return side.lastColumn();
  }

  /** Returns the value of {@code (SELECT x)}, which reads no row, or null if it reads some. */
  private @Nullable RexNode constant(InnerQuery inner) {
    if (inner.rel() instanceof Project project
        && project.getInput() instanceof Values values
        && values.getTuples().size() == 1
        && RelOptUtil.InputFinder.bits(project.getProjects(), null).isEmpty()
        && !project.containsOver()) {
      return side.overOuter(project.getProjects().get(0), inner);
    }
    return null;
  }

  private RexNode scalarValue(InnerQuery inner) {
    PullUp.Pulled pulled = inner.pulled(builder);
    if (pulled == null) {
      return side.apply(inner, Apply.Kind.SCALAR);
    }
    if (pulled.missing() != null) {
      return total(inner, pulled).get(0);
    }
    if (!pulled.conditions().isEmpty() || !inner.isInner(pulled.outputs().get(0))) {
      return side.apply(inner, Apply.Kind.SCALAR);
    }
    builder.push(pulled.rel()).project(pulled.outputs(), List.of("v"), true);
    boolean one = RowCounts.isOne(pulled.rel());
    if (!one && !RowCounts.isOneAtMost(pulled.rel())) {
      builder.aggregate(
          builder.groupKey(),
          builder.aggregateCall(SqlStdOperatorTable.SINGLE_VALUE, builder.field(0)));
      one = true;
    }
    side.join(builder.build(), List.of(), one ? JoinRelType.INNER : JoinRelType.LEFT);
    return side.lastColumn();
  }

  /** Joins with totals of groups, one of which at most matches; returns the outputs. */
  List<RexNode> total(InnerQuery inner, PullUp.Pulled pulled) {
    int from = side.rel().getRowType().getFieldCount();
    List<RexNode> missing = Objects.requireNonNull(pulled.missing(), "missing");
    List<RexNode> columns = new ArrayList<>(rex.identityProjects(pulled.rel().getRowType()));
    columns.add(rex.makeLiteral(true));
    List<RexNode> conditions = side.matches(inner, pulled, List.of());
    builder.push(pulled.rel()).project(columns, Collections.nCopies(columns.size(), null), true);
    side.join(builder.build(), conditions, JoinRelType.LEFT);
    RexNode matched = rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, side.lastColumn());
    List<RexNode> values = new ArrayList<>();
    for (int i = 0; i < missing.size(); i++) {
      values.add(
          rex.makeCall(
              SqlStdOperatorTable.CASE,
              matched,
              side.joined(pulled.outputs().get(i), inner, from, side.rel()),
              side.overOuter(missing.get(i), inner)));
    }
    return values;
  }

  private RexNode anyValue(RexSubQuery subQuery, SqlKind comparison) {
    if (subQuery.getOperands().size() > 1
        && comparison != SqlKind.EQUALS
        && comparison != SqlKind.NOT_EQUALS) {
      throw UnsupportedStatements.notSupported(
          "a row compared by " + comparison.sql + " with a sub-query");
    }
    InnerQuery inner = side.inner(subQuery.rel);
    List<Integer> probes = side.probes(subQuery);
    if (comparison == SqlKind.EQUALS && probes.size() == 1) {
      PullUp.Pulled pulled = inner.pulled(builder);
      if (pulled != null && pulled.missing() == null && side.readsByKeys(pulled)) {
        MatchKeys keys = side.matchKeys(inner, pulled, probes);
        if (keys != null) {
          return membership(subQuery, inner, keys, pulled, probes.get(0));
        }
      }
    }
    side.set(
        Apply.any(
            side.rel(), inner.rel(), inner.variable(), inner.arguments(), comparison, probes));
    return side.lastColumn();
  }

  /** Reads what equals by keys, and asks for nulls and for any row only where these decide. */
  private RexNode membership(
      RexSubQuery subQuery, InnerQuery inner, MatchKeys keys, PullUp.Pulled pulled, int probe) {
    RexNode equal = rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, indicator(keys, pulled.rel()));
    List<RexNode> unknown = new ArrayList<>();
    if (subQuery.rel.getRowType().getFieldList().get(0).getType().isNullable()) {
      unknown.add(existsValue(inner.nulls()));
    }
    if (subQuery.getOperands().get(0).getType().isNullable()) {
      unknown.add(
          rex.makeCall(
              SqlStdOperatorTable.AND,
              rex.makeCall(SqlStdOperatorTable.IS_NULL, side.ref(probe)),
              existsValue(inner)));
    }
    RexNode otherwise =
        unknown.isEmpty()
            ? rex.makeLiteral(false)
            : rex.makeCall(
                SqlStdOperatorTable.CASE,
                RexUtil.composeDisjunction(rex, unknown),
                rex.makeNullLiteral(subQuery.getType()),
                rex.makeLiteral(false));
    return rex.makeCall(SqlStdOperatorTable.CASE, equal, rex.makeLiteral(true), otherwise);
  }
}
