package dev.turntable.run;

import dev.turntable.source.Ordering;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How many rows a statement wants of a scan, and in which order.
 *
 * @param fetch how many rows the statement wants at most, or null
 * @param order the order that the statement relies on; empty if on none
 * @param feedsResult whether every row goes straight into the result, so that the row limit of the
 *     caller is one of the scan too
 * @param first which rows are kept of all that are read, or null for all
 */
public record RowsWanted(
    @Nullable Scalar fetch, List<Ordering> order, boolean feedsResult, @Nullable First first) {
  /**
   * The rows that come first are kept, where nulls count as the largest value.
   *
   * @param order the order
   * @param rows how many
   */
  public record First(List<Ordering> order, Scalar rows) {
    public First {
      order = List.copyOf(order);
    }
  }

  public RowsWanted(@Nullable Scalar fetch, List<Ordering> order, boolean feedsResult) {
    this(fetch, order, feedsResult, null);
  }

  public RowsWanted {
    order = List.copyOf(order);
  }

  /** Returns how many of the first rows are kept, if not all are. */
  OptionalLong kept(Execution execution) {
    return first != null && first.rows().eval(Execution.NO_ROW, execution) instanceof Number rows
        ? OptionalLong.of(Math.max(0, rows.longValue()))
        : OptionalLong.empty();
  }

  /** Returns how many rows an execution wants at most, if that is known. */
  OptionalLong atMost(Execution execution) {
    long wanted = Long.MAX_VALUE;
    if (fetch != null && fetch.eval(Execution.NO_ROW, execution) instanceof Number rows) {
      wanted = Math.max(0, rows.longValue());
    }
    if (feedsResult && execution.maxRows() > 0) {
      wanted = Math.min(wanted, execution.maxRows());
    }
    return wanted == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(wanted);
  }
}
