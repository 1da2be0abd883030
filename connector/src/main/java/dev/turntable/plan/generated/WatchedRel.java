package dev.turntable.plan.generated;

import dev.turntable.run.Execution;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.function.Function2;
import org.apache.calcite.linq4j.tree.DeclarationStatement;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.ForStatement;
import org.apache.calcite.linq4j.tree.Shuttle;
import org.apache.calcite.linq4j.tree.Statement;
import org.apache.calcite.linq4j.tree.WhileStatement;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.jspecify.annotations.Nullable;

/**
 * Hands on the rows of generated code, and looks with each whether to go on: Calcite's own joins, sorts
 * and recursions do not, but all of them pull rows. The loops in the code itself look too.
 */
final class WatchedRel extends SingleRel implements EnumerableRel {
  private static final Function2<DataContext, Enumerable<Object>, Enumerable<Object>> WATCH =
      WatchedRel::watched;

  private final boolean root;

  private WatchedRel(RelNode input, boolean root) {
    super(input.getCluster(), input.getTraitSet(), input);
    this.root = root;
  }

  /** Returns a tree that ends with its execution. */
  static EnumerableRel of(RelNode rel) {
    return new WatchedRel(withInputs(rel), true);
  }

  private static RelNode withInputs(RelNode rel) {
    List<RelNode> inputs = new ArrayList<>();
    for (RelNode input : rel.getInputs()) {
      // What is no generated code is the table of a recursion, whose rows are all there.
      boolean generated = input instanceof EnumerableRel;
      inputs.add(generated ? new WatchedRel(withInputs(input), false) : input);
    }
    return inputs.isEmpty() ? rel : rel.copy(rel.getTraitSet(), inputs);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new WatchedRel(inputs.get(0), root);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
    Result input = implementor.visitChild(this, 0, (EnumerableRel) getInput(), pref);
    if (root) {
      return new Result(input.block.accept(new Loops()), input.physType, input.format);
    }
    return implementor.result(
        input.physType, GeneratedRows.through(implementor, input.block, WATCH));
  }

  private static Enumerable<Object> watched(DataContext context, Enumerable<Object> rows) {
    Execution execution = ExecutionContext.execution(context);
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<Object> enumerator() {
        return new Watched(rows.enumerator(), execution);
      }
    };
  }

  /** Lets every loop begin with a look. */
  private static final class Loops extends Shuttle {
    private static Statement looking(Statement body) {
      return Expressions.block(
          Expressions.statement(Expressions.call(OwnCalls.class, "check", DataContext.ROOT)), body);
    }

    @Override
    public Statement visit(WhileStatement loop, Expression condition, Statement body) {
      return Expressions.while_(condition, looking(body));
    }

    @Override
    public ForStatement visit(
        ForStatement loop,
        List<DeclarationStatement> declarations,
        @Nullable Expression condition,
        @Nullable Expression post,
        Statement body) {
      return Expressions.for_(declarations, condition, post, looking(body));
    }
  }

  private record Watched(Enumerator<Object> rows, Execution execution)
      implements Enumerator<Object> {
    @Override
    public Object current() {
      return rows.current();
    }

    @Override
    public boolean moveNext() {
      execution.check();
      return rows.moveNext();
    }

    @Override
    public void reset() {
      rows.reset();
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
