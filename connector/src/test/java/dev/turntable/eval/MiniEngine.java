package dev.turntable.eval;

import dev.turntable.run.Distinct;
import dev.turntable.run.Execution;
import dev.turntable.run.FilterNode;
import dev.turntable.run.HashJoin;
import dev.turntable.run.JoinCondition;
import dev.turntable.run.JoinType;
import dev.turntable.run.LimitNode;
import dev.turntable.run.Operator;
import dev.turntable.run.RowNode;
import dev.turntable.run.Scalar;
import dev.turntable.run.SetOperation;
import dev.turntable.run.SortNode;
import dev.turntable.run.TopN;
import dev.turntable.run.UnionAll;
import dev.turntable.run.ValuesNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/** Plans straight onto the operators, with the rows of tables in memory. */
final class MiniEngine {
  private final Map<String, List<Object[]>> tables;
  private final RexCompiler compiler;
  private final JoinConditions joins;

  MiniEngine(RexBuilder rexBuilder, Map<String, List<Object[]>> tables) {
    this.tables = tables;
    this.compiler = new RexCompiler(rexBuilder);
    this.joins = new JoinConditions(rexBuilder);
  }

  List<Object[]> run(RelNode plan, Execution execution) {
    List<Object[]> rows = new ArrayList<>();
    try (Operator operator = node(plan).open(execution)) {
      for (Object[] row = operator.next(); row != null; row = operator.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  RowNode node(RelNode rel) {
    if (rel instanceof TableScan scan) {
      return new ValuesNode(tables.get(scan.getTable().getQualifiedName().get(0)));
    }
    if (rel instanceof org.apache.calcite.rel.core.Values values) {
      List<Object[]> rows = new ArrayList<>();
      values.getTuples().forEach(tuple -> rows.add(tuple.stream().map(Literals::value).toArray()));
      return new ValuesNode(rows);
    }
    List<RowNode> inputs = rel.getInputs().stream().map(this::node).toList();
    RowNode input = inputs.get(0);
    if (rel instanceof org.apache.calcite.rel.core.Filter filter) {
      return new FilterNode(input, compiler.compile(filter.getCondition()));
    }
    if (rel instanceof Project project) {
      return new dev.turntable.run.ProjectNode(input, compiler.compileAll(project.getProjects()));
    }
    if (rel instanceof Aggregate aggregate) {
      if (!Aggregates.supports(aggregate)) {
        throw new AssertionError("unsupported " + aggregate);
      }
      return Aggregates.compile(aggregate, input);
    }
    if (rel instanceof Window window) {
      return WindowCompiler.compile(window, input);
    }
    if (rel instanceof Uncollect uncollect) {
      return Uncollects.compile(uncollect, input);
    }
    if (rel instanceof org.apache.calcite.rel.core.Sort sort) {
      return sort(sort, input);
    }
    if (rel instanceof Join join) {
      return join(join, inputs);
    }
    if (rel instanceof SetOp operation) {
      return setOperation(operation, inputs);
    }
    throw new AssertionError("no operator for " + rel);
  }

  private RowNode sort(org.apache.calcite.rel.core.Sort sort, RowNode input) {
    Scalar offset = optional(sort.offset);
    Scalar fetch = optional(sort.fetch);
    if (sort.getCollation().getFieldCollations().isEmpty()) {
      return new LimitNode(input, offset, fetch);
    }
    RowComparator order = new RowComparator(sort.getCollation(), sort.getInput().getRowType());
    if (fetch != null) {
      return new TopN(input, order, offset, fetch);
    }
    RowNode sorted = new SortNode(input, order);
    return offset == null ? sorted : new LimitNode(sorted, offset, null);
  }

  private Scalar optional(RexNode node) {
    return node == null ? null : compiler.compile(node);
  }

  private RowNode join(Join join, List<RowNode> inputs) {
    int leftWidth = join.getLeft().getRowType().getFieldCount();
    int rightWidth = join.getRight().getRowType().getFieldCount();
    JoinCondition condition = joins.compile(join.getCondition(), leftWidth);
    return new HashJoin(
        JoinType.valueOf(join.getJoinType().name()),
        inputs.get(0),
        inputs.get(1),
        condition,
        leftWidth,
        rightWidth);
  }

  private static RowNode setOperation(SetOp operation, List<RowNode> inputs) {
    if (operation instanceof Union) {
      RowNode all = new UnionAll(inputs);
      return operation.all ? all : new Distinct(all);
    }
    if (operation instanceof Intersect) {
      return new SetOperation(SetOperation.Kind.INTERSECT, operation.all, inputs);
    }
    if (operation instanceof Minus) {
      return new SetOperation(SetOperation.Kind.EXCEPT, operation.all, inputs);
    }
    throw new AssertionError("no operator for " + operation);
  }
}
