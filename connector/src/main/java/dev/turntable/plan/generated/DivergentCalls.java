package dev.turntable.plan.generated;

import dev.turntable.eval.GroupCounts;
import dev.turntable.plan.validate.Convertlets;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** What Calcite's generated code answers otherwise than the operators, and so must not be asked. */
final class DivergentCalls extends RelVisitor {
  private DivergentCalls() {}

  /**
   * Refuses a tree that holds such a thing.
   *
   * @throws TurntableException as {@link ErrorKind#UNSUPPORTED}
   */
  static void refuse(RelNode tree) {
    new DivergentCalls().go(tree);
  }

  @Override
  public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
    if (node instanceof Window window
        && window.groups.stream().anyMatch(group -> hasForeignFrame(window, group))) {
      throw unsupported("a frame of GROUPS, or of RANGE with a distance,");
    }
    if (node instanceof Aggregate aggregate
        && aggregate.getAggCallList().stream()
            .anyMatch(call -> Convertlets.SPREADS.contains(call.getAggregation().getKind()))) {
      // Of whole numbers it computes them in whole numbers, and of one row some are 0.
      throw unsupported("a variance, deviation or covariance");
    }
    if (node instanceof Aggregate aggregate
        && aggregate.getAggCallList().stream().anyMatch(call -> isOtherArray(aggregate, call))) {
      throw unsupported("an array of no rows");
    }
    super.visit(node, ordinal, parent);
  }

  /** Of no rows it makes an empty array, where ours is NULL. */
  private static boolean isOtherArray(Aggregate aggregate, AggregateCall call) {
    SqlKind kind = call.getAggregation().getKind();
    return (kind == SqlKind.ARRAY_AGG || kind == SqlKind.ARRAY_CONCAT_AGG)
        && (aggregate.getGroupCount() == 0 || call.hasFilter());
  }

  /** Of distances, it reads NULLs and descending keys otherwise. */
  private static boolean hasForeignFrame(Window window, Window.Group group) {
    boolean counts = group.lowerBound.getOffset() != null || group.upperBound.getOffset() != null;
    return counts && (!group.isRows || GroupCounts.in(window, group));
  }

  private static TurntableException unsupported(String what) {
    return new TurntableException(
        ErrorKind.UNSUPPORTED,
        what
            + " is not supported in a statement that only generated code can run; put it into a"
            + " statement of its own");
  }
}
