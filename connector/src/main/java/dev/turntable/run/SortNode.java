package dev.turntable.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rows in order; rows that compare equal keep theirs. */
public record SortNode(RowNode input, Comparator<@Nullable Object[]> order) implements RowNode {
  @Override
  public Operator open(Execution execution) {
    return new BlockingOperator(input.open(execution), "ORDER BY", execution) {
      @Override
      Iterator<@Nullable Object[]> compute() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Object[] row = input.next(); row != null; row = input.next()) {
          held.add(row);
          rows.add(row);
        }
        rows.sort(
            (a, b) -> {
              held.tick();
              return order.compare(a, b);
            });
        return rows.iterator();
      }
    };
  }
}
