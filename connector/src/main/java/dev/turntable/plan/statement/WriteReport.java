package dev.turntable.plan.statement;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.engine.UpdateResult;
import dev.turntable.engine.WriteFailedException;
import dev.turntable.run.ParallelWrites.Outcome;
import dev.turntable.run.ParallelWrites.State;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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
   * @param keyNames the columns of the generated keys
   * @param keys takes the keys out of the result of a row
   * @param affected how many rows one written row counts for
   * @throws WriteFailedException if a row failed
   */
  UpdateResult result(
      List<String> keyNames, Function<R, List<@Nullable Object>> keys, ToLongFunction<R> affected) {
    List<List<@Nullable Object>> keyRows = new ArrayList<>();
    for (Outcome<R> outcome : outcomes) {
      R result = outcome.result();
      if (result != null && keys.apply(result).stream().anyMatch(Objects::nonNull)) {
        keyRows.add(keys.apply(result));
      }
    }
    return unlessFailed(new UpdateResult(perSet(affected), keyNames, keyRows), affected);
  }

  /**
   * As {@link #result}, for a statement that returns columns of the rows that it wrote.
   *
   * @param columns those columns
   * @param keys takes them out of the result of a row; null if the row was not affected
   */
  UpdateResult returned(
      List<ColumnInfo> columns, Function<R, @Nullable List<@Nullable Object>> keys) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Outcome<R> outcome : outcomes) {
      R result = outcome.result();
      List<@Nullable Object> row = result == null ? null : keys.apply(result);
      if (row != null) {
        rows.add(row);
      }
    }
    ToLongFunction<R> affected = result -> keys.apply(result) == null ? 0 : 1;
    UpdateResult result = new UpdateResult(perSet(affected), List.of(), rows);
    return unlessFailed(result.returning(columns), affected);
  }

  private UpdateResult unlessFailed(UpdateResult result, ToLongFunction<R> affected) {
    List<TurntableException> failures = failures();
    if (failures.isEmpty()) {
      return result;
    }
    throw new WriteFailedException(
        failures, result, outcomes.stream().map(outcome -> count(outcome, affected)).toList());
  }

  /** What is not known comes first: that is what somebody must look up. */
  private List<TurntableException> failures() {
    List<TurntableException> unknown = new ArrayList<>();
    List<TurntableException> failed = new ArrayList<>();
    for (int row = 0; row < outcomes.size(); row++) {
      TurntableException failure = outcomes.get(row).failure();
      if (failure != null) {
        (outcomes.get(row).state() == State.UNKNOWN ? unknown : failed).add(ofRow(row, failure));
      }
    }
    unknown.addAll(failed);
    return unknown;
  }

  private TurntableException ofRow(int row, TurntableException failure) {
    if (outcomes.size() == 1) {
      return outcomes.get(0).state() == State.DONE
          ? new TurntableException(notAgain(failure.kind()), String.valueOf(failure.getMessage()))
          : failure;
    }
    long done = outcomes.stream().filter(outcome -> outcome.state() == State.DONE).count();
    String message =
        "row "
            + (row + 1)
            + " of "
            + outcomes.size()
            + ", of which "
            + done
            + " were written: "
            + failure.getMessage();
    boolean nothingLeft =
        outcomes.stream()
            .allMatch(o -> o.state() == State.FAILED || o.state() == State.NOT_STARTED);
    return nothingLeft
        ? new TurntableException(failure.kind(), message, failure)
        : new TurntableException(notAgain(failure.kind()), message);
  }

  /**
   * Clients run a statement again that lost its connection, ran out of time or met with a list that
   * changed, or that has an exception of the network among its causes: not one that has written.
   */
  private static ErrorKind notAgain(ErrorKind kind) {
    return switch (kind) {
      case UNREACHABLE, CONNECTION_LOST, UNSTABLE -> ErrorKind.BAD_ANSWER;
      case TIMEOUT, CANCELLED, CLOSED -> ErrorKind.OUTCOME_UNKNOWN;
      default -> kind;
    };
  }

  private List<Long> perSet(ToLongFunction<R> affected) {
    List<Long> counts = new ArrayList<>(Collections.nCopies(setCount, 0L));
    for (int row = 0; row < outcomes.size(); row++) {
      counts.set(sets.get(row), sum(counts.get(sets.get(row)), count(outcomes.get(row), affected)));
    }
    return counts;
  }

  /** A set with a row of unknown outcome is unknown; one with a row that failed has failed. */
  private static long sum(long count, long more) {
    if (count == Statement.SUCCESS_NO_INFO || more == Statement.SUCCESS_NO_INFO) {
      return Statement.SUCCESS_NO_INFO;
    }
    return count < 0 || more < 0 ? Statement.EXECUTE_FAILED : count + more;
  }

  private static <R> long count(Outcome<R> outcome, ToLongFunction<R> affected) {
    R result = outcome.result();
    if (outcome.state() == State.DONE && result != null) {
      return affected.applyAsLong(result);
    }
    return outcome.state() == State.UNKNOWN ? Statement.SUCCESS_NO_INFO : Statement.EXECUTE_FAILED;
  }
}
