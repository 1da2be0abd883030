package dev.turntable.plan.compile;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.turntable.eval.Aggregates;
import dev.turntable.eval.RexCompiler;
import dev.turntable.eval.RowComparator;
import dev.turntable.eval.Uncollects;
import dev.turntable.eval.WindowCompiler;
import dev.turntable.plan.generated.EnumerableCompiler;
import dev.turntable.plan.join.CostModel;
import dev.turntable.plan.join.KeyColumns;
import dev.turntable.plan.scan.Apply;
import dev.turntable.plan.scan.PlanningExecution;
import dev.turntable.plan.scan.ScanRules;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.run.Distinct;
import dev.turntable.run.Execution;
import dev.turntable.run.FilterNode;
import dev.turntable.run.LimitNode;
import dev.turntable.run.ProjectNode;
import dev.turntable.run.RowNode;
import dev.turntable.run.Scalar;
import dev.turntable.run.SetOperation;
import dev.turntable.run.SortNode;
import dev.turntable.run.TopN;
import dev.turntable.run.UnionAll;
import dev.turntable.run.ValuesNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * From a rewritten relational tree to operators. A tree that holds what the operators do not know goes
 * as a whole to {@link EnumerableCompiler}.
 */
public final class RelCompiler {
  /** A limit beyond this is no limit: so many rows are read as if all were. */
  private static final int FEW_ROWS = 1000;

  private final ApplyCompiler applies = new ApplyCompiler(this);
  private final CostModel costs = new CostModel();
  private int nextSlot;
  private int rowsWanted;

  /** Compiles a whole tree. */
  public static Plan compile(RelNode rel) {
    return new RelCompiler().compile(rel, Binding.NONE, true);
  }

  CostModel costs() {
    return costs;
  }

  int newSlot() {
    return nextSlot++;
  }

  /** Returns how many rows a limit above wants of what is being compiled; 0 if there is none. */
  int rowsWanted() {
    return rowsWanted;
  }

  /** Compiles a tree all of whose rows are read, whatever limit there is above. */
  Plan compileWhole(RelNode rel, Binding binding) {
    return compile(rel, binding, false, 0);
  }

  private Plan compile(RelNode rel, Binding binding, boolean feedsResult, int wanted) {
    int before = rowsWanted;
    rowsWanted = wanted;
    try {
      return compile(rel, binding, feedsResult);
    } finally {
      rowsWanted = before;
    }
  }

  private int rowsWanted(Sort sort) {
    if (sort.fetch == null || !(ScanRules.rowsWanted(sort) instanceof RexLiteral rows)) {
      return rowsWanted;
    }
    BigDecimal wanted = RexLiteral.bigDecimalValue(rows);
    return wanted.compareTo(BigDecimal.valueOf(FEW_ROWS)) > 0 ? 0 : wanted.intValue();
  }

  /**
   * Compiles a tree.
   *
   * @param binding output columns that a join binds to keys
   * @param feedsResult whether its rows go straight into the result
   */
  public Plan compile(RelNode rel, Binding binding, boolean feedsResult) {
    Plan kept = applies.kept(rel, binding);
    return kept != null ? kept : compileNode(rel, binding, feedsResult);
  }

  private Plan compileNode(RelNode rel, Binding binding, boolean feedsResult) {
    if (rel instanceof SourceScan scan) {
      return ScanCompiler.compile(scan, binding, feedsResult, List.of());
    }
    if (rel instanceof Project project) {
      return project(project, binding, feedsResult);
    }
    if (rel instanceof Filter filter) {
      Plan input = compile(filter.getInput(), binding, false);
      Scalar condition = RexCompiler.of(rel).compile(filter.getCondition());
      return Plan.of(new FilterNode(input.node(), condition), filter, input);
    }
    if (rel instanceof Aggregate aggregate) {
      return aggregate(aggregate, binding);
    }
    if (rel instanceof Sort sort) {
      return sort(sort, binding, feedsResult);
    }
    if (rel instanceof Join join) {
      return new JoinCompiler(this).compile(join, binding);
    }
    if (rel instanceof Apply apply) {
      return applies.compile(apply, binding);
    }
    if (rel instanceof SuppliedRows rows) {
      return Plan.of(rows.node(), NodeFacts.Other.ROWS_OF_GENERATED_CODE);
    }
    if (rel instanceof SetOp setOp) {
      return setOp(setOp, binding);
    }
    if (rel instanceof Values values) {
      return values(values);
    }
    if (rel instanceof Window window) {
      return window(window);
    }
    if (rel instanceof Uncollect uncollect && Uncollects.supports(uncollect)) {
      Plan input = compile(uncollect.getInput(), Binding.NONE, false);
      return Plan.of(Uncollects.compile(uncollect, input.node()), uncollect, input);
    }
    throw new UnknownNodeException(rel.getRelTypeName());
  }

