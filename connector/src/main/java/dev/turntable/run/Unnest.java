package dev.turntable.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row per element of a collection in the input row; the row holds the element, or its fields, or
 * the key and the value of a map's entry. NULL has no elements.
 *
 * @param column where the collection is
 * @param fields how many columns an element that is a ROW fills; 0 if an element is one column
 * @param ordinality whether the number of the element, from 1, follows
 */
public record Unnest(RowNode input, int column, int fields, boolean ordinality) implements RowNode {
  @Override
  public Operator open(Execution execution) {
    return new InputOperator(input.open(execution)) {
      private final Deque<@Nullable Object[]> ready = new ArrayDeque<>();

      @Override
      public @Nullable Object @Nullable [] next() {
        execution.check();
        while (ready.isEmpty()) {
          Object[] row = input.next();
          if (row == null) {
            return null;
          }
          int number = 1;
          if (row[column] instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
              ready.add(row(number++, entry.getKey(), entry.getValue()));
            }
          } else if (row[column] instanceof Iterable<?> elements) {
            for (Object element : elements) {
              ready.add(element(element, number++));
            }
          }
        }
        return ready.poll();
      }
    };
  }

  private @Nullable Object[] element(@Nullable Object element, int number) {
    if (fields == 0) {
      return row(number, element);
    }
    if (element instanceof List<?> list) {
      return row(number, list.toArray());
    }
    return row(
        number, element instanceof @Nullable Object[] array ? array : new @Nullable Object[fields]);
  }

  private @Nullable Object[] row(int number, @Nullable Object... values) {
    if (!ordinality) {
      return values;
    }
    @Nullable Object[] row = new Object[values.length + 1];
    System.arraycopy(values, 0, row, 0, values.length);
    row[values.length] = number;
    return row;
  }
}
