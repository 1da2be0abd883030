package dev.turntable.plan.join;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

  /** Of equal orders the one with the cheaper first input: its answer may serve the others. */
  private static final Comparator<GreedyOrder.Order> CHEAPEST =
      Comparator.comparingDouble((GreedyOrder.Order order) -> order.cost().requests())
          .thenComparingDouble(order -> order.cost().rows())
          .thenComparingDouble(GreedyOrder.Order::first);

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
  public List<JoinStep> steps(Set<Integer> bound, CostModel costs) {
    List<JoinInput> placed = joinInputs(bound, costs);
    GreedyOrder.Order best = null;
    for (int first = 0; first < inputs.size(); first++) {
      double most = best == null ? Double.POSITIVE_INFINITY : best.cost().requests();
      GreedyOrder.Order order = new GreedyOrder(placed, costs).from(first, most);
      if (order != null && (best == null || CHEAPEST.compare(order, best) < 0)) {
        best = order;
      }
    }
    return Objects.requireNonNull(best, "best").steps();
  }

  private List<JoinInput> joinInputs(Set<Integer> bound, CostModel costs) {
    int[] inputOf = new int[width];
    for (int i = 0; i < inputs.size(); i++) {
      for (int column = 0; column < inputs.get(i).getRowType().getFieldCount(); column++) {
        inputOf[start(i) + column] = i;
      }
    }
    List<List<JoinInput.Link>> links = new ArrayList<>();
    inputs.forEach(input -> links.add(new ArrayList<>()));
    for (RexNode condition : conditions) {
      Equality equality = equality(condition);
      if (equality != null) {
        int left = inputOf[equality.left()];
        int right = inputOf[equality.right()];
        links.get(left).add(new JoinInput.Link(equality.left() - start(left), right));
        links.get(right).add(new JoinInput.Link(equality.right() - start(right), left));
      }
    }
    List<JoinInput> result = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      result.add(JoinInput.of(i, inputs.get(i), links.get(i), boundOf(i, bound), costs));
    }
    return result;
  }

  /** Returns those of the columns of the whole join that are columns of an input. */
  private Set<Integer> boundOf(int input, Set<Integer> bound) {
    Set<Integer> inner = new LinkedHashSet<>();
    int columns = inputs.get(input).getRowType().getFieldCount();
    for (int column : bound) {
      if (column >= start(input) && column < start(input) + columns) {
        inner.add(column - start(input));
      }
    }
    return inner;
  }

  /** Two columns of the whole join that are equal. */
  private record Equality(int left, int right) {}

  private static @Nullable Equality equality(RexNode condition) {
    return condition.getKind() == SqlKind.EQUALS
            && ((RexCall) condition).getOperands().get(0) instanceof RexInputRef left
            && ((RexCall) condition).getOperands().get(1) instanceof RexInputRef right
        ? new Equality(left.getIndex(), right.getIndex())
        : null;
  }
}
