package dev.turntable.run;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Groups rows by one or more sets of columns in one pass. A row of the result holds the values of
 * all grouping columns, null where the row's set does not group by it, then those of the functions.
 *
 * @param groupColumns all grouping columns, in the order of the result
 * @param groupingSets the sets, each a subset of them; an empty set gives one row even if the input
 *     is empty
 * @param functions the aggregate functions
 */
public record HashAggregate(
    RowNode input,
    List<Integer> groupColumns,
    List<Set<Integer>> groupingSets,
    List<AggregateFunction> functions)
    implements RowNode {
  /** A group, its entry and its values, the key apart. */
  private static final int GROUP = 128;

  private static final int ACCUMULATOR = 64;

  public HashAggregate {
    groupColumns = List.copyOf(groupColumns);
    groupingSets = groupingSets.stream().map(Set::copyOf).toList();
    functions = List.copyOf(functions);
  }

  @Override
  public long mostRows() {
    long rows = input.mostRows();
    return rows < 0 ? rows : groupingSets.size() * Math.max(1, rows);
  }

  @Override
  public Operator open(Execution execution) {
    return isDistinct() ? openDistinct(execution) : openBlocking(execution);
  }

  /** Returns whether rows come before the input has ended. */
  public boolean isDistinct() {
    return functions.isEmpty() && groupingSets.size() == 1 && !groupingSets.get(0).isEmpty();
  }

  /** Without functions a group is complete with its first row, so rows can stream. */
  private Operator openDistinct(Execution execution) {
    Set<Integer> set = groupingSets.get(0);
    List<Scalar> columns = new ArrayList<>();
    for (int column : groupColumns) {
      columns.add((row, e) -> set.contains(column) ? row[column] : null);
    }
    return new Distinct(new ProjectNode(input, columns)).open(execution);
  }

  private Operator openBlocking(Execution execution) {
    return new BlockingOperator(input.open(execution), "GROUP BY", execution) {
      @Override
      Iterator<@Nullable Object[]> compute() {
        List<GroupingSet> sets = new ArrayList<>();
        for (Set<Integer> columns : groupingSets) {
          sets.add(new GroupingSet(columns, execution, held));
        }
        for (Object[] row = input.next(); row != null; row = input.next()) {
          held.tick();
          for (GroupingSet set : sets) {
            set.add(row);
          }
        }
        return sets.stream().flatMap(GroupingSet::rows).iterator();
      }
    };
  }

  /** The groups of one set of columns. */
  private final class GroupingSet {
    private final Set<Integer> columns;
    private final int[] keyColumns;
    private final Execution execution;
    private final MemoryTracker held;
    private final Map<Key, Group> groups = new LinkedHashMap<>();

    GroupingSet(Set<Integer> columns, Execution execution, MemoryTracker held) {
      this.columns = columns;
      this.keyColumns = columns.stream().mapToInt(Integer::intValue).sorted().toArray();
      this.execution = execution;
      this.held = held;
      if (keyColumns.length == 0) {
        groups.put(Key.of(new Object[0]), new Group(new Object[groupColumns.size()], this));
      }
    }

    void add(@Nullable Object[] row) {
      Key key = Key.of(row, keyColumns);
      Group group = groups.get(key);
      if (group == null) {
        held.add(GROUP + (long) ACCUMULATOR * functions.size() + key.size());
        group = new Group(groupValues(row), this);
        groups.put(key, group);
      }
      for (Accumulator accumulator : group.accumulators) {
        accumulator.add(row);
      }
    }

    private @Nullable Object[] groupValues(@Nullable Object[] row) {
      @Nullable Object[] values = new Object[groupColumns.size()];
      for (int i = 0; i < values.length; i++) {
        int column = groupColumns.get(i);
        values[i] = columns.contains(column) ? row[column] : null;
      }
      return values;
    }

    java.util.stream.Stream<@Nullable Object[]> rows() {
      return groups.values().stream()
          .map(
              group -> {
                held.tick();
                return group.row();
              });
    }

    private Accumulator[] start() {
      Accumulator[] accumulators = new Accumulator[functions.size()];
      for (int i = 0; i < accumulators.length; i++) {
        accumulators[i] = functions.get(i).start(execution, held, columns);
      }
      return accumulators;
    }
  }

  private static final class Group {
    private final @Nullable Object[] values;
    private final Accumulator[] accumulators;

    Group(@Nullable Object[] values, GroupingSet set) {
      this.values = values;
      this.accumulators = set.start();
    }

    @Nullable Object[] row() {
      @Nullable Object[] row = new Object[values.length + accumulators.length];
      System.arraycopy(values, 0, row, 0, values.length);
      for (int i = 0; i < accumulators.length; i++) {
        row[values.length + i] = accumulators[i].result();
      }
      return row;
    }
  }
}
