package dev.turntable.plan.compile;

import dev.turntable.eval.JoinConditions;
import dev.turntable.eval.RexCompiler;
import dev.turntable.plan.join.CostModel;
import dev.turntable.plan.join.JoinOrder;
import dev.turntable.plan.join.JoinStep;
import dev.turntable.plan.join.JoinTerms;
import dev.turntable.plan.join.KeyColumns;
import dev.turntable.plan.scan.ScanCost;
import dev.turntable.run.FilterNode;
import dev.turntable.run.HashJoin;
import dev.turntable.run.JoinCondition;
import dev.turntable.run.JoinType;
import dev.turntable.run.KeyedJoin;
import dev.turntable.run.KeysOrWhole;
import dev.turntable.run.ProjectNode;
import dev.turntable.run.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/** Compiles joins: finds the side that drives, and reads the other by its keys where that is cheaper. */
final class JoinCompiler {
  private final RelCompiler compiler;

  JoinCompiler(RelCompiler compiler) {
    this.compiler = compiler;
  }

  Plan compile(Join join, Binding binding) {
    return switch (join.getJoinType()) {
      case INNER -> inner(join, binding);
      case LEFT -> outer(join, binding, JoinType.LEFT);
      case SEMI -> outer(join, binding, JoinType.SEMI);
      case ANTI -> outer(join, binding, JoinType.ANTI);
      case RIGHT -> right(join, binding);
      case FULL -> full(join);
      default -> throw new UnknownNodeException("join " + join.getJoinType());
    };
  }

  /** What has been joined so far: a plan and the columns of the whole that its rows hold. */
  private record Joined(Plan plan, List<Integer> columns) {}

  private Plan inner(Join join, Binding binding) {
    JoinOrder order = JoinOrder.of(join);
    List<JoinStep> steps = order.steps(binding.slots().keySet(), compiler.costs());
    List<RexNode> pending = new ArrayList<>(order.conditions());
    RexBuilder builder = join.getCluster().getRexBuilder();
    int first = steps.get(0).input();
    Joined joined = filtered(start(order, first, binding), pending, join);
    for (JoinStep step : steps.subList(1, steps.size())) {
      joined = next(joined, step, order, pending, binding, join);
    }
    List<RexNode> all = new ArrayList<>();
    for (int i = 0; i < join.getRowType().getFieldCount(); i++) {
      all.add(
          builder.makeInputRef(
              join.getRowType().getFieldList().get(i).getType(), joined.columns().indexOf(i)));
    }
    if (RexUtil.isIdentity(all, join.getRowType())) {
      return joined.plan();
    }
    return Plan.of(
        new ProjectNode(joined.plan().node(), RexCompiler.of(join).compileAll(all)),
        NodeFacts.Other.COLUMN_ORDER,
        joined.plan());
  }

  private Joined start(JoinOrder order, int input, Binding binding) {
    RelNode rel = order.inputs().get(input);
    int width = rel.getRowType().getFieldCount();
    Plan plan = compiler.compile(rel, binding.within(order.start(input), width), false);
    return new Joined(plan, range(order.start(input), width));
  }

  /** Applies conditions that need nothing but what has been joined. */
  private static Joined filtered(Joined joined, List<RexNode> pending, Join join) {
    List<RexNode> ready = take(pending, joined.columns());
    if (ready.isEmpty()) {
      return joined;
    }
    RexNode condition = RexUtil.composeConjunction(join.getCluster().getRexBuilder(), ready);
    Scalar check = RexCompiler.of(join).compile(onto(condition, joined.columns()));
    return new Joined(
        Plan.of(
            new FilterNode(joined.plan().node(), check),
            NodeFacts.Other.FILTER_OF_JOIN,
            joined.plan()),
        joined.columns());
  }

  private Joined next(
      Joined left,
      JoinStep step,
      JoinOrder order,
      List<RexNode> pending,
      Binding binding,
      Join join) {
    RelNode rel = order.inputs().get(step.input());
    int start = order.start(step.input());
    int width = rel.getRowType().getFieldCount();
    List<Integer> columns = new ArrayList<>(left.columns());
    columns.addAll(range(start, width));
    List<RexNode> ready = take(pending, columns);
    JoinTerms condition = new JoinTerms(left.columns().size());
    ready.forEach(term -> condition.add(onto(term, columns)));
    KeyedJoin.Joiner joiner = joiner(condition, JoinType.INNER, left.columns().size(), width, join);
    Binding outer = binding.within(start, width);
    Plan plan =
        side(
            left.plan(),
            step.drivingRows(),
            rel,
            condition.keysFor(step.keyed()),
            outer,
            joiner,
            new NodeFacts.EqualColumns(
                condition.equalities(),
                columns.stream().map(join.getRowType().getFieldNames()::get).toList()));
    return new Joined(plan, columns);
  }

