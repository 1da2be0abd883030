package dev.turntable.plan.scan;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Follows a column of a tree down to the tables that it is a column of.
 *
 * <p>A key <em>enters</em> a reference from outside through whatever keeps all rows of that key: not
 * through a limit, and through groups and windows only by the columns that they are made by. What
 * <em>leaves</em> a reference is any column of it that is handed up as it is.
 */
final class KeyOrigins {
  private final boolean entering;
  private final ImmutableList.Builder<Place> found = ImmutableList.builder();

  private KeyOrigins(boolean entering) {
    this.entering = entering;
  }

  /**
   * A column of a reference.
   *
   * @param column its position in the table
   * @param nullExtended whether a join may put null in its place
   * @param grouped whether there is an aggregate on the way
   */
  record Place(TableReference reference, int column, boolean nullExtended, boolean grouped) {}

  /** Returns the columns of tables that a key for a column of the tree is a key for. */
  static List<Place> entered(RelNode rel, int column) {
    return follow(rel, column, true);
  }

  /** Returns the columns of tables whose values a column of the tree shows. */
  static List<Place> left(RelNode rel, int column) {
    return follow(rel, column, false);
  }

  /** Returns the references that a tree reads. */
  static Set<TableReference> references(RelNode rel) {
    Set<TableReference> references = new LinkedHashSet<>();
    addAll(rel, references);
    return references;
  }

  private static void addAll(RelNode rel, Set<TableReference> references) {
    if (rel instanceof SourceScan scan && scan.view() != null) {
      references.add(scan.view().reference());
    }
    rel.getInputs().forEach(input -> addAll(input, references));
  }

  private static List<Place> follow(RelNode rel, int column, boolean entering) {
    KeyOrigins origins = new KeyOrigins(entering);
    origins.go(rel, column, false, false);
    return origins.found.build();
  }

  private void go(RelNode rel, int column, boolean nullExtended, boolean grouped) {
    if (rel instanceof SourceScan scan) {
      if (scan.view() != null) {
        TableReference reference = scan.view().reference();
        found.add(new Place(reference, scan.columns().get(column), nullExtended, grouped));
      }
    } else if (rel instanceof Project project) {
      RexNode plain = PushedConditions.withoutLosslessCasts(project.getProjects().get(column));
      if (plain instanceof RexInputRef ref
          && (!entering || isPartitionKey(project, ref.getIndex()))) {
        go(project.getInput(), ref.getIndex(), nullExtended, grouped);
      }
    } else if (rel instanceof Filter filter) {
      go(filter.getInput(), column, nullExtended, grouped);
    } else if (rel instanceof Sort sort) {
      if (!entering || (sort.fetch == null && sort.offset == null)) {
        go(sort.getInput(), column, nullExtended, grouped);
      }
    } else if (rel instanceof Aggregate aggregate) {
      if (isInEveryGroupSet(aggregate, column)) {
        go(aggregate.getInput(), aggregate.getGroupSet().nth(column), nullExtended, true);
      }
    } else if (rel instanceof Join join) {
      int width = join.getLeft().getRowType().getFieldCount();
      if (column < width) {
        boolean nulls = join.getJoinType().generatesNullsOnLeft();
        go(join.getLeft(), column, nullExtended || nulls, grouped);
      } else {
        boolean nulls = join.getJoinType().generatesNullsOnRight();
        go(join.getRight(), column - width, nullExtended || nulls, grouped);
      }
    } else if (rel instanceof Correlate correlate) {
      int width = correlate.getLeft().getRowType().getFieldCount();
      if (column < width) {
        go(correlate.getLeft(), column, nullExtended, grouped);
      } else {
        boolean nulls = correlate.getJoinType().generatesNullsOnRight();
        go(correlate.getRight(), column - width, nullExtended || nulls, grouped);
      }
    } else if (rel instanceof SetOp setOp) {
      setOp.getInputs().forEach(input -> go(input, column, nullExtended, grouped));
    }
  }

  private static boolean isInEveryGroupSet(Aggregate aggregate, int column) {
    return column < aggregate.getGroupCount()
        && aggregate.getGroupSets().stream()
            .allMatch(set -> set.get(aggregate.getGroupSet().nth(column)));
  }

  /** Returns whether every window of a projection is made for each value of a column by itself. */
  private static boolean isPartitionKey(Project project, int column) {
    List<ImmutableBitSet> partitions = new ArrayList<>();
    RexVisitorImpl<Void> windows =
        new RexVisitorImpl<>(true) {
          @Override
          public Void visitOver(RexOver over) {
            ImmutableBitSet.Builder keys = ImmutableBitSet.builder();
            for (RexNode key : over.getWindow().partitionKeys) {
              if (PushedConditions.withoutLosslessCasts(key) instanceof RexInputRef ref) {
                keys.set(ref.getIndex());
              }
            }
            partitions.add(keys.build());
            return super.visitOver(over);
          }
        };
    project.getProjects().forEach(node -> node.accept(windows));
    return partitions.stream().allMatch(keys -> keys.get(column));
  }
}
