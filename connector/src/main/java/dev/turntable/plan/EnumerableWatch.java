package dev.turntable.plan;

import dev.turntable.run.Execution;
import java.lang.reflect.Method;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Function2;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;

/** Lets rows of generated code pass through something of ours, which sees each of them. */
final class EnumerableWatch extends SingleRel implements EnumerableRel {
  private static final Method APPLY =
      Types.lookupMethod(Function2.class, "apply", Object.class, Object.class);

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
    Function2<DataContext, Enumerable<Object>, Enumerable<Object>> seen =
        (context, rows) ->
            watch.of(rows, format, (Execution) context.get(ExecutionContext.EXECUTION));
    BlockBuilder block = new BlockBuilder();
    Expression function = implementor.stash(seen, Function2.class);
    Expression rows = block.append("rows", input.block);
    block.add(
        Expressions.return_(
            null,
            Expressions.convert_(
                Expressions.call(function, APPLY, implementor.getRootExpression(), rows),
                Enumerable.class)));
    return implementor.result(input.physType, block.toBlock());
  }
}
