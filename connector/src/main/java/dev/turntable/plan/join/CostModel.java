package dev.turntable.plan.join;

import dev.turntable.plan.scan.ScanCost;
import dev.turntable.plan.scan.SourceScan;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;

/**
 * What the relational trees of a statement cost: first requests, then rows. Remembers what it was
 * asked: every join of a hundred asks what the tree below it costs.
 */
public final class CostModel {
  /** A join hands over so many keys at a time. */
  static final int BATCH = 50;

  private static final double FILTER_SELECTIVITY = 0.3;
  private static final double GROUPS = 0.3;
  private static final double CHOICE_DISCOUNT = 0.9;

  /** The costs of trees on their own. */
  private final IdentityHashMap<RelNode, Cost> costs = new IdentityHashMap<>();

  private final IdentityHashMap<RelNode, Set<Integer>> dependencies = new IdentityHashMap<>();

  /**
   * The cost of a tree.
   *
   * @param requests requests to send, infinite if the tree cannot be run so
   * @param rows rows to come
   */
  public record Cost(double requests, double rows) {
    Cost plus(Cost other, double newRows) {
      return new Cost(requests + other.requests, newRows);
    }
  }

  /** The cost of a tree on its own. */
  public Cost of(RelNode rel) {
    Cost known = costs.get(rel);
    if (known == null) {
      known = compute(rel, Set.of(), 0);
      costs.put(rel, known);
    }
    return known;
  }

  /**
   * The cost of a tree some of whose columns are bound to keys.
   *
   * @param bound output columns
   * @param keys how many keys they are bound to
   */
  public Cost of(RelNode rel, Set<Integer> bound, double keys) {
    return bound.isEmpty() ? of(rel) : compute(rel, bound, keys);
  }

  private Cost compute(RelNode rel, Set<Integer> bound, double keys) {
    if (rel instanceof SourceScan scan) {
      return scan(scan, bound, keys);
    }
    if (rel instanceof Values values) {
      return new Cost(0, values.getTuples().size());
    }
    if (rel instanceof Project project) {
      return of(project.getInput(), throughProject(project, bound), keys);
    }
    if (rel instanceof Filter filter) {
      Cost input = of(filter.getInput(), bound, keys);
      return new Cost(input.requests(), input.rows() * FILTER_SELECTIVITY);
    }
    if (rel instanceof Aggregate aggregate) {
      Cost input = of(aggregate.getInput(), throughAggregate(aggregate, bound), keys);
      double rows = aggregate.getGroupSet().isEmpty() ? 1 : input.rows() * GROUPS;
      return new Cost(input.requests(), Math.max(1, rows));
    }
    if (rel instanceof Sort sort) {
      Cost input = of(sort.getInput(), sort.fetch == null ? bound : Set.of(), keys);
      return new Cost(input.requests(), limited(sort, input.rows()));
    }
    if (rel instanceof Join join) {
      return join(join, bound, keys);
    }
    if (rel instanceof SetOp setOp) {
      return setOp(setOp, setOp instanceof Union ? bound : Set.of(), keys);
    }
    if (rel instanceof Correlate correlate) {
      Cost left = of(correlate.getLeft());
      Cost right = of(correlate.getRight());
      return new Cost(left.requests() + left.rows() * right.requests(), left.rows());
    }
    Cost total = new Cost(0, 0);
    for (RelNode input : rel.getInputs()) {
      Cost cost = of(input);
      total = total.plus(cost, total.rows() + cost.rows());
    }
    return total;
  }

  private static Cost scan(SourceScan scan, Set<Integer> bound, double keys) {
    Set<Integer> columns = new LinkedHashSet<>();
    bound.forEach(column -> columns.add(scan.columns().get(column)));
    int counted = (int) Math.max(1, Math.min(Math.ceil(keys), BATCH));
    ScanCost cost = scan.cost(columns, counted);
    double times = columns.isEmpty() || cost.named() ? 1 : Math.max(1, Math.ceil(keys) / counted);
    return new Cost(cost.requests() * times, cost.rows() * times);
  }

  private static double limited(Sort sort, double rows) {
    return sort.fetch instanceof RexLiteral literal
        ? Math.min(rows, RexLiteral.bigDecimalValue(literal).doubleValue())
        : rows;
  }

  private Cost setOp(SetOp setOp, Set<Integer> bound, double keys) {
    Cost total = new Cost(0, 0);
    for (RelNode input : setOp.getInputs()) {
      Cost cost = of(input, bound, keys);
      total = total.plus(cost, total.rows() + cost.rows());
    }
    return total;
  }

  /** A join is costed left to right, keyed where that is possible and cheaper. */
  private Cost join(Join join, Set<Integer> bound, double keys) {
    int leftWidth = join.getLeft().getRowType().getFieldCount();
    Set<Integer> left = new LinkedHashSet<>();
    Set<Integer> right = new LinkedHashSet<>();
    for (int column : bound) {
      (column < leftWidth ? left : right).add(column < leftWidth ? column : column - leftWidth);
    }
    if (join.getJoinType().generatesNullsOnRight()) {
      right.clear();
    }
    if (join.getJoinType().generatesNullsOnLeft()) {
      left.clear();
    }
    JoinInfo info = join.analyzeCondition();
    Cost driver = of(join.getLeft(), left, keys);
    Cost full = of(join.getRight(), right, keys);
    Set<Integer> keyed =
        KeyColumns.keyable(join.getRight(), info.rightKeys, dependencies(join.getLeft()));
    if (!join.getJoinType().generatesNullsOnLeft() && !keyed.isEmpty()) {
      full = keyedOrFull(of(join.getRight(), keyed, driver.rows()), full);
    }
    return driver.plus(full, Math.max(driver.rows(), full.rows()));
  }

  /**
   * The cost of an input that a join can read by keys or as a whole: which of the two is decided when
   * the keys are known, so having the choice is worth something by itself.
   */
  static Cost keyedOrFull(Cost byKeys, Cost full) {
    return byKeys.requests() <= full.requests()
        ? byKeys
        : new Cost(full.requests() * CHOICE_DISCOUNT, full.rows());
  }

  /** Returns the numbers of the references that the rows of a tree depend on by their keys. */
  public Set<Integer> dependencies(RelNode rel) {
    Set<Integer> known = dependencies.get(rel);
    if (known == null) {
      Set<Integer> found = new LinkedHashSet<>();
      if (rel instanceof SourceScan scan) {
        found.addAll(scan.dependencies());
      }
      rel.getInputs().forEach(input -> found.addAll(dependencies(input)));
      known = Collections.unmodifiableSet(found);
      dependencies.put(rel, known);
    }
    return known;
  }

  private static Set<Integer> throughProject(Project project, Set<Integer> bound) {
    Set<Integer> inner = new LinkedHashSet<>();
    for (int column : bound) {
      if (project.getProjects().get(column) instanceof RexInputRef ref) {
        inner.add(ref.getIndex());
      }
    }
    return inner;
  }

  private static Set<Integer> throughAggregate(Aggregate aggregate, Set<Integer> bound) {
    Set<Integer> inner = new LinkedHashSet<>();
    for (int column : bound) {
      if (KeyColumns.isGroupKey(aggregate, column)) {
        inner.add(aggregate.getGroupSet().nth(column));
      }
    }
    return inner;
  }
}
