package dev.turntable.plan.subquery;

import dev.turntable.plan.scan.OuterReferences;
import dev.turntable.plan.scan.TreeContents;
import dev.turntable.plan.syntax.UnsupportedStatements;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A sub-query without sub-queries, which names its outer row by one variable.
 *
 * @param arguments the columns of the outer side that are the fields of the variable
 */
record InnerQuery(RelNode rel, CorrelationId variable, List<Integer> arguments) {

  /**
   * Makes one of a sub-query.
   *
   * @param own the variables that stand for its outer row, which has so many columns
   * @param outer the variables of the queries around that
   * @param removal removes the sub-queries of a tree, given the variables around it
   */
  static InnerQuery of(
      RelNode subQuery,
      Set<CorrelationId> own,
      int width,
      Set<CorrelationId> outer,
      BiFunction<RelNode, Set<CorrelationId>, RelNode> removal,
      RexBuilder rex) {
    Set<CorrelationId> around = new HashSet<>(outer);
    around.addAll(own);
    if (!around.containsAll(OuterReferences.in(subQuery).keySet())) {
      throw UnsupportedStatements.notSupported(
          "a sub-query that names a column of a query that does not see it");
    }
    RelNode removed = removal.apply(subQuery, around);
    TreeMap<Integer, RelDataType> fields = fields(removed, own);
    if (!fields.isEmpty() && fields.lastKey() >= width) {
      throw UnsupportedStatements.notSupported(
          "a sub-query that reads a column of a query that is grouped");
    }
    CorrelationId variable = subQuery.getCluster().createCorrel();
    List<Integer> arguments = List.copyOf(fields.keySet());
    RelDataTypeFactory.Builder tuple = rex.getTypeFactory().builder();
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
              return typed(rex.makeFieldAccess(row, argument), access.getType(), rex);
            });
    return new InnerQuery(renamed, variable, arguments);
  }

  private static TreeMap<Integer, RelDataType> fields(RelNode rel, Set<CorrelationId> own) {
    TreeMap<Integer, RelDataType> fields = new TreeMap<>();
    OuterReferences.replace(
        rel,
        access -> {
          if (isOf(access, own)) {
            fields.merge(access.getField().getIndex(), access.getType(), InnerQuery::nullable);
          }
          return null;
        });
    return fields;
  }

  /** Of two types of one column, which one reference knows not to be null and another does not. */
  private static RelDataType nullable(RelDataType a, RelDataType b) {
    return a.isNullable() ? a : b;
  }

  private static RexNode typed(RexNode node, RelDataType type, RexBuilder rex) {
    return node.getType().equals(type) ? node : rex.makeAbstractCast(type, node, false);
  }

  private static boolean isOf(RexFieldAccess access, Set<CorrelationId> variables) {
    return access.getReferenceExpr() instanceof RexCorrelVariable variable
        && variables.contains(variable.id);
  }

  InnerQuery with(RelNode newRel) {
    return new InnerQuery(newRel, variable, arguments);
  }

  /** The same of those rows whose first column is null. */
  InnerQuery nulls() {
    RexBuilder rex = rel.getCluster().getRexBuilder();
    RexNode isNull = rex.makeCall(SqlStdOperatorTable.IS_NULL, rex.makeInputRef(rel, 0));
    return with(LogicalFilter.create(rel, isNull));
  }

  /** Returns whether an access is one to the outer row. */
  boolean isOuter(RexFieldAccess access) {
    return isOf(access, Set.of(variable));
  }

  /** Returns whether an expression does not read the outer row. */
  boolean isInner(RexNode node) {
    return !OuterReferences.in(node).containsKey(variable);
  }

  /** Returns the sub-query without its outer row, or null if it has to run for each. */
  PullUp.@Nullable Pulled pulled(RelBuilder builder) {
    return TreeContents.of(rel).has(TreeContents.Part.VOLATILE)
        ? null
        : PullUp.of(rel, variable, builder);
  }

  /**
   * Returns whether there is a row for whatever outer row.
   *
   * @param pulled what {@link #pulled} has returned
   */
  boolean isNeverEmpty(PullUp.@Nullable Pulled pulled) {
    return RowCounts.isOne(rel) || (pulled != null && pulled.missing() != null);
  }
}
