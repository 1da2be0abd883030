package dev.turntable.run;

import org.jspecify.annotations.Nullable;

/**
 * Some rows of the input, in its order; the input is closed as soon as no more are wanted.
 *
 * @param offset how many rows to leave out, or null for none
 * @param fetch how many rows to return at most, or null for all
 */
public record LimitNode(RowNode input, @Nullable Scalar offset, @Nullable Scalar fetch)
    implements RowNode {
  @Override
  public Operator open(Execution execution) {
    long skip = Bounds.value(offset, 0, "OFFSET", execution);
    long max = Bounds.value(fetch, Long.MAX_VALUE, "FETCH", execution);
    return new InputOperator(input.open(execution)) {
      private long toSkip = skip;
      private long left = max;

      @Override
      public @Nullable Object @Nullable [] next() {
        if (left == 0) {
          input.close();
          return null;
        }
        for (; toSkip > 0; toSkip--) {
          if (input.next() == null) {
            left = 0;
            return null;
          }
        }
        Object[] row = input.next();
        left = row == null ? 0 : left - 1;
        if (left == 0) {
          input.close();
        }
        return row;
      }
    };
  }
}
