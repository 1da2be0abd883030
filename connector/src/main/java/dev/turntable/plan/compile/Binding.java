package dev.turntable.plan.compile;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Output columns of a tree that a join binds to the keys of its other side.
 *
 * @param slots for each column the slot that holds the keys
 * @param driver gives the keys; null if nothing is bound
 * @param orWhole whether the run may find that reading all rows costs less than asking for the keys
 */
public record Binding(Map<Integer, Integer> slots, @Nullable NodeFacts driver, boolean orWhole) {
  public static final Binding NONE = new Binding(Map.of(), null, false);

  /** Returns the binding of an input, given which of its columns each output column is. */
  Binding through(Map<Integer, Integer> inputColumns) {
    Map<Integer, Integer> inner = new LinkedHashMap<>();
    slots.forEach(
        (column, slot) -> {
          Integer input = inputColumns.get(column);
          if (input != null) {
            inner.put(input, slot);
          }
        });
    return inner.isEmpty() ? NONE : new Binding(inner, driver, orWhole);
  }

  /** Returns the binding of those columns that lie in a range, counted from its start. */
  Binding within(int start, int width) {
    Map<Integer, Integer> inner = new LinkedHashMap<>();
    slots.forEach(
        (column, slot) -> {
          if (column >= start && column < start + width) {
            inner.put(column - start, slot);
          }
        });
    return inner.isEmpty() ? NONE : new Binding(inner, driver, orWhole);
  }

  /** Adds columns bound by another join. */
  Binding plus(Map<Integer, Integer> more, NodeFacts newDriver, boolean newOrWhole) {
    if (more.isEmpty()) {
      return this;
    }
    Map<Integer, Integer> all = new LinkedHashMap<>(slots);
    all.putAll(more);
    return new Binding(all, newDriver, newOrWhole);
  }
}
