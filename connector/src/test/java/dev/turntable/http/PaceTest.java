package dev.turntable.http;

import static dev.turntable.http.Things.error;
import static dev.turntable.http.Things.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.Until;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Turns of the pace go to those who use them. */
@Timeout(60)
final class PaceTest {
  private final Things things = new Things();

  @AfterEach
  void close() {
    things.close();
  }

  private TurntableException read(StatementScope scope) {
    return failureOf(() -> things.calls().read(scope, Things.TABLE, things.api().thing("a")));
  }

  /** Returns why the read was not answered, or "answered". */
  private String end(StatementScope scope) {
    try {
      things.calls().read(scope, Things.TABLE, things.api().thing("a"));
      return "answered";
    } catch (TurntableException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED);
      return e.getMessage();
    }
  }

  /**
   * Most of forty seconds' worth of turns are given up; the next one is a second away. A few may have
   * had their turn before all were there, on a machine where that takes seconds.
   */
  @Test
  void turnsOfCancelledStatementsAreGivenBack() throws Exception {
    things.config.with("requestsPerSecond", "1");
    things.limits(new dev.turntable.source.ConnectionLimits(0, 64, 4, Duration.ZERO, false));
    things.read("a");
    List<StatementScope> statements = new ArrayList<>();
    List<Future<String>> waiting = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      StatementScope scope = things.statement();
      statements.add(scope);
      waiting.add(things.connection().executor().submit(() -> end(scope)));
    }
    Until.holds(
        "all others wait for their turn",
        () ->
            64 - things.connection().readSlots().availablePermits()
                >= waiting.stream().filter(each -> !each.isDone()).count());
    statements.forEach(StatementScope::cancel);
    List<String> ends = new ArrayList<>();
    for (Future<String> each : waiting) {
      ends.add(each.get());
    }
    assertThat(ends).filteredOn(end -> end.contains("waits for its turn")).hasSizeGreaterThan(30);
    int before = things.received.size();
    long start = System.nanoTime();
    things.read("b");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(things.received).hasSize(before + 1);
  }

  @Test
  void aTurnBeyondTheTimeOutFailsAtOnceAndSaysWhy() {
    things.config.with("requestsPerSecond", "0.02");
    things.read("a");
    long start = System.nanoTime();
    for (int i = 0; i < 12; i++) {
      try (StatementScope scope = things.statement(Duration.ofSeconds(30))) {
        TurntableException failure = read(scope);
        assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(failure)
            .hasMessageStartingWith(
                "test.things: GET /things/a was not sent: requestsPerSecond=0.02")
            .hasMessageContaining("time-out");
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
    assertThat(things.received).hasSize(1);
  }

  /** Those that give up do not keep those from succeeding that have the time. */
  @Test
  void someAlwaysGoWhereTheTimeOutIsShort() {
    things.config.with("requestsPerSecond", "4");
    int done = 0;
    for (int i = 0; i < 12 || (done < 2 && i < 100); i++) { // a busy machine needs more of them
      try (StatementScope scope = things.statement(Duration.ofMillis(200))) {
        things.calls().read(scope, Things.TABLE, things.api().thing("a"));
        done++;
      } catch (TurntableException e) {
        assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT);
      }
      try (StatementScope scope = things.statement()) {
        scope.pause(Duration.ofMillis(60));
      }
    }
    assertThat(done).isGreaterThanOrEqualTo(2);
  }

  @Test
  void aPauseAskedForBy429NamesItself() {
    CountDownLatch refused = new CountDownLatch(1);
    things.config.with("maxRetries", "0");
    things.answer(
        request -> {
          refused.countDown();
          return error(429).addHeader("Retry-After", "120").build();
        });
    try (StatementScope scope = things.statement()) {
      assertThat(read(scope).kind()).isEqualTo(ErrorKind.BAD_ANSWER);
    }
    try (StatementScope scope = things.statement(Duration.ofSeconds(60))) {
      TurntableException failure = read(scope);
      assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(failure).hasMessageContaining("the service has asked by 429 for a pause");
    }
    assertThat(things.received).hasSize(1);
  }

  /** As when the answers to two requests that were under way come in turn. */
  @Test
  void aShorterPauseCutsNoLongerOne() {
    Pace pace = new Pace();
    pace.pause(Duration.ofHours(2));
    pace.pause(Duration.ZERO);
    pace.pause(Duration.ofSeconds(2));
    try (StatementScope scope = things.statement(Duration.ofHours(1))) {
      TurntableException failure =
          failureOf(
              () -> {
                pace.await(scope, 0, "it");
                return "sent";
              });
      assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(failure).hasMessageContaining("the service has asked by 429 for a pause");
    }
  }

  @Test
  void aLongerPauseMakesAShorterOneLonger() {
    Pace pace = new Pace();
    pace.pause(Duration.ofSeconds(2));
    pace.pause(Duration.ofHours(2));
    try (StatementScope scope = things.statement(Duration.ofHours(1))) {
      assertThat(
              failureOf(
                      () -> {
                        pace.await(scope, 0, "it");
                        return "sent";
                      })
                  .kind())
          .isEqualTo(ErrorKind.TIMEOUT);
    }
  }

  /** Those that wait when the pause ends leave at the pace, not together. */
  @Test
  void thePaceHoldsAfterAPauseToo() throws Exception {
    Pace pace = new Pace();
    long interval = Duration.ofMillis(40).toNanos();
    long pause = Duration.ofMillis(200).toNanos();
    long start = System.nanoTime();
    pace.pause(Duration.ofNanos(pause));
    List<Future<Long>> waiting = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      waiting.add(
          things
              .connection()
              .executor()
              .submit(
                  () -> {
                    try (StatementScope scope = things.statement()) {
                      pace.await(scope, 1e9 / interval, "it");
                      return System.nanoTime();
                    }
                  }));
    }
    List<Long> left = new ArrayList<>();
    for (Future<Long> each : waiting) {
      left.add(each.get() - start);
    }
    Collections.sort(left);
    // The i-th cannot have left before; how much later it was seen to leave is up to the machine.
    for (int i = 0; i < left.size(); i++) {
      assertThat(left.get(i)).as("number %d", i).isGreaterThanOrEqualTo(pause + i * interval);
    }
  }

  @Test
  void aRefusedBudgetTakesNoTurn() {
    things.config.with("requestsPerSecond", "0.05");
    things.limits(new dev.turntable.source.ConnectionLimits(1, 8, 4, Duration.ZERO, false));
    try (StatementScope scope = things.statement()) {
      things.calls().read(scope, Things.TABLE, things.api().thing("a"));
      long start = System.nanoTime();
      assertThat(read(scope).kind()).isEqualTo(ErrorKind.BUDGET);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }
  }
}
