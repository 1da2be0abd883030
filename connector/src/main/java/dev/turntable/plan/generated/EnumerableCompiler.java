package dev.turntable.plan.generated;

import dev.turntable.eval.CalciteThread;
import dev.turntable.plan.compile.NodeFacts;
import dev.turntable.plan.compile.Plan;
import dev.turntable.plan.error.CalciteErrors;
import dev.turntable.plan.rewrite.EmptyAggregateRule;
import dev.turntable.plan.rewrite.NullableCasts;
import dev.turntable.plan.rewrite.RelPlanner;
import dev.turntable.plan.rewrite.Rewrites;
import dev.turntable.plan.rewrite.RightSideWidening;
import dev.turntable.plan.type.PlannedStatement;
import dev.turntable.run.Execution;
import dev.turntable.run.Operator;
import dev.turntable.run.RowNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableInterpretable;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRules;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.rel.RelCollationTraitDef;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.DateRangeRules;
import org.apache.calcite.rel.rules.PruneEmptyRules;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.runtime.ArrayBindable;
import org.apache.calcite.runtime.Bindable;
import org.jspecify.annotations.Nullable;

/**
 * Runs a tree with Calcite's generated code above our scans: slower to start, and the way to run what
 * the operators do not know.
 */
public final class EnumerableCompiler {
  private EnumerableCompiler() {}

  /** Returns a planner for trees that run this way. */
  public static RelOptPlanner planner() {
    VolcanoPlanner planner =
        new VolcanoPlanner(null, Contexts.of(RelPlanner.CONNECTION_CONFIG)) {
          @Override
          public void checkCancel() {
            PlannedStatement.check();
          }
        };
    planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
    planner.addRelTraitDef(RelCollationTraitDef.INSTANCE);
    RelOptUtil.registerDefaultRules(planner, false, false);
    // Calcite's merges lose rows, that of joins where keys are null, and that rule a total of no
    // rows.
    planner.removeRule(EnumerableRules.ENUMERABLE_MERGE_JOIN_RULE);
    planner.removeRule(EnumerableRules.ENUMERABLE_MERGE_UNION_RULE);
    planner.removeRule(PruneEmptyRules.AGGREGATE_INSTANCE);
    // Takes a total, which is a row of no rows too, for its input.
    planner.removeRule(CoreRules.PROJECT_TO_SEMI_JOIN);
    // Leaves a visitor of its own in the caller's thread.
    planner.removeRule(DateRangeRules.FILTER_INSTANCE);
    planner.addRule(EmptyAggregateRule.INSTANCE);
    planner.addRule(EnumerableApply.RULE);
    EnumerableScan.RULES.forEach(planner::addRule);
    return planner;
  }

  public static Plan compile(RelNode tree) {
    DivergentCalls.refuse(tree);
    RelNode rel = RightSideWidening.in(ApplyOver.in(RecursionTable.in(tree)));
    RelOptPlanner planner = rel.getCluster().getPlanner();
    Map<String, Object> stash = new LinkedHashMap<>();
    RelNode own = OwnCalls.in(settled(rel), stash);
    int[] picked = picked(own);
    RelNode root = picked == null ? own : own.getInput(0);
    planner.setRoot(
        planner.changeTraits(
            root, root.getTraitSet().simplify().replace(EnumerableConvention.INSTANCE)));
    EnumerableRel best =
        (EnumerableRel) GeneratedMemory.in(withCalcs(NullableCasts.in(planner.findBestExp())));
    Bindable<?> bindable =
        EnumerableInterpretable.toBindable(
            stash, null, WatchedRel.of(best), EnumerableRel.Prefer.ARRAY);
    boolean single = root.getRowType().getFieldCount() == 1 && !(bindable instanceof ArrayBindable);
    RowNode node = execution -> new Running(bindable, stash, execution, single, picked);
    return Plan.of(node, NodeFacts.Other.GENERATED_CODE, scans(best).toArray(new Plan[0]));
  }

  /**
   * Returns which columns of the rows below are those of the result, where the result is ordered by a
   * column that is not among them, else null. The planner keeps an order only of what it is asked for,
   * so it is asked for that column too.
   */
  private static int @Nullable [] picked(RelNode rel) {
    if (!(rel instanceof Project project)
        || !(project.getInput() instanceof Sort sort)
        || sort.getCollation().getFieldCollations().isEmpty()
        || !project.getProjects().stream().allMatch(RexInputRef.class::isInstance)) {
      return null;
    }
    return project.getProjects().stream().mapToInt(ref -> ((RexInputRef) ref).getIndex()).toArray();
  }

  private static RelNode settled(RelNode rel) {
    HepPlanner planner = new HepPlanner(Rewrites.settling());
    planner.setRoot(rel);
    return planner.findBestExp();
  }

  /** Only a calc makes code: a projection or a filter as it stands has no implementation. */
  private static RelNode withCalcs(RelNode best) {
    HepPlanner planner =
        new HepPlanner(HepProgram.builder().addRuleCollection(RelOptRules.CALC_RULES).build());
    planner.setRoot(best);
    return planner.findBestExp();
  }

  private static List<Plan> scans(RelNode rel) {
    List<Plan> plans = new ArrayList<>();
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        if (node instanceof EnumerableScan scan) {
          plans.add(scan.plan());
        } else if (node instanceof EnumerableApply apply) {
          plans.add(apply.plan());
        }
        super.visit(node, ordinal, parent);
      }
    }.go(rel);
    return plans;
  }

  private static final class Running implements Operator {
    private final Bindable<?> bindable;
    private final ExecutionContext context;
    private final boolean single;
    private final int @Nullable [] picked;
    private @Nullable Enumerator<?> rows;

    Running(
        Bindable<?> bindable,
        Map<String, Object> stash,
        Execution execution,
        boolean single,
        int @Nullable [] picked) {
      this.bindable = bindable;
      this.context = new ExecutionContext(execution, stash);
      execution.expectLimit(); // one in the code does not show among the plans
      this.single = single;
      this.picked = picked;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      try {
        return row();
      } catch (RuntimeException | AssertionError e) {
        throw CalciteErrors.running(e);
      } finally {
        CalciteThread.ran();
      }
    }

    private @Nullable Object @Nullable [] row() {
      Enumerator<?> current = rows;
      if (current == null) {
        current = bindable.bind(context).enumerator();
        rows = current;
      }
      context.execution().check();
      if (!current.moveNext()) {
        return null;
      }
      Object row = current.current();
      @Nullable Object[] columns = single ? new @Nullable Object[] {row} : (Object[]) row;
      return picked == null ? columns : picked(columns, picked);
    }

    private static @Nullable Object[] picked(@Nullable Object[] row, int[] columns) {
      @Nullable Object[] result = new @Nullable Object[columns.length];
      for (int i = 0; i < columns.length; i++) {
        result[i] = row[columns[i]];
      }
      return result;
    }

    @Override
    public void close() {
      if (rows != null) {
        rows.close();
        rows = null;
      }
    }
  }
}
