package dev.turntable.plan.scan;

import dev.turntable.eval.RexCompiler;
import dev.turntable.run.BoundKeys;
import dev.turntable.run.PushedCondition;
import dev.turntable.run.RowsWanted;
import dev.turntable.run.Scalar;
import dev.turntable.run.ScanNode;
import dev.turntable.run.ScanPredicate;
import dev.turntable.source.Ordering;
import dev.turntable.source.TableDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/** Makes the executable scan of a relational one. */
public final class ScanNodeFactory {
  private ScanNodeFactory() {}

  /** A scan to estimate costs with, whose slots are numbered by the columns bound. */
  public static ScanNode<?> of(SourceScan scan, Set<Integer> bound, boolean feedsResult) {
    Map<Integer, Integer> slots = new java.util.LinkedHashMap<>();
    bound.forEach(column -> slots.put(column, column));
    return of(scan, slots, feedsResult, List.of());
  }

  /**
   * A scan to run.
   *
   * @param slots for the columns of the table that a join binds, where the keys are
   * @param feedsResult whether every row goes straight into the result
   * @param order the order that the statement relies on; empty if on none
   */
  public static ScanNode<?> of(
      SourceScan scan, Map<Integer, Integer> slots, boolean feedsResult, List<Ordering> order) {
    return of(scan, scan.definition(), slots, feedsResult, order);
  }

  private static <T> ScanNode<T> of(
      SourceScan scan,
      TableDef<T> table,
      Map<Integer, Integer> slots,
      boolean feedsResult,
      List<Ordering> order) {
    RexBuilder builder = scan.getCluster().getRexBuilder();
    RexCompiler compiler = new RexCompiler(builder);
    PushedConditions.Found found =
        PushedConditions.in(scan.filters(), table, builder, compiler::compile);
    List<PushedCondition> conditions = new ArrayList<>(found.conditions());
    slots.forEach((column, slot) -> conditions.add(PushedCondition.boundBy(column, slot)));
    RexNode predicate = RexUtil.composeConjunction(builder, scan.filters());
    @Nullable Scalar check = predicate.isAlwaysTrue() ? null : compiler.compile(predicate);
    RexNode fetch = scan.fetch();
    TableReferenceView view = scan.view();
    return new ScanNode<>(
        scan.sourceTable().schema(),
        table,
        new ScanPredicate(
            conditions,
            found.premises(),
            check,
            RelOptUtil.InputFinder.bits(predicate).asSet(),
            found.residual()),
        scan.columns(),
        new RowsWanted(fetch == null ? null : compiler.compile(fetch), order, feedsResult),
        view == null ? BoundKeys.BY_CONDITIONS : view.keys());
  }
}
