package dev.turntable.plan.subquery;

import dev.turntable.plan.scan.Apply;
import dev.turntable.plan.scan.OuterReferences;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes the references to one outer query out of an inner tree, by lifting the conditions that hold
 * them to its top, where they can become the condition of a join. Each step is one that holds for
 * every outer row by itself; what no such step is known for is left to {@link Apply}.
 */
final class PullUp {
  /** Of no rows at all they give null, and COUNT gives 0. Others may do anything. */
  private static final Set<SqlKind> NULL_OF_NOTHING =
      Set.of(
          SqlKind.SUM,
          SqlKind.MIN,
          SqlKind.MAX,
          SqlKind.AVG,
          SqlKind.SINGLE_VALUE,
          SqlKind.ANY_VALUE,
          SqlKind.STDDEV_POP,
          SqlKind.STDDEV_SAMP,
          SqlKind.VAR_POP,
          SqlKind.VAR_SAMP);

  private final CorrelationId variable;
  private final RelBuilder builder;
  private final RexBuilder rex;

  private PullUp(CorrelationId variable, RelBuilder builder) {
    this.variable = variable;
    this.builder = builder;
    this.rex = builder.getRexBuilder();
  }

  /**
   * An inner tree without the variable: for an outer row, it has the rows of {@code rel} that meet the
   * conditions, and of each of them the outputs.
   *
   * @param conditions over the columns of {@code rel} and the fields of the variable
   * @param outputs likewise
   * @param missing what the outputs are, over the fields of the variable, where no row meets the
   *     conditions, which then are equalities that one row at most meets; null if there is no row then
   */
  record Pulled(
      RelNode rel,
      List<RexNode> conditions,
      List<RexNode> outputs,
      @Nullable List<RexNode> missing) {}

  /** Returns null where the tree has to be run for each outer row. */
  static @Nullable Pulled of(RelNode rel, CorrelationId variable, RelBuilder builder) {
    return new PullUp(variable, builder).pull(rel);
  }

  private boolean uses(RelNode rel) {
    return OuterReferences.in(rel).containsKey(variable);
  }

  private boolean uses(RexNode node) {
    return OuterReferences.in(node).containsKey(variable);
  }

  private @Nullable Pulled pull(RelNode rel) {
    if (!uses(rel)) {
      return new Pulled(rel, List.of(), rex.identityProjects(rel.getRowType()), null);
    }
    if (rel instanceof Filter filter) {
      return filter(filter);
    }
    if (rel instanceof Project project) {
      return project(project);
    }
    if (rel instanceof Join join) {
      return join(join);
    }
    if (rel instanceof Aggregate aggregate) {
      return aggregate(aggregate);
    }
    if (rel instanceof Sort sort && sort.fetch == null && sort.offset == null) {
      return pull(sort.getInput());
    }
    return null;
  }

  private @Nullable Pulled filter(Filter filter) {
    Pulled input = pull(filter.getInput());
    if (input == null || input.missing() != null) {
      return null;
    }
    List<RexNode> lifted = new ArrayList<>(input.conditions());
    List<RexNode> kept = new ArrayList<>();
    for (RexNode term : RelOptUtil.conjunctions(filter.getCondition())) {
      RexNode onto = onto(term, input.outputs());
      (uses(onto) ? lifted : kept).add(onto);
    }
    RelNode rel =
        kept.isEmpty()
            ? input.rel()
            : LogicalFilter.create(input.rel(), RexUtil.composeConjunction(rex, kept));
    return new Pulled(rel, lifted, input.outputs(), null);
  }

  private @Nullable Pulled project(Project project) {
    if (RexOver.containsOver(project.getProjects(), null)) {
      return null; // a window sees the rows of one outer row only
    }
    Pulled input = pull(project.getInput());
    if (input == null) {
      return null;
    }
    List<RexNode> missing = input.missing();
    return new Pulled(
        input.rel(),
        input.conditions(),
        onto(project.getProjects(), input.outputs()),
        missing == null ? null : onto(project.getProjects(), missing));
  }

