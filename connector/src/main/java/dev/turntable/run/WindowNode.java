package dev.turntable.run;

import dev.turntable.source.ValueSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Appends to every row the values of window functions, those of the first group first. */
public record WindowNode(RowNode input, List<Group> groups) implements RowNode {
  /**
   * Functions over the same window.
   *
   * @param partition the columns that equal rows share
   * @param order the order within a partition
   */
  public record Group(
      List<Integer> partition,
      Comparator<@Nullable Object[]> order,
      Frame frame,
      List<WindowFunction> functions) {
    public Group {
      partition = List.copyOf(partition);
      functions = List.copyOf(functions);
    }
  }

  /** The key of a partition, the places in it, peers. */
  private static final int PER_ROW = 96;

  /** A number, or the reference to a value of another row. */
  private static final int PER_VALUE = 32;

  public WindowNode {
    groups = List.copyOf(groups);
  }

  @Override
  public Operator open(Execution execution) {
    return new BlockingOperator(input.open(execution), "a window", execution) {
      @Override
      Iterator<@Nullable Object[]> compute() {
        int added = groups.stream().mapToInt(group -> group.functions().size()).sum();
        List<@Nullable Object[]> rows = new ArrayList<>();
        int width = 0;
        for (Object[] row = input.next(); row != null; row = input.next()) {
          held.add(PER_ROW + (long) PER_VALUE * added + ValueSize.ofRow(row));
          width = row.length;
          @Nullable Object[] wider = new Object[row.length + added];
          System.arraycopy(row, 0, wider, 0, row.length);
          rows.add(wider);
        }
        for (Group group : groups) {
          rows = evaluate(group, rows, width, execution, held);
          width += group.functions().size();
        }
        return rows.iterator();
      }
    };
  }

  /** Fills in the values of a group's functions and returns the rows in the group's order. */
  private static List<@Nullable Object[]> evaluate(
      Group group, List<@Nullable Object[]> rows, int at, Execution execution, MemoryTracker held) {
    int[] columns = group.partition().stream().mapToInt(Integer::intValue).toArray();
    Map<Key, List<@Nullable Object[]>> partitions = new LinkedHashMap<>();
    for (Object[] row : rows) {
      held.tick();
      partitions.computeIfAbsent(Key.of(row, columns), key -> new ArrayList<>()).add(row);
    }
    List<@Nullable Object[]> result = new ArrayList<>(rows.size());
    for (List<@Nullable Object[]> members : partitions.values()) {
      members.sort(
          (a, b) -> {
            held.tick();
            return group.order().compare(a, b);
          });
      Partition partition = new Partition(members, group.order(), group.frame(), execution, held);
      @Nullable Object[] values = new Object[members.size()];
      for (int f = 0; f < group.functions().size(); f++) {
        group.functions().get(f).compute(partition, values);
        for (int i = 0; i < values.length; i++) {
          members.get(i)[at + f] = values[i];
        }
      }
      result.addAll(members);
    }
    return result;
  }
}
