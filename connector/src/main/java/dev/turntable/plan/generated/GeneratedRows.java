package dev.turntable.plan.generated;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Function2;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.BlockStatement;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.jspecify.annotations.Nullable;

/** What nodes of ours within generated code have in common. */
final class GeneratedRows {
  private static final Method APPLY =
      Types.lookupMethod(Function2.class, "apply", Object.class, Object.class);

  private GeneratedRows() {}

  /** Returns code that hands the rows of other code to a function of ours, and goes on with its rows. */
  static BlockStatement through(
      EnumerableRelImplementor implementor,
      BlockStatement input,
      Function2<DataContext, Enumerable<Object>, Enumerable<Object>> function) {
    Expression stashed = implementor.stash(function, Function2.class);
    BlockBuilder block = new BlockBuilder();
    Expression rows = block.append("rows", input);
    block.add(
        Expressions.return_(
            null,
            Expressions.convert_(
                Expressions.call(stashed, APPLY, implementor.getRootExpression(), rows),
                Enumerable.class)));
    return block.toBlock();
  }

  /** Returns the columns of a row as generated code holds it. */
  static @Nullable Object[] columns(@Nullable Object row, JavaRowFormat format) {
    return switch (format) {
      case SCALAR -> new @Nullable Object[] {row};
      case LIST -> ((List<?>) Objects.requireNonNull(row)).toArray();
      case ARRAY -> (Object[]) Objects.requireNonNull(row);
      default -> throw new AssertionError(format);
    };
  }
}
