package dev.turntable.plan.subquery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/** Values of the inner rows that equal values of an outer row, all of them, where the two match. */
final class MatchKeys {
  private final List<SqlOperator> operators = new ArrayList<>();
  private final List<RexNode> inside = new ArrayList<>();
  private final List<RexNode> outside = new ArrayList<>();

  private MatchKeys() {}

  /**
   * Returns null if anything but an equality decides about a match.
   *
   * @param overOuter makes expressions of the sub-query such of the outer side
   * @param probes columns of the outer side that equal the outputs; empty if nothing is compared
   */
  static @Nullable MatchKeys of(
      InnerQuery inner,
      PullUp.Pulled pulled,
      UnaryOperator<RexNode> overOuter,
      List<RexNode> probes) {
    MatchKeys keys = new MatchKeys();
    for (RexNode condition : pulled.conditions()) {
      Equality equality = Equality.in(condition, node -> !inner.isInner(node));
      if (equality == null) {
        return null;
      }
      keys.add(equality.operator(), equality.inner(), overOuter.apply(equality.outer()));
    }
    for (int i = 0; i < probes.size(); i++) {
      RexNode output = pulled.outputs().get(i);
      RexNode probe = probes.get(i);
      if (!inner.isInner(output) || !Equality.isOfOneKind(output, probe)) {
        return null;
      }
      keys.add(SqlStdOperatorTable.EQUALS, output, probe);
    }
    return keys;
  }

  private void add(SqlOperator operator, RexNode ofInner, RexNode ofOuter) {
    operators.add(operator);
    inside.add(ofInner);
    outside.add(ofOuter);
  }

  /** Returns the distinct values of rows, with a last column that is true if one is wanted. */
  RelNode distinct(RelNode rows, boolean indicator, RelBuilder builder) {
    builder.push(rows).project(inside, Collections.nCopies(inside.size(), null), true).distinct();
    if (indicator) {
      List<RexNode> columns = new ArrayList<>(builder.fields());
      columns.add(builder.literal(true));
      builder.project(columns, Collections.nCopies(columns.size(), null), true);
    }
    return builder.build();
  }

  /** Returns the condition of a join with them, whose columns begin at some position. */
  List<RexNode> conditions(int from, RelNode distinct) {
    RexBuilder rex = distinct.getCluster().getRexBuilder();
    List<RexNode> conditions = new ArrayList<>();
    for (int i = 0; i < operators.size(); i++) {
      RelDataType type = distinct.getRowType().getFieldList().get(i).getType();
      conditions.add(
          rex.makeCall(operators.get(i), outside.get(i), new RexInputRef(from + i, type)));
    }
    return conditions;
  }
}
