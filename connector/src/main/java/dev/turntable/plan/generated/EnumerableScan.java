package dev.turntable.plan.generated;

import dev.turntable.plan.compile.Plan;
import dev.turntable.plan.compile.ScanCompiler;
import dev.turntable.plan.scan.ScanNodeFactory;
import dev.turntable.plan.scan.ScanRules;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.run.Execution;
import dev.turntable.run.ScanNode;
import java.util.List;
import java.util.Map;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.util.BuiltInMethod;
import org.jspecify.annotations.Nullable;

/** Our scan below Calcite's generated code. */
public final class EnumerableScan extends TableScan implements EnumerableRel {
  /** Turns a scan into one that generated code can call. */
  private static final RelOptRule RULE =
      ConverterRule.Config.INSTANCE
          .withConversion(
              SourceScan.class,
              Convention.NONE,
              EnumerableConvention.INSTANCE,
              "SourceScanToEnumerable")
          .withRuleFactory(Converter::new)
          .toRule();

  /** Lets a cost-based planner push into scans, and run them. */
  public static final List<RelOptRule> RULES =
      List.of(RULE, ScanRules.FILTER, ScanRules.PROJECT, ScanRules.LIMIT, ScanRules.LIMIT_PROJECT);

  private final SourceScan scan;

  private EnumerableScan(SourceScan scan, RelTraitSet traits) {
    super(scan.getCluster(), traits, List.of(), scan.getTable());
    this.scan = scan;
  }

  private static final class Converter extends ConverterRule {
    Converter(Config config) {
      super(config);
    }

    @Override
    public RelNode convert(RelNode rel) {
      return new EnumerableScan(
          (SourceScan) rel, rel.getTraitSet().replace(EnumerableConvention.INSTANCE));
    }
  }

  Plan plan() {
    return ScanCompiler.plan(scan, node());
  }

  private ScanNode<?> node() {
    return ScanNodeFactory.of(scan, Map.of(), false, List.of());
  }

  @Override
  public RelDataType deriveRowType() {
    return scan.getRowType();
  }

  @Override
  public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
    return new EnumerableScan(scan, traitSet);
  }

  @Override
  public @Nullable RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
    return scan.computeSelfCost(planner, mq);
  }

  @Override
  public double estimateRowCount(RelMetadataQuery mq) {
    return scan.estimateRowCount(mq);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return scan.explainTerms(writer);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
    PhysType type =
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY);
    ScanNode<?> node = node();
    boolean single = type.getFormat() == JavaRowFormat.SCALAR;
    Function1<DataContext, Enumerable<Object>> open = context -> rows(node, context, single);
    Expression function = implementor.stash(open, Function1.class);
    BlockBuilder block = new BlockBuilder();
    block.add(
        Expressions.return_(
            null,
            Expressions.convert_(
                Expressions.call(
                    function,
                    BuiltInMethod.FUNCTION1_APPLY.method,
                    implementor.getRootExpression()),
                Enumerable.class)));
    return implementor.result(type, block.toBlock());
  }

  private Enumerable<Object> rows(ScanNode<?> node, DataContext context, boolean single) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<Object> enumerator() {
        if (context.get(ExecutionContext.EXECUTION) instanceof Execution execution) {
          execution.scope().stepsLeft().expectOthers();
          return new ScanEnumerator(node.open(execution), single, () -> {});
        }
        ForeignExecution foreign = new ForeignExecution(context, scan.sourceTable().newScope());
        return new ScanEnumerator(
            foreign.watched(node.open(foreign.execution())), single, foreign::close);
      }
    };
  }
}
