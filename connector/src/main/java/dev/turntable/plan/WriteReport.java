package dev.turntable.plan;

import dev.turntable.engine.UpdateResult;
import dev.turntable.engine.WriteFailedException;
import dev.turntable.run.ParallelWrites.Outcome;
import dev.turntable.run.ParallelWrites.State;
import dev.turntable.source.TurntableException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tells what became of the writes of a statement.
 *
 * @param outcomes one per row, in row order
 * @param sets for each row the set of parameters it belongs to
 * @param setCount how many sets there are
 */
record WriteReport<R>(List<Outcome<R>> outcomes, List<Integer> sets, int setCount) {

  /**
   * Returns the result, or throws if a row failed.
   *
   * @param keyNames the columns of the generated keys, empty if none are wanted
   * @param keys takes the keys out of the result of a row
   * @param affected how many rows one written row counts for
   * @throws TurntableException if the only row failed
   * @throws WriteFailedException if some of several rows failed
   */
  UpdateResult result(
      List<String> keyNames, Function<R, List<@Nullable Object>> keys, ToLongFunction<R> affected) {
    List<List<@Nullable Object>> keyRows = new ArrayList<>();
    TurntableException failure = null;
    for (Outcome<R> outcome : outcomes) {
      R result = outcome.result();
      if (result != null && !keyNames.isEmpty()) {
        keyRows.add(keys.apply(result));
      }
      if (failure == null && outcome.failure() != null) {
        failure = outcome.failure();
      }
    }
    if (failure == null) {
      return new UpdateResult(perSet(affected), keyNames, keyRows);
    }
    if (outcomes.size() == 1 && setCount == 1) {
      throw failure;
    }
    List<Long> counts = setCount == 1 ? perRow(affected) : perSet(affected);
    throw new WriteFailedException(failure, new UpdateResult(counts, keyNames, keyRows));
  }

  private List<Long> perRow(ToLongFunction<R> affected) {
    return outcomes.stream().map(outcome -> count(outcome, affected)).toList();
  }

  private List<Long> perSet(ToLongFunction<R> affected) {
    List<Long> counts = new ArrayList<>(Collections.nCopies(setCount, 0L));
    for (int row = 0; row < outcomes.size(); row++) {
      int set = sets.get(row);
      long before = counts.get(set);
      long count = count(outcomes.get(row), affected);
      counts.set(set, before < 0 || count < 0 ? Math.min(before, count) : before + count);
    }
    return counts;
  }

  private static <R> long count(Outcome<R> outcome, ToLongFunction<R> affected) {
    R result = outcome.result();
    if (outcome.state() == State.DONE && result != null) {
      return affected.applyAsLong(result);
    }
    return outcome.state() == State.UNKNOWN ? Statement.SUCCESS_NO_INFO : Statement.EXECUTE_FAILED;
  }
}
