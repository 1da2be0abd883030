package dev.turntable.http;

import static dev.turntable.http.Things.failureOf;
import static dev.turntable.http.Things.thing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.PageMemory;
import dev.turntable.source.RequestRecord;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which answers are used again, and what is told of requests that were not sent. */
final class CallsTest {
  private final Things things = new Things();

  @AfterEach
  void close() {
    things.close();
  }

  private void keeping() {
    things.limits(new ConnectionLimits(0, 8, 4, Duration.ofHours(1), false));
  }

  private List<String> sent() {
    return things.received.stream().map(RecordedRequest::getMethod).toList();
  }

  /** What was kept before may be what the write has changed already. */
  @Test
  void aReadDuringAWriteTakesNothingThatWasKept() {
    keeping();
    things.read("a");
    things.answer(
        request -> {
          if (request.getMethod().equals("POST")) {
            things.read("a");
          }
          return thing("a", 1);
        });
    things.add("b");
    assertThat(sent()).containsExactly("GET", "POST", "GET");
  }

  @Test
  void whatIsReadDuringAWriteIsNotKept() {
    keeping();
    things.answer(
        request -> {
          if (request.getMethod().equals("POST")) {
            things.read("a"); // the service has not written yet
          }
          return thing("a", 1);
        });
    things.add("b");
    things.read("a");
    assertThat(sent()).containsExactly("POST", "GET", "GET");
  }

  @Test
  void whatWasAskedForBeforeAWriteIsNotKept() throws Exception {
    keeping();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    things.answer(
        request -> {
          if (request.getMethod().equals("GET") && asked.getCount() > 0) {
            asked.countDown();
            awaitUnchecked(written);
          }
          return thing("a", 1);
        });
    Future<?> early = things.connection().executor().submit(() -> things.read("a"));
    awaitUnchecked(asked);
    things.add("b");
    written.countDown();
    early.get();
    things.read("a");
    things.read("a");
    assertThat(sent()).containsExactly("GET", "POST", "GET");
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A write that fails may have been carried out. */
  @Test
  void aWriteThatFailsForgetsToo() {
    keeping();
    things.read("a");
    things.answer(request -> request.getMethod().equals("POST") ? Things.cut() : thing("a", 1));
    failureOf(() -> things.add("b"));
    things.read("a");
    assertThat(sent()).containsExactly("GET", "POST", "GET");
  }

  @Test
  void thatThereIsNothingIsNotKept() {
    keeping();
    things.answer(request -> Things.error(404).build());
    assertThat(things.find("a")).isNull();
    assertThat(things.find("a")).isNull();
    assertThat(things.received).hasSize(2);
  }

  @Test
  void answersOfOtherUrlsAndMethodsAreOthers() {
    keeping();
    things.read("a");
    things.read("b");
    assertThat(things.received).hasSize(2);
  }

  /** The cache may give it up, and its rows are still wanted. */
  @Test
  void anAnswerThatIsUsedAgainCountsForWhoUsesIt() {
    keeping();
    things.read("a");
    try (StatementScope scope = things.statement()) {
      try (PageMemory rows = scope.bodies().newPage()) {
        scope
            .bodies()
            .reading(rows, () -> things.calls().read(scope, Things.TABLE, things.api().thing("a")));
        assertThat(things.received).hasSize(1);
        long held = scope.memory().held();
        assertThat(held).isPositive();
        scope
            .bodies()
            .reading(rows, () -> things.calls().read(scope, Things.TABLE, things.api().thing("a")));
        assertThat(scope.memory().held()).isEqualTo(2 * held);
      }
      assertThat(scope.memory().held()).isZero();
    }
  }

  /** A key that was pasted where an id belongs. */
  @Test
  void theUrlOfASharedAnswerShowsNoKey() {
    keeping();
    things.read(Things.KEY);
    things.read(Things.KEY);
    try (StatementScope scope = things.statement()) {
      scope.answers().keep();
      things.calls().read(scope, Things.TABLE, things.api().thing(Things.KEY));
    }
    List<RequestRecord> log = things.connection().log().records();
    assertThat(log).extracting(RequestRecord::shared).containsExactly(false, true, true);
    assertThat(log).allSatisfy(record -> assertThat(record.url()).endsWith("/things/****"));
  }

  @Test
  void aRequestOverBudgetShowsNoKey() {
    things.limits(new ConnectionLimits(1, 8, 4, Duration.ZERO, false));
    try (StatementScope scope = things.statement()) {
      things.calls().read(scope, Things.TABLE, things.api().thing("a"));
      TurntableException failure =
          failureOf(() -> things.calls().read(scope, Things.TABLE, things.api().thing(Things.KEY)));
      assertThat(failure.kind()).isEqualTo(ErrorKind.BUDGET);
      assertThat(failure).hasMessageStartingWith("test.things: GET /things/**** was not sent");
    }
  }

  @Test
  void norDoesOneThatWaitsForItsTurn() {
    things.config.with("requestsPerSecond", "0.001");
    things.read("a");
    try (StatementScope scope = things.statement(Duration.ofSeconds(30))) {
      TurntableException failure =
          failureOf(() -> things.calls().read(scope, Things.TABLE, things.api().thing(Things.KEY)));
      assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(failure).hasMessageStartingWith("test.things: GET /things/**** was not sent");
    }
  }
}
