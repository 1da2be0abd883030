package dev.turntable.plan;

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
import org.apache.calcite.rel.rules.PruneEmptyRules;
import org.apache.calcite.runtime.ArrayBindable;
import org.apache.calcite.runtime.Bindable;
import org.jspecify.annotations.Nullable;

/**
 * Runs a tree with Calcite's generated code above our scans: slower to start, and the road for what
 * the operators do not know.
 */
final class EnumerableRoad {
  private EnumerableRoad() {}

  /** Returns a planner for trees that are to take this road. */
  static RelOptPlanner planner() {
    VolcanoPlanner planner = new VolcanoPlanner(null, Contexts.of(RelPlanner.CONNECTION_CONFIG));
    planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
    planner.addRelTraitDef(RelCollationTraitDef.INSTANCE);
    RelOptUtil.registerDefaultRules(planner, false, false);
    // Calcite's merge join loses rows where keys are null, and that rule a total of no rows.
    planner.removeRule(EnumerableRules.ENUMERABLE_MERGE_JOIN_RULE);
    planner.removeRule(PruneEmptyRules.AGGREGATE_INSTANCE);
    planner.addRule(EmptyAggregateRule.INSTANCE);
    return planner;
  }

  static Plan compile(RelNode rel) {
    RelOptPlanner planner = rel.getCluster().getPlanner();
    planner.setRoot(
        planner.changeTraits(
            rel, rel.getTraitSet().simplify().replace(EnumerableConvention.INSTANCE)));
    EnumerableRel best = (EnumerableRel) withCalcs(planner.findBestExp());
    Map<String, Object> stash = new LinkedHashMap<>();
    Bindable<?> bindable =
        EnumerableInterpretable.toBindable(stash, null, best, EnumerableRel.Prefer.ARRAY);
    boolean single = rel.getRowType().getFieldCount() == 1 && !(bindable instanceof ArrayBindable);
    RowNode node = execution -> new Running(bindable, stash, execution, single);
    return new Plan(
        node, "Generated code", execution -> List.of(), execution -> List.of(), scans(best));
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
    private @Nullable Enumerator<?> rows;

    Running(Bindable<?> bindable, Map<String, Object> stash, Execution execution, boolean single) {
      this.bindable = bindable;
      this.context = new ExecutionContext(execution, stash);
      execution.expectLimit(); // one in the code does not show among the plans
      this.single = single;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      try {
        return row();
      } catch (RuntimeException | AssertionError e) {
        throw Mishaps.running(e);
      }
    }

    private @Nullable Object @Nullable [] row() {
      Enumerator<?> current = rows;
      if (current == null) {
        current = bindable.bind(context).enumerator();
        rows = current;
      }
      context.execution().scope().ensureOpen();
      if (!current.moveNext()) {
        return null;
      }
      Object row = current.current();
      return single ? new @Nullable Object[] {row} : (Object[]) row;
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
