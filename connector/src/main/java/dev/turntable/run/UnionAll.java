package dev.turntable.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of all inputs, one after the other; an input is opened when the one before has ended. */
public record UnionAll(List<RowNode> inputs) implements RowNode {
  public UnionAll {
    inputs = List.copyOf(inputs);
  }

  @Override
  public long mostRows() {
    long sum = 0;
    for (RowNode input : inputs) {
      long rows = input.mostRows();
      if (rows < 0) {
        return -1;
      }
      sum += rows;
    }
    return sum;
  }

  @Override
  public Operator open(Execution execution) {
    return new Operator() {
      private int nextInput;
      private @Nullable Operator current;
      private boolean closed;

      @Override
      public @Nullable Object @Nullable [] next() {
        while (!closed) {
          Operator open = current;
          if (open == null) {
            if (nextInput == inputs.size()) {
              return null;
            }
            open = inputs.get(nextInput++).open(execution);
            current = open;
          }
          Object[] row = open.next();
          if (row != null) {
            return row;
          }
          open.close();
          current = null;
        }
        return null;
      }

      @Override
      public void close() {
        closed = true;
        if (current != null) {
          current.close();
        }
      }
    };
  }
}
