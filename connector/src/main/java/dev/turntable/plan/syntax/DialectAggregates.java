package dev.turntable.plan.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** JSON aggregates of times, which Calcite's would write as numbers. */
public final class DialectAggregates {
  private DialectAggregates() {}

  /** Returns whether a JSON aggregate is of times. */
  public static boolean hasTimes(Aggregate aggregate) {
    return !times(aggregate).isEmpty();
  }

  private static Set<Integer> times(Aggregate aggregate) {
    Set<Integer> times = new TreeSet<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      if (isJson(call)) {
        int value = call.getArgList().get(call.getArgList().size() - 1);
        RelDataType type = aggregate.getInput().getRowType().getFieldList().get(value).getType();
        if (SqlTypeUtil.isDatetime(type) || SqlTypeUtil.isInterval(type)) {
          times.add(value);
        }
      }
    }
    return times;
  }

  private static boolean isJson(AggregateCall call) {
    SqlKind kind = call.getAggregation().getKind();
    return kind == SqlKind.JSON_ARRAYAGG || kind == SqlKind.JSON_OBJECTAGG;
  }

  /** Returns the aggregate over columns that hold the times as text. */
  public static Aggregate timesAsText(Aggregate aggregate) {
    RelNode input = aggregate.getInput();
    List<RelDataType> types =
        input.getRowType().getFieldList().stream().map(RelDataTypeField::getType).toList();
    RexBuilder builder = aggregate.getCluster().getRexBuilder();
    List<RexNode> columns = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      columns.add(builder.makeInputRef(types.get(i), i));
    }
    List<Integer> moved = new ArrayList<>(times(aggregate));
    for (int time : moved) {
      RexNode json = builder.makeCall(DialectFunctions.get("TO_JSON"), columns.get(time));
      columns.add(builder.makeCall(DialectFunctions.get("JSON_UNQUOTE"), json));
    }
    RelNode project =
        RelFactories.LOGICAL_BUILDER
            .create(aggregate.getCluster(), null)
            .push(input)
            .project(columns)
            .build();
    List<AggregateCall> calls =
        aggregate.getAggCallList().stream().map(call -> moved(call, moved, types.size())).toList();
    return aggregate.copy(
        aggregate.getTraitSet(), project, aggregate.getGroupSet(), aggregate.getGroupSets(), calls);
  }

  private static AggregateCall moved(AggregateCall call, List<Integer> times, int width) {
    if (!isJson(call)) {
      return call;
    }
    List<Integer> arguments = new ArrayList<>(call.getArgList());
    int last = arguments.size() - 1;
    int time = times.indexOf(arguments.get(last));
    if (time >= 0) {
      arguments.set(last, width + time);
    }
    return call.withArgList(arguments);
  }
}
