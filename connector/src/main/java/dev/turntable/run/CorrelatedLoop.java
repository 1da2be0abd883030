package dev.turntable.run;

import dev.turntable.source.MemoryAccount;
import dev.turntable.source.ValueSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins each outer row with the rows that a sub-query has for it, which may refer to it.
 *
 * @param outer the outer rows
 * @param subQuery what is run for them
 * @param keepsOuter whether an outer row without inner ones is kept, with nulls
 * @param innerWidth the number of columns of the sub-query
 * @param firstBatch how many runs to prepare together at first
 */
public record CorrelatedLoop(
    RowNode outer, SubQuery subQuery, boolean keepsOuter, int innerWidth, int firstBatch)
    implements RowNode {

  @Override
  public Operator open(Execution execution) {
    return new Running(execution);
  }

  private final class Running implements Operator {
    private final Execution execution;
    private final @Nullable SubQueryAnswers<List<@Nullable Object[]>> answers;
    private final OuterRows rows;
    private @Nullable Object @Nullable [] row;
    private @Nullable Operator inner;
    private boolean matched;

    Running(Execution execution) {
      this.execution = execution;
      this.answers =
          subQuery.repeats()
              ? execution.kept(CorrelatedLoop.this, () -> new SubQueryAnswers<>(execution))
              : null;
      this.rows = new OuterRows(outer.open(execution), subQuery, execution, answers, firstBatch);
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      while (true) {
        execution.check();
        @Nullable Operator current = inner;
        if (current == null) {
          row = rows.next();
          if (row == null) {
            return null;
          }
          current = open(row);
          inner = current;
          matched = false;
        }
        @Nullable Object[] outerRow = java.util.Objects.requireNonNull(row, "row");
        @Nullable Object[] match = current.next();
        if (match != null) {
          matched = true;
          return concat(outerRow, match);
        }
        current.close();
        inner = null;
        if (keepsOuter && !matched) {
          return concat(outerRow, new Object[innerWidth]);
        }
      }
    }

    private Operator open(@Nullable Object[] outerRow) {
      @Nullable Object[] tuple = subQuery.tuple(outerRow);
      Tuple dependencies = subQuery.dependencies(tuple, execution);
      List<@Nullable Object[]> known = answers == null ? null : answers.get(dependencies);
      if (known != null) {
        return new Recalled(known);
      }
      rows.announce(tuple, dependencies);
      Operator run = subQuery.open(tuple, execution);
      return answers == null
          ? run
          : new Recorded(run, dependencies, answers, execution.scope().memory());
    }

    @Override
    public void close() {
      if (inner != null) {
        inner.close();
        inner = null;
      }
      rows.close();
      if (!subQuery.nested()) {
        execution.giveUp(CorrelatedLoop.this);
      }
      subQuery.close(execution);
    }

    /** Keeps the rows that it hands up, as far as there is room. */
    private static final class Recorded implements Operator {
      private final Operator run;
      private final Tuple dependencies;
      private final SubQueryAnswers<List<@Nullable Object[]>> target;
      private final List<@Nullable Object[]> read = new ArrayList<>();
      private final MemoryAccount memory;
      private long held;
      private boolean tooMany;

      Recorded(
          Operator run,
          Tuple dependencies,
          SubQueryAnswers<List<@Nullable Object[]>> target,
          MemoryAccount memory) {
        this.run = run;
        this.memory = memory;
        this.dependencies = dependencies;
        this.target = target;
      }

      @Override
      public @Nullable Object @Nullable [] next() {
        @Nullable Object[] next = run.next();
        if (next == null) {
          long size = held;
          forget();
          if (!tooMany) {
            target.put(dependencies, List.copyOf(read), size);
          }
        } else if (!tooMany) {
          keep(next);
        }
        return next;
      }

      private void keep(@Nullable Object[] row) {
        long size = ValueSize.ofRow(row);
        if (held + size <= target.maxBytes() && memory.tryTake(size)) {
          held += size;
          read.add(row);
          return;
        }
        tooMany = true;
        read.clear();
        forget();
      }

      private void forget() {
        memory.give(held);
        held = 0;
      }

      @Override
      public void close() {
        forget();
        run.close();
      }
    }
  }

  /** Rows that an earlier run had. */
  private static final class Recalled implements Operator {
    private final List<@Nullable Object[]> rows;
    private int next;

    Recalled(List<@Nullable Object[]> rows) {
      this.rows = rows;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      return next < rows.size() ? rows.get(next++) : null;
    }

    @Override
    public void close() {}
  }

  private static @Nullable Object[] concat(@Nullable Object[] left, @Nullable Object[] right) {
    @Nullable Object[] row = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, row, left.length, right.length);
    return row;
  }
}
