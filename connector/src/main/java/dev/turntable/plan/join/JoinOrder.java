package dev.turntable.plan.join;

import dev.turntable.plan.scan.SourceScan;
import dev.turntable.plan.type.PlannedStatement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of neighbouring inner joins and the order to join them in: the cheapest input drives,
 * every further one is read by the keys of those before it where that costs fewer requests.
 */
public final class JoinOrder {
  private final List<RelNode> inputs = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private final List<RexNode> conditions = new ArrayList<>();
  private int width;

  /**
   * One more input in the order.
   *
   * @param input its position among the inputs
   * @param keyed its columns that are bound to keys of the inputs before it; empty if it is read on
   *     its own
   * @param drivingRows how many rows the inputs before it are expected to give
   */
  public record Step(int input, Set<Integer> keyed, double drivingRows) {}

  /** An order, what it costs, and how many requests its first input takes of that. */
  private record Order(List<Step> steps, CostModel.Cost cost, double first) {}

  /** Of equal orders the one with the cheaper first input: its answer may serve the others. */
  private static final Comparator<Order> CHEAPEST =
      Comparator.comparingDouble((Order order) -> order.cost().requests())
          .thenComparingDouble(order -> order.cost().rows())
          .thenComparingDouble(Order::first);

  private JoinOrder() {}

  public static JoinOrder of(Join join) {
    JoinOrder order = new JoinOrder();
    order.flatten(join);
    return order;
  }

  public List<RelNode> inputs() {
    return inputs;
  }

  /** Returns where the columns of an input begin in the columns of the whole join. */
  public int start(int input) {
    return starts.get(input);
  }

  /** Returns the conjunction over the columns of the whole join. */
  public List<RexNode> conditions() {
    return conditions;
  }

  private void flatten(RelNode rel) {
    if (rel instanceof Join join && join.getJoinType() == JoinRelType.INNER) {
      int offset = width;
      flatten(join.getLeft());
      flatten(join.getRight());
      conditions.addAll(RelOptUtil.conjunctions(RexUtil.shift(join.getCondition(), offset)));
    } else {
      inputs.add(rel);
      starts.add(width);
      width += rel.getRowType().getFieldCount();
    }
  }

  /**
   * Returns the cheapest order found.
   *
   * @param bound columns of the whole join that a join above binds to keys
   */
  public List<Step> steps(Set<Integer> bound) {
    return IntStream.range(0, inputs.size())
        .mapToObj(first -> order(first, bound))
        .min(CHEAPEST)
        .map(Order::steps)
        .orElseThrow();
  }

  private Order order(int first, Set<Integer> bound) {
    List<Step> steps = new ArrayList<>();
    return new Order(steps, build(first, steps, bound), alone(first, bound).requests());
  }

  private CostModel.Cost build(int first, List<Step> steps, Set<Integer> bound) {
    Set<Integer> placed = new LinkedHashSet<>();
    placed.add(first);
    steps.add(new Step(first, Set.of(), 1));
    CostModel.Cost total = alone(first, bound);
    Set<Integer> dependent = new LinkedHashSet<>(CostModel.dependencies(inputs.get(first)));
    while (placed.size() < inputs.size()) {
      Step next = null;
      CostModel.Cost nextCost = null;
      boolean nextLinked = false;
      for (int i = 0; i < inputs.size(); i++) {
        if (placed.contains(i)) {
          continue;
        }
        Set<Integer> links = links(i, placed);
        Set<Integer> keyed = CostModel.keyable(inputs.get(i), List.copyOf(links), dependent);
        CostModel.Cost full = alone(i, bound);
        CostModel.Cost cost = full;
        Step step = new Step(i, Set.of(), total.rows());
        if (!keyed.isEmpty() && full.requests() > 0) {
          CostModel.Cost byKeys = CostModel.of(inputs.get(i), keyed, total.rows());
          cost = CostModel.keyedOrFull(byKeys, full);
          step = new Step(i, keyed, total.rows());
        }
        boolean linked = !links.isEmpty();
        if (nextCost == null
            || cost.requests() < nextCost.requests()
            || (cost.requests() == nextCost.requests() && linked && !nextLinked)) {
          next = step;
          nextCost = cost;
          nextLinked = linked;
        }
      }
      Step chosen = Objects.requireNonNull(next, "next");
      CostModel.Cost added = Objects.requireNonNull(nextCost, "nextCost");
      steps.add(chosen);
      placed.add(chosen.input());
      if (chosen.keyed().isEmpty() || !isOneScan(inputs.get(chosen.input()))) {
        dependent.addAll(CostModel.dependencies(inputs.get(chosen.input())));
      }
      total =
          total.plus(
              added,
              nextLinked
                  ? Math.max(total.rows(), added.rows())
                  : total.rows() * Math.max(1, added.rows()));
    }
    return total;
  }

  private static boolean isOneScan(RelNode rel) {
    return rel instanceof SourceScan || (rel.getInputs().size() == 1 && isOneScan(rel.getInput(0)));
  }

  private CostModel.Cost alone(int input, Set<Integer> bound) {
    if (needsKeys(input)) {
      return new CostModel.Cost(Double.POSITIVE_INFINITY, 1);
    }
    Set<Integer> inner = new LinkedHashSet<>();
    int width = inputs.get(input).getRowType().getFieldCount();
    for (int column : bound) {
      if (column >= start(input) && column < start(input) + width) {
        inner.add(column - start(input));
      }
    }
    return CostModel.of(inputs.get(input), inner, CostModel.BATCH);
  }

  private boolean needsKeys(int input) {
    return conditions.stream()
        .map(JoinOrder::equality)
        .filter(Objects::nonNull)
        .flatMap(equality -> Stream.of(equality.left(), equality.right()))
        .anyMatch(
            column ->
                inputOf(column) == input
                    && CostModel.leadsToInput(inputs.get(input), column - start(input)));
  }

  /** Returns the columns of an input that equal a column of inputs already placed. */
  private Set<Integer> links(int input, Set<Integer> placed) {
    Set<Integer> links = new LinkedHashSet<>();
    for (RexNode condition : conditions) {
      Equality equality = equality(condition);
      if (equality == null) {
        continue;
      }
      int left = inputOf(equality.left());
      int right = inputOf(equality.right());
      if (left == input && placed.contains(right)) {
        links.add(equality.left() - start(input));
      } else if (right == input && placed.contains(left)) {
        links.add(equality.right() - start(input));
      }
    }
    return links;
  }

  /** Two columns of the whole join that are equal. */
  record Equality(int left, int right) {}

  static @Nullable Equality equality(RexNode condition) {
    return condition.getKind() == SqlKind.EQUALS
            && ((RexCall) condition).getOperands().get(0) instanceof RexInputRef left
            && ((RexCall) condition).getOperands().get(1) instanceof RexInputRef right
        ? new Equality(left.getIndex(), right.getIndex())
        : null;
  }

  int inputOf(int column) {
    PlannedStatement.check(); // asked for every pair of inputs and conditions
    int input = 0;
    while (input + 1 < starts.size() && starts.get(input + 1) <= column) {
      input++;
    }
    return input;
  }
}
