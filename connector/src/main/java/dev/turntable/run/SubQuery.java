package dev.turntable.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sub-query that runs for outer rows, once for all that have the same values in the columns that it
 * uses.
 *
 * @param inner the sub-query
 * @param outer what it uses of outer rows
 * @param repeats whether it gives the same for the same values: then an answer may be kept
 * @param inside what keeps rows from one run to the next; given up with the outermost sub-query
 * @param nested whether it is part of another one, and run by that
 */
public record SubQuery(
    RowNode inner, OuterColumns outer, boolean repeats, List<RowNode> inside, boolean nested) {
  /**
   * What a sub-query uses of outer rows.
   *
   * @param variable the correlation variable that stands for the columns of its own outer row
   * @param arguments these columns
   * @param further what it uses of rows further out, over no row
   */
  public record OuterColumns(String variable, List<Integer> arguments, List<Scalar> further) {
    public OuterColumns {
      arguments = List.copyOf(arguments);
      further = List.copyOf(further);
    }
  }

  public SubQuery {
    inside = List.copyOf(inside);
  }

  /** Returns the values that stand for an outer row. */
  @Nullable Object[] tuple(@Nullable Object[] row) {
    List<Integer> arguments = outer.arguments();
    @Nullable Object[] tuple = new Object[arguments.size()];
    for (int i = 0; i < tuple.length; i++) {
      tuple[i] = row[arguments.get(i)];
    }
    return tuple;
  }

  /** Returns everything that the answer depends on, given the values of the outer row. */
  Tuple dependencies(@Nullable Object[] tuple, Execution execution) {
    List<Scalar> further = outer.further();
    if (further.isEmpty()) {
      return new Tuple(tuple);
    }
    @Nullable Object[] all = java.util.Arrays.copyOf(tuple, tuple.length + further.size());
    for (int i = 0; i < further.size(); i++) {
      all[tuple.length + i] = further.get(i).eval(Execution.NO_ROW, execution);
    }
    return new Tuple(all);
  }

  /** Starts the sub-query for the values of an outer row. */
  Operator open(@Nullable Object[] tuple, Execution execution) {
    execution.outerRow(outer.variable()).set(tuple);
    return inner.open(execution);
  }

  /** Gives up what runs have kept. */
  void close(Execution execution) {
    if (!nested) {
      inside.forEach(execution::giveUp);
    }
  }
}
