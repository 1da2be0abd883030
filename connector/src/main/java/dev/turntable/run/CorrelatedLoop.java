package dev.turntable.run;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Runs the right side once per left row, which it may refer to. For what decorrelation leaves.
 *
 * @param left the outer side
 * @param right the inner side
 * @param variable the correlation variable that stands for the left row
 * @param type INNER, LEFT, SEMI or ANTI
 * @param rightWidth the number of columns of the right side
 */
public record CorrelatedLoop(
    RowNode left, RowNode right, String variable, Type type, int rightWidth) implements RowNode {

  /** What becomes of a left row. */
  public enum Type {
    INNER,
    LEFT,
    SEMI,
    ANTI
  }

  @Override
  public Operator open(Execution execution) {
    return new Running(execution);
  }

  private final class Running implements Operator {
    private final Execution execution;
    private final Operator outer;
    private @Nullable Object @Nullable [] row;
    private @Nullable Operator inner;
    private boolean matched;

    Running(Execution execution) {
      this.execution = execution;
      this.outer = left.open(execution);
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      while (true) {
        if (inner == null) {
          row = outer.next();
          if (row == null) {
            return null;
          }
          execution.correlate(variable, row);
          inner = right.open(execution);
          matched = false;
        }
        @Nullable Object[] outerRow = java.util.Objects.requireNonNull(row, "row");
        @Nullable Object[] match = inner.next();
        @Nullable Object[] result = result(outerRow, match);
        if (match == null || type == Type.SEMI || type == Type.ANTI) {
          inner.close();
          inner = null;
        }
        if (result != null) {
          return result;
        }
      }
    }

    private @Nullable Object @Nullable [] result(
        @Nullable Object[] outerRow, @Nullable Object @Nullable [] match) {
      boolean first = !matched;
      matched |= match != null;
      return switch (type) {
        case INNER -> match == null ? null : concat(outerRow, match);
        case LEFT -> {
          if (match != null) {
            yield concat(outerRow, match);
          }
          yield first ? concat(outerRow, new Object[rightWidth]) : null;
        }
        case SEMI -> match != null ? outerRow : null;
        case ANTI -> match == null ? outerRow : null;
      };
    }

    @Override
    public void close() {
      if (inner != null) {
        inner.close();
      }
      outer.close();
    }
  }

  private static @Nullable Object[] concat(@Nullable Object[] left, @Nullable Object[] right) {
    @Nullable Object[] row = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, row, left.length, right.length);
    return row;
  }
}
