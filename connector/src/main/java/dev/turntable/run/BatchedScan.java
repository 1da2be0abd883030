package dev.turntable.run;

import dev.turntable.source.ValueSize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The scan of a sub-query by keys that outer rows give. It asks for the keys of all outer rows that
 * are announced, together, and hands up those rows that go with the current one.
 *
 * @param scan the scan, which takes keys from slots and knows nothing of outer rows
 * @param batches what gives the keys
 * @param index finds the rows for an outer row, or null
 * @param check the conditions on outer rows, over a row of the scan
 * @param output the columns of the scan that are handed up
 */
public record BatchedScan(
    RowNode scan, Batches batches, @Nullable Index index, Scalar check, List<Integer> output)
    implements RowNode {
  /**
   * The outer rows that give keys.
   *
   * @param keys what gives the keys, over no row; none if the scan is the same for all outer rows
   * @param variable the outer row whose batches give them
   * @param others further outer rows that the keys depend on
   * @param cost what reading the scan costs by them, and as a whole
   */
  public record Batches(List<Keys> keys, String variable, List<String> others, KeysOrWhole cost) {
    public Batches {
      keys = List.copyOf(keys);
      others = List.copyOf(others);
    }
  }

  /**
   * What a slot is bound to.
   *
   * @param slot the slot of the scan
   * @param values give one value for each outer row; several if the column may equal any of them
   */
  public record Keys(int slot, List<Scalar> values) {
    public Keys {
      values = List.copyOf(values);
    }
  }

  /**
   * Rows by one of their columns.
   *
   * @param column the column of the scan
   * @param value what it must equal, over no row, in the form that the column has
   */
  public record Index(int column, Scalar value) {}

  public BatchedScan {
    output = List.copyOf(output);
  }

  @Override
  public Operator open(Execution execution) {
    List<@Nullable Object[]> candidates =
        execution.kept(this, () -> new Rows(execution)).candidates();
    return new Operator() {
      private int next;

      @Override
      public @Nullable Object @Nullable [] next() {
        while (next < candidates.size()) {
          execution.check();
          @Nullable Object[] row = candidates.get(next++);
          if (check.isTrue(row, execution)) {
            return projected(row);
          }
        }
        return null;
      }

      @Override
      public void close() {}
    };
  }

  private @Nullable Object[] projected(@Nullable Object[] row) {
    @Nullable Object[] projected = new Object[output.size()];
    for (int i = 0; i < projected.length; i++) {
      projected[i] = row[output.get(i)];
    }
    return projected;
  }

  /** The key of a row and its place in the index. */
  private static final int ENTRY = 96;

  private final class Rows implements NodeState {
    private final Execution execution;
    private final List<Keys> keys = batches.keys();
    private final MemoryTracker held;
    private final List<@Nullable Object[]> all = new ArrayList<>();
    private final Map<Key, List<@Nullable Object[]>> byValue = new HashMap<>();
    private @Nullable List<Long> versions;
    private boolean readsByKeys = true;

    Rows(Execution execution) {
      this.execution = execution;
      this.held = new MemoryTracker(execution, "a sub-query");
    }

    List<@Nullable Object[]> candidates() {
      List<Long> now = new ArrayList<>();
      if (readsByKeys && !keys.isEmpty()) {
        now.add(execution.outerRow(batches.variable()).batches());
        batches.others().forEach(other -> now.add(execution.outerRow(other).changes()));
      }
      if (!now.equals(versions)) {
        boolean isFirst = versions == null;
        close();
        versions = now;
        read(isFirst);
      }
      if (index == null) {
        return all;
      }
      Object value = index.value().eval(Execution.NO_ROW, execution);
      return value == null
          ? List.of()
          : byValue.getOrDefault(Key.of(new Object[] {value}), List.of());
    }

    private void read(boolean isFirst) {
      List<Set<Object>> values = values();
      if (isFirst && !keys.isEmpty()) {
        boolean noMore = execution.outerRow(batches.variable()).isLast();
        readsByKeys = !batches.cost().isWholeCheaper(values.get(0).size(), noMore);
      }
      if (!readsByKeys) {
        versions = List.of();
      }
      for (int i = 0; i < keys.size(); i++) {
        List<Object> bound = readsByKeys ? new ArrayList<>(values.get(i)) : null;
        execution.bindKeys(keys.get(i).slot(), bound);
      }
      Operator rows = scan.open(execution);
      try {
        for (Object[] row = rows.next(); row != null; row = rows.next()) {
          held.add(ENTRY + ValueSize.ofRow(row));
          if (index == null) {
            all.add(row);
          } else if (row[index.column()] != null) {
            byValue
                .computeIfAbsent(
                    Key.of(new Object[] {row[index.column()]}), key -> new ArrayList<>(1))
                .add(row);
          }
        }
      } finally {
        rows.close();
        keys.forEach(key -> execution.bindKeys(key.slot(), null));
      }
    }

    private List<Set<Object>> values() {
      List<Set<Object>> values = new ArrayList<>();
      keys.forEach(key -> values.add(new LinkedHashSet<>()));
      OuterRow outer = execution.outerRow(batches.variable());
      @Nullable Object @Nullable [] current = outer.values();
      for (Object[] tuple : outer.batch()) {
        outer.peek(tuple);
        for (int i = 0; i < keys.size(); i++) {
          for (Scalar scalar : keys.get(i).values()) {
            Object value = scalar.eval(Execution.NO_ROW, execution);
            if (value != null) {
              values.get(i).add(value);
            }
          }
        }
      }
      outer.peek(current);
      return values;
    }

    @Override
    public void close() {
      held.releaseAll();
      all.clear();
      byValue.clear();
    }
  }
}
