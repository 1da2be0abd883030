package dev.turntable.plan.validate;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * The arguments of GROUPING, found among the keys. An expression over a key may be NULL in the SELECT
 * list and not in the GROUP BY; Calcite takes the two for different ones, and the argument for no key.
 */
public final class GroupingArguments {
  private GroupingArguments() {}

  /** Returns the calls of an aggregate over a projection, with the keys for equal arguments. */
  public static List<AggregateCall> found(
      RelNode input, ImmutableBitSet keys, List<AggregateCall> calls) {
    return input instanceof Project project
        ? calls.stream().map(call -> found(project, keys, call)).toList()
        : calls;
  }

  private static AggregateCall found(Project project, ImmutableBitSet keys, AggregateCall call) {
    return call.getAggregation().getKind() == SqlKind.GROUPING
        ? call.withArgList(
            call.getArgList().stream().map(argument -> key(project, keys, argument)).toList())
        : call;
  }

  private static int key(Project project, ImmutableBitSet keys, int argument) {
    if (keys.get(argument)) {
      return argument;
    }
    String wanted = text(project, argument);
    return keys.stream()
        .filter(key -> text(project, key).equals(wanted))
        .findFirst()
        .orElse(argument);
  }

  /** Returns an expression without what tells whether it may be NULL. */
  private static String text(Project project, int field) {
    RexNode node = project.getProjects().get(field);
    return RexUtil.removeNullabilityCast(project.getCluster().getTypeFactory(), node)
        .toString()
        .replace(" NOT NULL", "");
  }
}
