package dev.turntable.plan.generated;

import dev.turntable.run.Execution;
import dev.turntable.run.Key;
import dev.turntable.run.MemoryTracker;
import dev.turntable.source.ValueSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableCorrelate;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
import org.apache.calcite.adapter.enumerable.EnumerableInterpreter;
import org.apache.calcite.adapter.enumerable.EnumerableLimit;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.adapter.enumerable.EnumerableUncollect;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Counts what operators of generated code keep of their rows: as the rows go in, for inside nobody can
 * look; until the operator's own rows are closed. Of an aggregate that needs no more, a row of each
 * group is counted.
 */
final class GeneratedMemory {
  /** What operators keep beside a row: entries, keys, lists. */
  private static final int ENTRY = 96;

  private static final int COPIES_OF_TEXT = 4;

  private static final Set<SqlKind> GROW_TEXT =
      Set.of(SqlKind.LISTAGG, SqlKind.JSON_ARRAYAGG, SqlKind.JSON_OBJECTAGG);

  private static final Set<SqlKind> KEEP_VALUES =
      Set.of(
          SqlKind.ARRAY_AGG,
          SqlKind.ARRAY_CONCAT_AGG,
          SqlKind.COLLECT,
          SqlKind.FUSION,
          SqlKind.LISTAGG,
          SqlKind.JSON_ARRAYAGG,
          SqlKind.JSON_OBJECTAGG,
          SqlKind.MODE,
          SqlKind.PERCENTILE_CONT,
          SqlKind.PERCENTILE_DISC);

  /** For messages. */
  private final String step;

  /** The columns of which each set of values is kept once; null if every row is. */
  private final @Nullable List<Integer> groups;

  /** How often what is kept of a row is there: text grows by copying. */
  private final int copies;

  private GeneratedMemory(RelNode rel) {
    this.step = rel.getRelTypeName().replace("Enumerable", "the step ");
    this.groups = groups(rel);
    this.copies = growsText(rel) ? COPIES_OF_TEXT : 1;
  }

  /** Returns a tree in which whatever is kept is counted. */
  static RelNode in(RelNode rel) {
    if (rel instanceof EnumerableInterpreter) {
      return rel; // reads the rows so far of a recursion, which no code is generated for
    }
    GeneratedMemory memory = new GeneratedMemory(rel);
    boolean any = false;
    List<RelNode> inputs = new ArrayList<>();
    for (int i = 0; i < rel.getInputs().size(); i++) {
      RelNode input = in(rel.getInput(i));
      boolean keeps = keeps(rel, i);
      any |= keeps;
      inputs.add(keeps ? new EnumerableWatch(input, memory::counted) : input);
    }
    RelNode copy = inputs.isEmpty() ? rel : rel.copy(rel.getTraitSet(), inputs);
    return any ? new EnumerableWatch(copy, memory::released) : copy;
  }

  private static boolean keeps(RelNode rel, int input) {
    if (rel instanceof EnumerableCalc
        || rel instanceof EnumerableLimit
        || rel instanceof EnumerableUncollect
        || rel instanceof EnumerableApply
        || rel instanceof EnumerableCorrelate) {
      return false;
    }
    if (rel instanceof Union union) {
      return !union.all;
    }
    if (rel instanceof RepeatUnion union) {
      return !union.all;
    }
    // The left side of a join passes by.
    return input == 1
        || !(rel instanceof EnumerableHashJoin || rel instanceof EnumerableNestedLoopJoin);
  }

  private static @Nullable List<Integer> groups(RelNode rel) {
    if (!(rel instanceof Aggregate aggregate)
        || aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
      return null;
    }
    boolean keepsValues =
        aggregate.getAggCallList().stream()
            .anyMatch(
                call ->
                    call.isDistinct()
                        || !call.getCollation().getFieldCollations().isEmpty()
                        || KEEP_VALUES.contains(call.getAggregation().getKind()));
    return keepsValues ? null : aggregate.getGroupSet().asList();
  }

  private static boolean growsText(RelNode rel) {
    return rel instanceof Aggregate aggregate
        && aggregate.getAggCallList().stream()
            .anyMatch(call -> GROW_TEXT.contains(call.getAggregation().getKind()));
  }

  /** Returns what the operator keeps at this moment. */
  private List<MemoryTracker> kept(Execution execution) {
    return execution.scope().once(this, ArrayList::new);
  }

  private Enumerable<Object> counted(
      Enumerable<Object> rows, JavaRowFormat format, Execution execution) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<Object> enumerator() {
        MemoryTracker held = new MemoryTracker(execution, step);
        kept(execution).add(held);
        Set<Key> seen = new HashSet<>();
        return new Passing(
            rows.enumerator(), row -> hold(GeneratedRows.columns(row, format), held, seen));
      }
    };
  }

  private void hold(@Nullable Object[] row, MemoryTracker held, Set<Key> seen) {
    List<Integer> grouped = groups;
    if (grouped == null) {
      held.add(ENTRY + copies * ValueSize.ofRow(row));
      return;
    }
    held.tick();
    Key key = Key.of(grouped.stream().map(column -> row[column]).toArray());
    if (seen.add(key)) {
      held.add(2L * ENTRY + key.size() + ValueSize.ofRow(row));
    }
  }

  /** The operator may be run again and again, by a recursion or for outer rows. */
  private Enumerable<Object> released(
      Enumerable<Object> rows, JavaRowFormat format, Execution execution) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<Object> enumerator() {
        List<MemoryTracker> kept = kept(execution);
        int before = kept.size();
        return new Passing(rows.enumerator(), row -> {}) {
          @Override
          public void close() {
            super.close();
            while (kept.size() > before) {
              kept.remove(kept.size() - 1).releaseAll();
            }
          }
        };
      }
    };
  }

  /** Hands up rows as they are. */
  private static class Passing implements Enumerator<Object> {
    private final Enumerator<Object> rows;
    private final Consumer<Object> watch;

    Passing(Enumerator<Object> rows, Consumer<Object> watch) {
      this.rows = rows;
      this.watch = watch;
    }

    @Override
    public final Object current() {
      return rows.current();
    }

    @Override
    public final boolean moveNext() {
      boolean found = rows.moveNext();
      if (found) {
        watch.accept(rows.current());
      }
      return found;
    }

    @Override
    public final void reset() {
      rows.reset();
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
