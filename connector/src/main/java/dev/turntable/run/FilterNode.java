package dev.turntable.run;

import org.jspecify.annotations.Nullable;

/** Rows for which a condition is TRUE. */
public record FilterNode(RowNode input, Scalar condition) implements RowNode {
  @Override
  public Operator open(Execution execution) {
    return new InputOperator(input.open(execution)) {
      @Override
      public @Nullable Object @Nullable [] next() {
        for (Object[] row = input.next(); row != null; row = input.next()) {
          execution.check();
          if (condition.isTrue(row, execution)) {
            return row;
          }
        }
        return null;
      }
    };
  }
}
