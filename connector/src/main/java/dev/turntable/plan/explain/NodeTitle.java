package dev.turntable.plan.explain;

import dev.turntable.plan.compile.NodeFacts;
import dev.turntable.plan.scan.Apply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** The first line of EXPLAIN for a node. */
final class NodeTitle {
  private NodeTitle() {}

  static String of(NodeFacts facts) {
    if (facts instanceof NodeFacts.OfRel node) {
      return rel(node.rel());
    }
    if (facts instanceof NodeFacts.OfScan node) {
      return "Scan " + node.scan().sourceTable();
    }
    if (facts instanceof NodeFacts.OfLimit node) {
      return limit(node.sort());
    }
    if (facts instanceof NodeFacts.OfJoin node) {
      return (node.byKeys() ? "Join by keys " : "Join ") + on(node.on());
    }
    if (facts instanceof NodeFacts.OfSubQuery node) {
      return subQuery(node.apply(), node.repeats());
    }
    return switch ((NodeFacts.Other) facts) {
      case FILTER_OF_JOIN -> "Filter";
      case COLUMN_ORDER -> "Project in the order of the statement";
      case GENERATED_CODE -> "Generated code";
      case ROWS_OF_GENERATED_CODE -> "Rows of generated code";
      case UNTOLD -> "";
    };
  }

  private static String rel(RelNode rel) {
    if (rel instanceof Project) {
      return "Project " + String.join(", ", rel.getRowType().getFieldNames());
    }
    if (rel instanceof Filter filter) {
      return "Filter "
          + text(filter.getCondition(), filter.getInput().getRowType().getFieldNames(), rel);
    }
    if (rel instanceof Aggregate aggregate) {
      return "Aggregate " + aggregate(aggregate);
    }
    if (rel instanceof Sort sort) {
      return "Sort " + order(sort);
    }
    if (rel instanceof SetOp sets) {
      return sets.kind + (sets.all ? " ALL" : "");
    }
    if (rel instanceof Values values) {
      return "Values " + values.getTuples().size() + " rows";
    }
    if (rel instanceof Window window) {
      return "Window " + functions(window);
    }
    if (rel instanceof Uncollect) {
      return "Unnest";
    }
    throw new IllegalArgumentException(rel.getRelTypeName());
  }

  private static String aggregate(Aggregate aggregate) {
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

  private static String functions(Window window) {
    return window.groups.stream()
        .flatMap(group -> group.aggCalls.stream())
        .map(call -> call.getOperator().getName())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String order(Sort sort) {
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

  private static String limit(Sort sort) {
    return (sort.fetch == null ? "" : "Limit " + constant(sort, sort.fetch))
        + (sort.fetch != null && sort.offset != null ? " " : "")
        + (sort.offset == null ? "" : "Offset " + constant(sort, sort.offset));
  }

  private static String constant(Sort sort, @Nullable RexNode node) {
    return node == null ? "" : text(node, List.of(), sort);
  }

  private static String on(NodeFacts.On on) {
    return on instanceof NodeFacts.EqualColumns columns
        ? equal(columns)
        : condition(((NodeFacts.WholeCondition) on).join());
  }

  private static String equal(NodeFacts.EqualColumns columns) {
    List<String> names = columns.names();
    String text =
        columns.pairs().stream()
            .map(pair -> names.get(pair.source) + " = " + names.get(pair.target))
            .collect(Collectors.joining(" AND "));
    return text.isEmpty() ? "" : "on " + text;
  }

  private static String condition(Join join) {
    List<String> names = new ArrayList<>(join.getRowType().getFieldNames());
    if (!join.getJoinType().projectsRight()) {
      names.addAll(join.getRight().getRowType().getFieldNames());
    }
    return join.getJoinType() + " on " + text(join.getCondition(), names, join);
  }

  private static String subQuery(Apply apply, boolean repeats) {
    if (!repeats) {
      return "Sub-query, once per row of the first input";
    }
    if (apply.arguments().isEmpty()) {
      return "Sub-query, once";
    }
    List<String> names = apply.getLeft().getRowType().getFieldNames();
    return "Sub-query, once per distinct "
        + String.join(", ", apply.arguments().stream().map(names::get).toList())
        + " of the first input";
  }

  private static String text(RexNode node, List<String> columns, RelNode of) {
    return ExpressionText.describe(node, columns, of.getCluster().getRexBuilder());
  }
}
