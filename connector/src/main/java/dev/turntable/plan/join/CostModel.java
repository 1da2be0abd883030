package dev.turntable.plan.join;

import dev.turntable.plan.scan.ReferenceView;
import dev.turntable.plan.scan.ScanCost;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.run.AccessChoice;
import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import java.util.LinkedHashSet;
import java.util.List;
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
 * What a relational tree costs: first requests, then rows. Also knows which columns of a tree lead to
 * a scan that can be read by keys.
 */
public final class CostModel {
  /** A join hands over so many keys at a time. */
  static final int BATCH = 50;

  private static final double FILTER_SELECTIVITY = 0.3;
  private static final double GROUPS = 0.3;
  private static final double CHOICE_DISCOUNT = 0.9;

  private CostModel() {}

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
  public static Cost of(RelNode rel) {
    return of(rel, Set.of(), 0);
  }

  /**
   * The cost of a tree some of whose columns are bound to keys.
   *
   * @param bound output columns
   * @param keys how many keys they are bound to
   */
  public static Cost of(RelNode rel, Set<Integer> bound, double keys) {
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

  private static Cost setOp(SetOp setOp, Set<Integer> bound, double keys) {
    Cost total = new Cost(0, 0);
    for (RelNode input : setOp.getInputs()) {
      Cost cost = of(input, bound, keys);
      total = total.plus(cost, total.rows() + cost.rows());
    }
    return total;
  }

  /** A join is costed left to right, keyed where that is possible and cheaper. */
  private static Cost join(Join join, Set<Integer> bound, double keys) {
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
    Set<Integer> keyed = keyable(join.getRight(), info.rightKeys, dependencies(join.getLeft()));
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

  /**
   * Returns those of some columns that lead to a scan which can be read by keys of other references.
   *
   * @param dependent the numbers of references that the other side depends on: no key returns to one
   *     that it came through
   */
  public static Set<Integer> keyable(RelNode rel, List<Integer> columns, Set<Integer> dependent) {
    Set<Integer> result = new LinkedHashSet<>();
    for (int column : columns) {
      if (leadsToKey(rel, column, dependent)) {
        result.add(column);
      }
    }
    return result;
  }

  private static boolean leadsToKey(RelNode rel, int column, Set<Integer> dependent) {
    return leads(
        rel,
        column,
        (scan, path, key) ->
            (path.keys().contains(key.name()) || path.serves().containsKey(key.name()))
                && takesKeys(scan, key, dependent));
  }

  private static boolean takesKeys(SourceScan scan, Column<?> key, Set<Integer> dependent) {
    ReferenceView view = scan.view();
    return view == null
        || !AccessChoice.openKeys(scan.definition()).contains(key.name())
        || (view.reference().bound().contains(scan.definition().columns().indexOf(key))
            && !dependent.contains(view.reference().number()));
  }

  /** Returns the numbers of the references that the rows of a tree depend on by their keys. */
  public static Set<Integer> dependencies(RelNode rel) {
    Set<Integer> result = new LinkedHashSet<>();
    if (rel instanceof SourceScan scan) {
      result.addAll(scan.dependencies());
    }
    rel.getInputs().forEach(input -> result.addAll(dependencies(input)));
    return result;
  }

  /**
   * Returns whether a column leads to a key that may be null: then it is an input of the service, and
   * is null in the rows unless it was given. A join on it must give it.
   */
  static boolean leadsToInput(RelNode rel, int column) {
    return leads(
        rel, column, (scan, path, key) -> key.nullable() && path.keys().contains(key.name()));
  }

  /** Looks at one way to read a table by a column. */
  @FunctionalInterface
  private interface KeyTest {
    boolean test(SourceScan scan, AccessPath<?> path, Column<?> key);
  }

  private static boolean leads(RelNode rel, int column, KeyTest test) {
    if (rel instanceof SourceScan scan) {
      Column<?> found = scan.definition().columns().get(scan.columns().get(column));
      return scan.fetch() == null
          && scan.definition().paths().stream().anyMatch(path -> test.test(scan, path, found));
    }
    if (rel instanceof Project project) {
      return project.getProjects().get(column) instanceof RexInputRef ref
          && leads(project.getInput(), ref.getIndex(), test);
    }
    if (rel instanceof Filter filter) {
      return leads(filter.getInput(), column, test);
    }
    if (rel instanceof Aggregate aggregate) {
      return isGroupKey(aggregate, column)
          && leads(aggregate.getInput(), aggregate.getGroupSet().nth(column), test);
    }
    if (rel instanceof Sort sort) {
      return sort.fetch == null && sort.offset == null && leads(sort.getInput(), column, test);
    }
    if (rel instanceof Union union) {
      return union.getInputs().stream().allMatch(input -> leads(input, column, test));
    }
    if (rel instanceof Join join) {
      int leftWidth = join.getLeft().getRowType().getFieldCount();
      return column < leftWidth
          ? !join.getJoinType().generatesNullsOnLeft() && leads(join.getLeft(), column, test)
          : !join.getJoinType().generatesNullsOnRight()
              && leads(join.getRight(), column - leftWidth, test);
    }
    return false;
  }

  public static boolean isGroupKey(Aggregate aggregate, int column) {
    return aggregate.getGroupType() == Aggregate.Group.SIMPLE && column < aggregate.getGroupCount();
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
      if (isGroupKey(aggregate, column)) {
        inner.add(aggregate.getGroupSet().nth(column));
      }
    }
    return inner;
  }
}