  private Plan project(Project project, Binding binding, boolean feedsResult) {
    Map<Integer, Integer> columns = new LinkedHashMap<>();
    for (int i = 0; i < project.getProjects().size(); i++) {
      if (project.getProjects().get(i) instanceof RexInputRef ref) {
        columns.put(i, ref.getIndex());
      }
    }
    Plan input = compile(project.getInput(), binding.through(columns), feedsResult);
    return Plan.of(
        new ProjectNode(input.node(), RexCompiler.of(project).compileAll(project.getProjects())),
        project,
        input);
  }

  private Plan aggregate(Aggregate aggregate, Binding binding) {
    if (!Aggregates.supports(aggregate)) {
      throw new UnknownNodeException("aggregate function");
    }
    Map<Integer, Integer> columns = new LinkedHashMap<>();
    for (int i = 0; i < aggregate.getGroupCount(); i++) {
      if (KeyColumns.isGroupKey(aggregate, i)) {
        columns.put(i, aggregate.getGroupSet().nth(i));
      }
    }
    Plan input =
        aggregate.getAggCallList().isEmpty()
            ? compile(aggregate.getInput(), binding.through(columns), false)
            : compileWhole(aggregate.getInput(), binding.through(columns));
    return Plan.of(Aggregates.compile(aggregate, input.node()), aggregate, input);
  }

  private Plan sort(Sort sort, Binding binding, boolean feedsResult) {
    boolean limited = sort.fetch != null || sort.offset != null;
    Binding inner = limited ? Binding.NONE : binding;
    @Nullable Scalar offset = scalar(sort, sort.offset);
    @Nullable Scalar fetch = scalar(sort, sort.fetch);
    if (sort.getCollation().getFieldCollations().isEmpty()) {
      boolean feeds = feedsResult && sort.offset == null; // else the caller takes later rows
      Plan input = compile(sort.getInput(), inner, feeds, rowsWanted(sort));
      return Plan.of(
          new LimitNode(input.node(), offset, fetch), new NodeFacts.OfLimit(sort), input);
    }
    Plan served = ServedOrder.plan(sort, applies::readsForEach, inner, feedsResult);
    if (served != null) {
      return limited
          ? Plan.of(
              new LimitNode(served.node(), offset, fetch), new NodeFacts.OfLimit(sort), served)
          : served;
    }
    Plan first = applies.isOutermost() ? FirstRows.plan(sort, inner) : null;
    Plan input = first == null ? compileWhole(sort.getInput(), inner) : first;
    RowNode node =
        sort.fetch == null
            ? new SortNode(input.node(), comparator(sort))
            : new TopN(input.node(), comparator(sort), offset, requireNonNull(fetch, "fetch"));
    if (sort.fetch == null && offset != null) {
      node = new LimitNode(node, offset, null);
    }
    return Plan.of(node, sort, input);
  }

  private static RowComparator comparator(Sort sort) {
    if (!RowComparator.supports(sort.getCollation(), sort.getRowType())) {
      throw new UnknownNodeException("order");
    }
    return new RowComparator(sort.getCollation(), sort.getRowType());
  }

  static @Nullable Scalar scalar(RelNode rel, @Nullable RexNode node) {
    return node == null ? null : RexCompiler.of(rel).compile(node);
  }

  private Plan setOp(SetOp setOp, Binding binding) {
    Binding inner = setOp instanceof Union ? binding : Binding.NONE;
    List<Plan> inputs = new ArrayList<>();
    setOp.getInputs().forEach(input -> inputs.add(compile(input, inner, false)));
    List<RowNode> nodes = inputs.stream().map(Plan::node).toList();
    RowNode node;
    if (setOp instanceof Union) {
      RowNode all = new UnionAll(nodes);
      node = setOp.all ? all : new Distinct(all);
    } else if (setOp instanceof Intersect) {
      node = new SetOperation(SetOperation.Kind.INTERSECT, setOp.all, nodes);
    } else if (setOp instanceof Minus) {
      node = new SetOperation(SetOperation.Kind.EXCEPT, setOp.all, nodes);
    } else {
      throw new UnknownNodeException(setOp.getRelTypeName());
    }
    return Plan.of(node, setOp, inputs.toArray(new Plan[0]));
  }

  private static Plan values(Values values) {
    RexBuilder builder = values.getCluster().getRexBuilder();
    RexCompiler compiler = new RexCompiler(builder);
    Execution planning = PlanningExecution.execution(Set.of(), 0);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (ImmutableList<RexLiteral> tuple : values.getTuples()) {
      rows.add(
          tuple.stream()
              .map(literal -> compiler.compile(literal).eval(Execution.NO_ROW, planning))
              .toArray());
    }
    return Plan.of(new ValuesNode(rows), values);
  }

  private Plan window(Window window) {
    if (!WindowCompiler.supports(window)) {
      throw new UnknownNodeException("window function");
    }
    Plan input = compileWhole(window.getInput(), Binding.NONE);
    return Plan.of(WindowCompiler.compile(window, input.node()), window, input);
  }
}