  /**
   * Joins what has been joined with one more input.
   *
   * @param drivingRows how many rows the left is expected to have
   * @param keys columns of the input that are read by keys, with the columns of the left that give
   *     them; empty if the input is read as a whole
   */
  private Plan side(
      Plan left,
      double drivingRows,
      RelNode right,
      Map<Integer, Integer> keys,
      Binding outer,
      KeyedJoin.Joiner joiner,
      NodeFacts.On on) {
    if (keys.isEmpty()) {
      Plan whole = compiler.compileWhole(right, outer);
      return Plan.of(
          joiner.join(left.node(), whole.node()), new NodeFacts.OfJoin(on, false), left, whole);
    }
    List<KeyedJoin.Key> slots = new ArrayList<>();
    Map<Integer, Integer> bound = new LinkedHashMap<>();
    keys.forEach(
        (column, leftColumn) -> {
          int slot = compiler.newSlot();
          bound.put(column, slot);
          slots.add(new KeyedJoin.Key(leftColumn, slot));
        });
    int rowsWanted = compiler.rowsWanted();
    CostModel.Cost full = compiler.costs().of(right);
    double perKey = compiler.costs().of(right, bound.keySet(), 1).requests();
    // To choose between the two, the left is read ahead, which a limit may have no use for.
    boolean choosing =
        rowsWanted == 0 || full.requests() <= KeyedJoin.FIRST_BATCH * Math.max(1, perKey);
    boolean orWhole =
        choosing && outer.slots().isEmpty() && full.requests() < ScanCost.BY_KEYS_OF_OTHERS;
    Plan keyed = compiler.compileWhole(right, outer.plus(bound, left.driver(), orWhole));
    return Plan.of(
        new KeyedJoin(
            left.node(),
            keyed.node(),
            slots,
            joiner,
            orWhole ? new KeysOrWhole(full.requests(), perKey, drivingRows) : KeysOrWhole.BY_KEYS,
            new KeyedJoin.Batches(
                rowsWanted == 0
                    ? KeyedJoin.FIRST_BATCH
                    : Math.min(rowsWanted, KeyedJoin.FIRST_BATCH),
                KeyColumns.areLookedUp(right) ? KeyedJoin.LOOKED_UP : KeyedJoin.BATCH)),
        new NodeFacts.OfJoin(on, true),
        left,
        keyed);
  }

  private KeyedJoin.Joiner joiner(
      JoinTerms condition, JoinType type, int leftWidth, int rightWidth, Join join) {
    JoinCondition compiled =
        new JoinConditions(join.getCluster().getRexBuilder())
            .compile(
                RexUtil.composeConjunction(join.getCluster().getRexBuilder(), condition.terms),
                leftWidth);
    return (left, right) -> new HashJoin(type, left, right, compiled, leftWidth, rightWidth);
  }

  private Plan outer(Join join, Binding binding, JoinType type) {
    int leftWidth = join.getLeft().getRowType().getFieldCount();
    int rightWidth = join.getRight().getRowType().getFieldCount();
    Plan left = compiler.compile(join.getLeft(), binding.within(0, leftWidth), false);
    JoinTerms condition = new JoinTerms(leftWidth);
    RelOptUtil.conjunctions(join.getCondition()).forEach(condition::add);
    Set<Integer> keyed =
        KeyColumns.keyable(
            join.getRight(), condition.rightKeys, compiler.costs().dependencies(join.getLeft()));
    double drivingRows = compiler.costs().of(join.getLeft()).rows();
    boolean useKeys = !keyed.isEmpty() && compiler.costs().of(join.getRight()).requests() > 0;
    return side(
        left,
        drivingRows,
        join.getRight(),
        useKeys ? condition.keysFor(keyed) : Map.of(),
        Binding.NONE,
        joiner(condition, type, leftWidth, rightWidth, join),
        new NodeFacts.WholeCondition(join));
  }

  /** A right join is a left join the other way round. */
  private Plan right(Join join, Binding binding) {
    int leftWidth = join.getLeft().getRowType().getFieldCount();
    int rightWidth = join.getRight().getRowType().getFieldCount();
    List<Integer> swapped = new ArrayList<>(range(leftWidth, rightWidth));
    swapped.addAll(range(0, leftWidth));
    Join left =
        join.copy(
            join.getTraitSet(),
            onto(join.getCondition(), swapped),
            join.getRight(),
            join.getLeft(),
            JoinRelType.LEFT,
            false);
    Map<Integer, Integer> columns = new LinkedHashMap<>();
    for (int i = 0; i < swapped.size(); i++) {
      columns.put(swapped.get(i), i);
    }
    Plan plan = outer(left, binding.through(columns), JoinType.LEFT);
    List<RexNode> back = new ArrayList<>();
    for (int i = 0; i < leftWidth + rightWidth; i++) {
      back.add(
          new RexInputRef(swapped.indexOf(i), join.getRowType().getFieldList().get(i).getType()));
    }
    return Plan.of(
        new ProjectNode(plan.node(), RexCompiler.of(join).compileAll(back)),
        NodeFacts.Other.COLUMN_ORDER,
        plan);
  }

  private Plan full(Join join) {
    int leftWidth = join.getLeft().getRowType().getFieldCount();
    Plan left = compiler.compile(join.getLeft(), Binding.NONE, false);
    Plan right = compiler.compile(join.getRight(), Binding.NONE, false);
    JoinTerms condition = new JoinTerms(leftWidth);
    RelOptUtil.conjunctions(join.getCondition()).forEach(condition::add);
    KeyedJoin.Joiner joiner =
        joiner(
            condition,
            JoinType.FULL,
            leftWidth,
            join.getRight().getRowType().getFieldCount(),
            join);
    return Plan.of(
        joiner.join(left.node(), right.node()),
        new NodeFacts.OfJoin(new NodeFacts.WholeCondition(join), false),
        left,
        right);
  }

  private static List<Integer> range(int start, int width) {
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      columns.add(start + i);
    }
    return columns;
  }

  private static List<RexNode> take(List<RexNode> pending, List<Integer> columns) {
    ImmutableBitSet available = ImmutableBitSet.of(columns);
    List<RexNode> ready = new ArrayList<>();
    pending.removeIf(
        term -> {
          boolean isReady = available.contains(RelOptUtil.InputFinder.bits(term));
          if (isReady) {
            ready.add(term);
          }
          return isReady;
        });
    return ready;
  }

  /** Rewrites references to columns of the whole to positions in a list of them. */
  private static RexNode onto(RexNode node, List<Integer> columns) {
    return node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(columns.indexOf(ref.getIndex()), ref.getType());
          }
        });
  }
}
