package dev.turntable.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * INTERSECT and EXCEPT. The second and later inputs are read first and counted; the first then
 * streams.
 *
 * @param inputs at least two; EXCEPT takes all later ones from the first
 */
public record SetOperation(Kind kind, boolean all, List<RowNode> inputs) implements RowNode {
  /** Which rows of the first input stay. */
  public enum Kind {
    /** Those that every other input has. */
    INTERSECT,
    /** Those that no other input has. */
    EXCEPT
  }

  /** The entry of a row, with its count. */
  private static final int ENTRY = 96;

  public SetOperation {
    inputs = List.copyOf(inputs);
  }

  @Override
  public Operator open(Execution execution) {
    MemoryTracker held = new MemoryTracker(execution, kind.name());
    return new InputOperator(inputs.get(0).open(execution)) {
      private @Nullable Map<Key, Count> counts;

      @Override
      public @Nullable Object @Nullable [] next() {
        Map<Key, Count> others = counts;
        if (others == null) {
          others = count(execution, held);
          counts = others;
        }
        if (kind == Kind.INTERSECT && others.isEmpty()) {
          return null;
        }
        for (Object[] row = input.next(); row != null; row = input.next()) {
          held.tick();
          if (stays(Key.of(row), others)) {
            return row;
          }
        }
        return null;
      }

      private boolean stays(Key key, Map<Key, Count> others) {
        Count count = others.get(key);
        if (kind == Kind.INTERSECT) {
          return count != null && count.left > 0 && count.take(all);
        }
        if (count == null) {
          if (!all) {
            held.add(ENTRY + key.size());
            others.put(key, new Count());
          }
          return true;
        }
        return all && !count.take(true);
      }

      @Override
      public void close() {
        super.close();
        counts = null;
        held.releaseAll();
      }
    };
  }

  private Map<Key, Count> count(Execution execution, MemoryTracker held) {
    Map<Key, Count> result = null;
    for (RowNode node : inputs.subList(1, inputs.size())) {
      boolean sum = kind == Kind.EXCEPT && result != null;
      Map<Key, Count> counts = sum ? result : new HashMap<>();
      if (counts != null) {
        add(node, counts, execution, held);
        result = result == null || sum ? counts : smaller(result, counts, held);
      }
      if (kind == Kind.INTERSECT && result != null && result.isEmpty()) {
        return result;
      }
    }
    return result == null ? new HashMap<>() : result;
  }

  private static void add(
      RowNode node, Map<Key, Count> counts, Execution execution, MemoryTracker held) {
    try (Operator operator = node.open(execution)) {
      for (Object[] row = operator.next(); row != null; row = operator.next()) {
        held.tick();
        Key key = Key.of(row);
        Count count = counts.get(key);
        if (count == null) {
          held.add(ENTRY + key.size());
          count = new Count();
          counts.put(key, count);
        }
        count.left++;
      }
    }
  }

  private static Map<Key, Count> smaller(Map<Key, Count> a, Map<Key, Count> b, MemoryTracker held) {
    Map<Key, Count> result = new HashMap<>();
    a.forEach(
        (key, count) -> {
          held.tick();
          Count other = b.get(key);
          if (other != null) {
            count.left = Math.min(count.left, other.left);
            result.put(key, count);
          }
        });
    return result;
  }

  private static final class Count {
    private long left;

    /** Uses up one row, or all of them; returns whether there was one. */
    boolean take(boolean one) {
      boolean had = left > 0;
      left = one ? Math.max(0, left - 1) : 0;
      return had;
    }
  }
}
