package dev.turntable.plan.generated;

import dev.turntable.run.Execution;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;

/** Lets rows of generated code pass through something of ours, which sees each of them. */
final class EnumerableWatch extends SingleRel implements EnumerableRel {
  private final Watch watch;

  /** What sees the rows; it hands up the same ones. */
  @FunctionalInterface
  interface Watch {
    Enumerable<Object> of(Enumerable<Object> rows, JavaRowFormat format, Execution execution);
  }

  EnumerableWatch(RelNode input, Watch watch) {
    super(input.getCluster(), input.getTraitSet().replace(EnumerableConvention.INSTANCE), input);
    this.watch = watch;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new EnumerableWatch(inputs.get(0), watch);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
    Result input = implementor.visitChild(this, 0, (EnumerableRel) getInput(), Prefer.ARRAY);
    JavaRowFormat format = input.format;
    return implementor.result(
        input.physType,
        GeneratedRows.through(
            implementor,
            input.block,
            (context, rows) -> watch.of(rows, format, ExecutionContext.execution(context))));
  }
}
