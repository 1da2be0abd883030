package dev.turntable.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.run.ParallelWrites.Outcome;
import dev.turntable.run.ParallelWrites.State;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelWritesTest {
  private final ConnectionScope connection = new ConnectionScope(ConnectionLimits.DEFAULT);
  private final StatementScope scope = connection.statement("INSERT", Duration.ZERO);

  @AfterEach
  void close() {
    connection.close();
  }

  private List<State> run(
      int items, Function<Integer, Object> lane, Function<Integer, Integer> write) {
    List<Integer> numbers = IntStream.range(0, items).boxed().toList();
    return ParallelWrites.run(numbers, lane, write, scope).stream().map(Outcome::state).toList();
  }

  @Test
  void whatSharesALaneIsWrittenInOrderAndOthersBesideIt() {
    List<Integer> evens = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch odd = new CountDownLatch(2);
    List<State> states =
        run(
            20,
            item -> item % 2 == 0 ? "even" : null,
            item -> {
              if (item % 2 == 0) {
                await(odd); // which are further behind, but need not wait for the evens
                evens.add(item);
              } else {
                odd.countDown();
              }
              return item;
            });
    assertThat(states).containsOnly(State.DONE);
    assertThat(evens).isSorted().hasSize(10);
  }

  @Test
  void afterTheFirstFailureNoneStartsAndThoseUnderWayAreAwaited() {
    CountDownLatch four = new CountDownLatch(4);
    List<State> states =
        run(
            8,
            item -> null,
            item -> {
              four.countDown();
              await(four);
              throw new TurntableException(
                  item == 1 ? ErrorKind.OUTCOME_UNKNOWN : ErrorKind.BAD_VALUE, "not done");
            });
    assertThat(states.subList(0, 4))
        .containsExactly(State.FAILED, State.UNKNOWN, State.FAILED, State.FAILED);
    assertThat(states.subList(4, 8)).containsOnly(State.NOT_STARTED);
  }

  @Test
  void aDefectMeansThatTheOutcomeIsUnknown() {
    assertThat(
            run(
                2,
                item -> "one",
                item -> {
                  throw new StackOverflowError();
                }))
        .containsExactly(State.UNKNOWN, State.NOT_STARTED);
  }

  @Test
  void anInterruptEndsTheStatementAndTheWritesAreAwaited() {
    Thread caller = Thread.currentThread();
    List<Integer> numbers = List.of(0, 1, 2, 3, 4, 5);
    List<Outcome<Integer>> outcomes =
        ParallelWrites.run(
            numbers,
            item -> null,
            item -> {
              caller.interrupt();
              scope.pause(Duration.ofMinutes(5));
              return item;
            },
            scope);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcomes.get(0).failure())
        .hasMessage("the thread was interrupted")
        .extracting(TurntableException::kind)
        .isEqualTo(ErrorKind.CANCELLED);
    assertThat(outcomes.get(5).state()).isEqualTo(State.NOT_STARTED);
  }

  @Test
  void onAClosedConnectionNothingStarts() {
    connection.close();
    assertThat(run(3, item -> null, item -> item)).doesNotContain(State.DONE, State.UNKNOWN);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
