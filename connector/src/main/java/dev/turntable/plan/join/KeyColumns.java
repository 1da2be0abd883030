package dev.turntable.plan.join;

import dev.turntable.plan.scan.SourceScan;
import dev.turntable.plan.scan.TableReferenceView;
import dev.turntable.run.AccessChoice;
import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rex.RexInputRef;

/** Which columns of a tree lead to a scan that can be read by keys. */
public final class KeyColumns {
  private KeyColumns() {}

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

  /** Returns whether keys of all scans of a tree are looked up together before anything is sent. */
  public static boolean areLookedUp(RelNode rel) {
    return rel instanceof SourceScan scan
        ? scan.definition().paths().stream().anyMatch(AccessPath::looksUpKeys)
        : !rel.getInputs().isEmpty() && rel.getInputs().stream().allMatch(KeyColumns::areLookedUp);
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
    TableReferenceView view = scan.view();
    return view == null
        || !AccessChoice.openKeys(scan.definition()).contains(key.name())
        || (view.reference().bound().contains(scan.definition().columns().indexOf(key))
            && !dependent.contains(view.reference().number()));
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
}