  /** Rows of the left side are what they are without the right one, where they are kept; so with it. */
  private @Nullable Pulled join(Join join) {
    boolean inner = join.getJoinType() == JoinRelType.INNER;
    if (!inner
        && (join.getJoinType() == JoinRelType.RIGHT || join.getJoinType() == JoinRelType.FULL)) {
      return null;
    }
    if (!inner && uses(join.getRight())) {
      return null;
    }
    Pulled left = pull(join.getLeft());
    Pulled right = pull(join.getRight());
    if (left == null || right == null || left.missing() != null || right.missing() != null) {
      return null;
    }
    int width = left.rel().getRowType().getFieldCount();
    List<RexNode> outputs = new ArrayList<>(left.outputs());
    outputs.addAll(RexUtil.shift(right.outputs(), width));
    List<RexNode> lifted = new ArrayList<>(left.conditions());
    lifted.addAll(RexUtil.shift(right.conditions(), width));
    List<RexNode> kept = new ArrayList<>();
    for (RexNode term : RelOptUtil.conjunctions(join.getCondition())) {
      RexNode onto = onto(term, outputs);
      (uses(onto) ? lifted : kept).add(onto);
    }
    if (!inner && lifted.size() > left.conditions().size()) {
      return null;
    }
    RelNode rel =
        LogicalJoin.create(
            left.rel(),
            right.rel(),
            join.getHints(),
            RexUtil.composeConjunction(rex, kept),
            Set.of(),
            join.getJoinType());
    List<RexNode> visible = join.getJoinType().projectsRight() ? outputs : left.outputs();
    return new Pulled(rel, lifted, retyped(visible, rel), null);
  }

  /** An outer join makes columns nullable. */
  private List<RexNode> retyped(List<RexNode> nodes, RelNode rel) {
    return new RexShuttle() {
      @Override
      public RexNode visitInputRef(RexInputRef ref) {
        return rex.makeInputRef(rel, ref.getIndex());
      }
    }.visitList(nodes);
  }

  /**
   * Rows that differ in what is equated with the outer row never meet for one outer row, so that they
   * may be grouped by it.
   */
  private @Nullable Pulled aggregate(Aggregate aggregate) {
    Pulled input = pull(aggregate.getInput());
    if (input == null || input.missing() != null || !Aggregate.isSimple(aggregate)) {
      return null;
    }
    List<RexNode> columns = new ArrayList<>();
    ImmutableBitSet read = read(aggregate);
    for (int i = 0; i < input.outputs().size(); i++) {
      RexNode output = input.outputs().get(i);
      if (!uses(output)) {
        columns.add(output);
      } else if (read.get(i)) {
        return null;
      } else {
        columns.add(rex.makeNullLiteral(output.getType()));
      }
    }
    int width = columns.size();
    List<Equality> equalities = new ArrayList<>();
    for (RexNode condition : input.conditions()) {
      Equality equality = Equality.in(condition, this::uses);
      if (equality == null) {
        return null;
      }
      equalities.add(equality);
      columns.add(equality.inner());
    }
    boolean total = aggregate.getGroupCount() == 0;
    List<RexNode> missing = total ? missing(aggregate) : null;
    if (total && missing == null) {
      return null;
    }
    builder.push(input.rel()).project(columns, Collections.nCopies(columns.size(), null), true);
    List<RelBuilder.AggCall> calls =
        aggregate.getAggCallList().stream().map(builder::aggregateCall).toList();
    ImmutableBitSet keys =
        aggregate.getGroupSet().union(ImmutableBitSet.range(width, columns.size()));
    builder.aggregate(builder.groupKey(keys), calls);
    RelNode rel = builder.build();
    int own = aggregate.getGroupCount();
    List<RexNode> conditions = new ArrayList<>();
    for (int i = 0; i < equalities.size(); i++) {
      conditions.add(equalities.get(i).with(rex.makeInputRef(rel, own + i), rex));
    }
    List<RexNode> outputs = new ArrayList<>();
    for (int i = 0; i < aggregate.getRowType().getFieldCount(); i++) {
      outputs.add(rex.makeInputRef(rel, i < own ? i : i + equalities.size()));
    }
    return new Pulled(rel, conditions, outputs, conditions.isEmpty() ? null : missing);
  }

  private static ImmutableBitSet read(Aggregate aggregate) {
    ImmutableBitSet.Builder read = ImmutableBitSet.builder();
    read.addAll(aggregate.getGroupSet());
    for (AggregateCall call : aggregate.getAggCallList()) {
      call.getArgList().forEach(read::set);
      call.collation.getFieldCollations().forEach(field -> read.set(field.getFieldIndex()));
      if (call.hasFilter()) {
        read.set(call.filterArg);
      }
    }
    return read.build();
  }

  /** Returns the total of no rows, or null if it is not known. */
  private @Nullable List<RexNode> missing(Aggregate aggregate) {
    List<RexNode> values = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      SqlKind kind = call.getAggregation().getKind();
      if (kind == SqlKind.COUNT || kind == SqlKind.SUM0) {
        values.add(rex.makeExactLiteral(java.math.BigDecimal.ZERO, call.getType()));
      } else if (NULL_OF_NOTHING.contains(kind)) {
        values.add(rex.makeNullLiteral(call.getType()));
      } else {
        return null;
      }
    }
    return values;
  }

  private static RexNode onto(RexNode node, List<RexNode> inputs) {
    return node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return inputs.get(ref.getIndex());
          }
        });
  }

  private static List<RexNode> onto(List<RexNode> nodes, List<RexNode> inputs) {
    return nodes.stream().map(node -> onto(node, inputs)).toList();
  }
}
