package dev.turntable.plan.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.engine.UpdateResult;
import dev.turntable.engine.WriteFailedException;
import dev.turntable.run.ParallelWrites.Outcome;
import dev.turntable.run.ParallelWrites.State;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client may conclude from a statement that failed: above all whether to run it again. */
final class WriteReportTest {
  private static final Outcome<String> DONE = new Outcome<>(State.DONE, "key", null);
  private static final Outcome<String> NOT_STARTED = new Outcome<>(State.NOT_STARTED, null, null);

  private static Outcome<String> failed(State state, ErrorKind kind) {
    return new Outcome<>(
        state, null, new TurntableException(kind, "why", new IOException("reset")));
  }

  private static WriteFailedException failure(List<Integer> sets, List<Outcome<String>> outcomes) {
    int count = sets.get(sets.size() - 1) + 1;
    return catchThrowableOfType(
        WriteFailedException.class,
        () ->
            new WriteReport<>(outcomes, sets, count)
                .result(List.of("id"), key -> List.of(key), key -> 1));
  }

  private static WriteFailedException failure(List<Outcome<String>> outcomes) {
    return failure(IntStream.range(0, outcomes.size()).boxed().toList(), outcomes);
  }

  /** Clients run again what is transient, and what has lost its connection: not what has written. */
  @ParameterizedTest
  @CsvSource({
    "UNREACHABLE, BAD_ANSWER",
    "CONNECTION_LOST, BAD_ANSWER",
    "CLOSED, OUTCOME_UNKNOWN",
    "UNSTABLE, BAD_ANSWER",
    "TIMEOUT, OUTCOME_UNKNOWN",
    "CANCELLED, OUTCOME_UNKNOWN",
    "BAD_VALUE, BAD_VALUE",
    "UNKNOWN_PARENT, UNKNOWN_PARENT",
    "BUDGET, BUDGET",
    "FORBIDDEN, FORBIDDEN",
  })
  void whatHasWrittenIsNotToBeRunAgain(ErrorKind of, ErrorKind told) {
    WriteFailedException failure = failure(List.of(DONE, failed(State.FAILED, of), NOT_STARTED));
    assertThat(failure.kind()).isEqualTo(told);
    assertThat(failure).hasMessage("row 2 of 3, of which 1 were written: why").hasNoCause();
    assertThat(failure.rowCounts()).containsExactly(1L, -3L, -3L);
    assertThat(failure.result().keys()).isEqualTo(List.of(List.of("key")));
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      names = {"UNREACHABLE", "CLOSED", "TIMEOUT", "CANCELLED", "BAD_VALUE"})
  void whatHasWrittenNothingMayBe(ErrorKind kind) {
    WriteFailedException failure = failure(List.of(failed(State.FAILED, kind), NOT_STARTED));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessage("row 1 of 2, of which 0 were written: why");
    assertThat(failure.rowCounts()).containsExactly(-3L, -3L);
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      names = {"UNREACHABLE", "CLOSED", "TIMEOUT", "CANCELLED", "BAD_VALUE"})
  void aSingleRowFailsAsItDoes(ErrorKind kind) {
    WriteFailedException failure = failure(List.of(failed(State.FAILED, kind)));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessage("why");
  }

  /** An unknown row may be written, so that it forbids a repetition as a written one does. */
  @Test
  void whatIsUnknownComesFirstAndCountsAsLeft() {
    WriteFailedException failure =
        failure(
            List.of(
                failed(State.FAILED, ErrorKind.UNREACHABLE),
                failed(State.UNKNOWN, ErrorKind.OUTCOME_UNKNOWN)));
    assertThat(failure.failures())
        .extracting(TurntableException::kind)
        .containsExactly(ErrorKind.OUTCOME_UNKNOWN, ErrorKind.BAD_ANSWER);
    assertThat(failure.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
    assertThat(failure).hasMessage("row 2 of 2, of which 0 were written: why").hasNoCause();
    assertThat(failure.rowCounts()).containsExactly(-3L, -2L);
  }

  /** A set of parameters may write several rows. */
  @Test
  void aSetIsAsGoodAsItsWorstRow() {
    WriteFailedException failure =
        failure(
            List.of(0, 0, 1, 1, 2, 2, 2, 3),
            List.of(
                DONE,
                DONE,
                DONE,
                failed(State.FAILED, ErrorKind.BAD_VALUE),
                failed(State.FAILED, ErrorKind.BAD_VALUE),
                failed(State.UNKNOWN, ErrorKind.OUTCOME_UNKNOWN),
                DONE,
                NOT_STARTED));
    assertThat(failure.result().counts()).containsExactly(2L, -3L, -2L, -3L);
  }

  @Test
  void withoutAFailureThereIsAResult() {
    UpdateResult result =
        new WriteReport<>(List.of(DONE, DONE), List.of(0, 1), 3)
            .result(List.of("id"), key -> List.of(key), key -> 1);
    assertThat(result.counts()).containsExactly(1L, 1L, 0L);
    assertThat(result.keys()).hasSize(2);
  }
}
