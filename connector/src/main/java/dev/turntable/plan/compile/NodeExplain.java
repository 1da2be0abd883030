package dev.turntable.plan.compile;

import dev.turntable.plan.scan.ExpressionText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** The lines of EXPLAIN for nodes that send nothing. */
final class NodeExplain {
  private NodeExplain() {}

  static String condition(Filter filter) {
    return ExpressionText.describe(
        filter.getCondition(),
        filter.getInput().getRowType().getFieldNames(),
        filter.getCluster().getRexBuilder());
  }

  static String aggregate(Aggregate aggregate) {
    List<String> names = aggregate.getInput().getRowType().getFieldNames();
    Stream<String> groups = aggregate.getGroupSet().asList().stream().map(names::get);
    Stream<String> calls = aggregate.getAggCallList().stream().map(call -> call(call, names));
    String text = Stream.concat(groups, calls).collect(Collectors.joining(", "));
    return Aggregate.isSimple(aggregate) ? text : text + " by " + sets(aggregate, names);
  }

  private static String sets(Aggregate aggregate, List<String> names) {
    return aggregate.getGroupSets().stream()
        .map(
            set ->
                set.asList().stream().map(names::get).collect(Collectors.joining(", ", "(", ")")))
        .collect(Collectors.joining(", "));
  }

  /** The functions of a window. */
  static String window(Window window) {
    return window.groups.stream()
        .flatMap(group -> group.aggCalls.stream())
        .map(call -> call.getOperator().getName())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String call(AggregateCall call, List<String> names) {
    String arguments =
        call.getArgList().isEmpty()
            ? "*"
            : call.getArgList().stream().map(names::get).collect(Collectors.joining(", "));
    return call.getAggregation().getName()
        + "("
        + (call.isDistinct() ? "DISTINCT " : "")
        + arguments
        + ")"
        + (call.filterArg < 0 ? "" : " FILTER (WHERE " + names.get(call.filterArg) + ")");
  }

  static String order(Sort sort) {
    List<String> names = sort.getRowType().getFieldNames();
    String keys =
        sort.getCollation().getFieldCollations().stream()
            .map(key -> names.get(key.getFieldIndex()) + direction(key))
            .collect(Collectors.joining(", "));
    return "by " + keys + (sort.fetch == null && sort.offset == null ? "" : ", " + limit(sort));
  }

  private static String direction(RelFieldCollation key) {
    boolean descending = key.getDirection().isDescending();
    return (descending ? " DESC" : "")
        + switch (key.nullDirection) {
          case FIRST -> descending ? "" : " NULLS FIRST";
          case LAST -> descending ? " NULLS LAST" : "";
          case UNSPECIFIED -> "";
        };
  }

  static String limit(Sort sort) {
    return (sort.fetch == null ? "" : "Limit " + constant(sort, sort.fetch))
        + (sort.fetch != null && sort.offset != null ? " " : "")
        + (sort.offset == null ? "" : "Offset " + constant(sort, sort.offset));
  }

  private static String constant(RelNode rel, @Nullable RexNode node) {
    return node == null
        ? ""
        : ExpressionText.describe(node, List.of(), rel.getCluster().getRexBuilder());
  }
}
