package dev.turntable.plan.statement;

import dev.turntable.engine.UpdateResult;
import dev.turntable.run.ParallelWrites;
import dev.turntable.run.ParallelWrites.Listener;
import dev.turntable.run.ParallelWrites.Outcome;
import dev.turntable.source.NotReturnedException;
import dev.turntable.source.StatementScope;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The writes of a statement, whose rows are all known and checked.
 *
 * @param count how many rows there are
 * @param runner writes them
 * @param reporter tells what became of them
 * @param keys the columns of a row that was written, null if it gives none
 */
record RowWrites<R>(
    int count,
    Function<Listener<R>, List<Outcome<R>>> runner,
    Function<List<Outcome<R>>, UpdateResult> reporter,
    Function<R, @Nullable List<@Nullable Object>> keys) {

  /**
   * The writes of rows, side by side.
   *
   * @param lane what a row must be written in the order of
   * @param write writes a row
   * @param known makes a result of what is known of a row that was written and could not be read
   */
  static <T, R> RowWrites<R> of(
      List<T> rows,
      Function<T, @Nullable Object> lane,
      Function<T, R> write,
      Function<NotReturnedException, R> known,
      Function<List<Outcome<R>>, UpdateResult> reporter,
      Function<R, @Nullable List<@Nullable Object>> keys,
      StatementScope scope) {
    scope.willWrite(rows.size());
    return new RowWrites<>(
        rows.size(),
        listener -> ParallelWrites.run(rows, lane, write, known, listener, scope),
        reporter,
        keys);
  }

  /**
   * Writes them all.
   *
   * @throws dev.turntable.engine.WriteFailedException if a row failed
   */
  UpdateResult run() {
    return reporter.apply(runner.apply((index, outcome) -> {}));
  }
}
