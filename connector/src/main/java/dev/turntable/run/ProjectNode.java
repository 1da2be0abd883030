package dev.turntable.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One expression per column of the result. */
public record ProjectNode(RowNode input, List<Scalar> expressions) implements RowNode {
  public ProjectNode {
    expressions = List.copyOf(expressions);
  }

  @Override
  public long mostRows() {
    return input.mostRows();
  }

  @Override
  public Operator open(Execution execution) {
    Scalar[] scalars = expressions.toArray(Scalar[]::new);
    return new InputOperator(input.open(execution)) {
      @Override
      public @Nullable Object @Nullable [] next() {
        Object[] row = input.next();
        if (row == null) {
          return null;
        }
        @Nullable Object[] result = new Object[scalars.length];
        for (int i = 0; i < result.length; i++) {
          result[i] = scalars[i].eval(row, execution);
        }
        return result;
      }
    };
  }
}
