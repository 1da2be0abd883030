package dev.turntable.run;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Appends to each outer row what a sub-query says of it.
 *
 * @param outer the outer rows
 * @param subQuery what is run for them
 * @param value makes a value of the rows of a run
 * @param firstBatch how many runs to prepare together at first
 */
public record SubQueryColumn<A>(RowNode outer, SubQuery subQuery, Value<A> value, int firstBatch)
    implements RowNode {

  /** What the rows of a sub-query come to. */
  public interface Value<A> {
    /** Reads as much of a run as is needed; the caller closes it. */
    A read(Operator run, Execution execution);

    /** Returns about how many bytes an answer takes. */
    long size(A answer);

    /** Returns the value for an outer row. */
    @Nullable Object of(A answer, @Nullable Object[] outerRow, Execution execution);
  }

  @Override
  public Operator open(Execution execution) {
    return new Running(execution);
  }

  private final class Running implements Operator {
    private final Execution execution;
    private final @Nullable SubQueryAnswers<A> answers;
    private final OuterRows rows;

    Running(Execution execution) {
      this.execution = execution;
      this.answers =
          subQuery.repeats()
              ? execution.kept(SubQueryColumn.this, () -> new SubQueryAnswers<>(execution))
              : null;
      this.rows = new OuterRows(outer.open(execution), subQuery, execution, answers, firstBatch);
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      @Nullable Object[] row = rows.next();
      if (row == null) {
        return null;
      }
      @Nullable Object[] longer = Arrays.copyOf(row, row.length + 1);
      longer[row.length] = value.of(answer(row), row, execution);
      return longer;
    }

    private A answer(@Nullable Object[] row) {
      @Nullable Object[] tuple = subQuery.tuple(row);
      Tuple dependencies = subQuery.dependencies(tuple, execution);
      A known = answers == null ? null : answers.get(dependencies);
      if (known != null) {
        return known;
      }
      rows.announce(tuple, dependencies);
      Operator run = subQuery.open(tuple, execution);
      A answer;
      try {
        answer = value.read(run, execution);
      } finally {
        run.close();
      }
      if (answers != null) {
        answers.put(dependencies, answer, value.size(answer));
      }
      return answer;
    }

    @Override
    public void close() {
      rows.close();
      if (!subQuery.nested()) {
        execution.giveUp(SubQueryColumn.this);
      }
      subQuery.close(execution);
    }
  }
}
