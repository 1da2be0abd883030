package dev.turntable.run;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The first rows in order, with no more than offset + fetch of them in memory. Rows that compare
 * equal keep their order.
 *
 * @param offset how many of the first rows to leave out, or null for none
 * @param fetch how many rows to return at most
 */
public record TopN(
    RowNode input, Comparator<@Nullable Object[]> order, @Nullable Scalar offset, Scalar fetch)
    implements RowNode {
  @Override
  public Operator open(Execution execution) {
    long skip = Bounds.value(offset, 0, "OFFSET", execution);
    long max = Bounds.value(fetch, Long.MAX_VALUE, "FETCH", execution);
    long size = max > Long.MAX_VALUE - skip ? Long.MAX_VALUE : skip + max;
    return new BlockingOperator(input.open(execution), "ORDER BY", execution) {
      @Override
      Iterator<@Nullable Object[]> compute() {
        if (max == 0) {
          return Collections.emptyIterator();
        }
        PriorityQueue<Numbered> heap = new PriorityQueue<>(lastFirst());
        long number = 0;
        for (Object[] row = input.next(); row != null; row = input.next()) {
          Numbered candidate = new Numbered(row, number++);
          held.tick();
          if (heap.size() < size) {
            held.add(row);
            heap.add(candidate);
          } else if (order.compare(row, heap.element().row) < 0) {
            held.remove(heap.remove().row);
            held.add(row);
            heap.add(candidate);
          }
        }
        return inOrder(heap, skip, held);
      }
    };
  }

  private Comparator<Numbered> lastFirst() {
    Comparator<Numbered> byRow = (a, b) -> order.compare(b.row, a.row);
    return byRow.thenComparing((a, b) -> Long.compare(b.number, a.number));
  }

  private static Iterator<@Nullable Object[]> inOrder(
      PriorityQueue<Numbered> heap, long skip, MemoryTracker held) {
    Deque<@Nullable Object[]> rows = new ArrayDeque<>();
    while (heap.size() > skip) {
      held.tick();
      rows.addFirst(heap.remove().row);
    }
    return rows.iterator();
  }

  private static final class Numbered {
    private final @Nullable Object[] row;
    private final long number;

    Numbered(@Nullable Object[] row, long number) {
      this.row = row;
      this.number = number;
    }
  }
}
