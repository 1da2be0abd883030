package dev.turntable.run;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are part of the plan. */
public record ValuesNode(List<@Nullable Object[]> rows) implements RowNode {
  public ValuesNode {
    rows = List.copyOf(rows);
  }

  @Override
  public long mostRows() {
    return rows.size();
  }

  @Override
  public Operator open(Execution execution) {
    Iterator<@Nullable Object[]> iterator = rows.iterator();
    return new Operator() {
      @Override
      public @Nullable Object @Nullable [] next() {
        execution.check();
        return iterator.hasNext() ? iterator.next() : null;
      }

      @Override
      public void close() {}
    };
  }
}
