package dev.turntable.http;

import static dev.turntable.http.Things.error;
import static dev.turntable.http.Things.failureOf;
import static dev.turntable.http.Things.hang;
import static dev.turntable.http.Things.thing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.RequestRecord;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
  private final Things things = new Things();

  @AfterEach
  void close() {
    things.close();
  }

  @Test
  void equalReadsOfAStatementAreSentOnce() {
    things.answer(
        request ->
            Things.json(200, "{\"id\":\"a\"}").headersDelay(100, TimeUnit.MILLISECONDS).build());
    try (StatementScope scope = things.statement()) {
      assertThat(scope.inParallel(reads(scope, "a", "a", "a"))).containsOnly("a");
    }
    assertThat(things.received).hasSize(1);
    assertThat(things.connection().log().records())
        .extracting(RequestRecord::shared)
        .containsExactlyInAnyOrder(false, true, true);
  }

  private List<Callable<String>> reads(StatementScope scope, String... ids) {
    List<Callable<String>> reads = new ArrayList<>();
    for (String id : ids) {
      reads.add(() -> things.calls().read(scope, Things.TABLE, things.api().thing(id)).id());
    }
    return reads;
  }

  @Test
  void anAnswerIsKeptIfThePlanWantsItAgain() {
    try (StatementScope scope = things.statement()) {
      scope.answers().keep();
      scope.inParallel(reads(scope, "a"));
      scope.inParallel(reads(scope, "a"));
    }
    assertThat(things.received).hasSize(1);
  }

  @Test
  void freshReadsAreNotShared() {
    try (StatementScope scope = things.statement()) {
      scope.answers().keep();
      things.calls().read(scope, Things.TABLE, things.api().thing("a"));
      things.calls().fresh().read(scope, Things.TABLE, things.api().thing("a"));
    }
    assertThat(things.received).hasSize(2);
  }

  /** Three are held at the server until the other six wait for a slot, or have come too. */
  @Test
  void neverMoreReadsInFlightThanAllowed() throws Exception {
    things.limits(new ConnectionLimits(0, 3, 4, Duration.ZERO, false));
    AtomicInteger arrived = new AtomicInteger();
    CountDownLatch answered = new CountDownLatch(1);
    things.answer(
        request -> {
          arrived.incrementAndGet();
          await(answered);
          return thing("a", 1);
        });
    ConnectionScope connection = things.connection();
    try (StatementScope scope = things.statement()) {
      Future<?> all =
          connection
              .executor()
              .submit(
                  () ->
                      scope.inParallel(reads(scope, "a", "b", "c", "d", "e", "f", "g", "h", "i")));
      while (arrived.get() <= 3
          && !(arrived.get() == 3 && connection.readSlots().getQueueLength() == 6)) {
        assertThat(all.isDone()).isFalse();
        Thread.onSpinWait();
      }
      assertThat(arrived).hasValue(3);
      answered.countDown();
      all.get();
    }
    assertThat(arrived).hasValue(9);
    assertThat(connection.readSlots().availablePermits()).isEqualTo(3);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without the cancel it would take the 60 seconds of requestTimeout; a slow machine takes some. */
  @Test
  void cancelEndsAReadAtOnce() {
    CountDownLatch arrived = new CountDownLatch(1);
    things.answer(
        request -> {
          arrived.countDown();
          return hang();
        });
    AtomicLong cancelledAt = new AtomicLong();
    try (StatementScope scope = things.statement()) {
      things
          .connection()
          .executor()
          .execute(
              () -> {
                await(arrived);
                cancelledAt.set(System.nanoTime());
                scope.cancel();
              });
      TurntableException failure =
          failureOf(() -> things.calls().read(scope, Things.TABLE, things.api().thing("a")));
      assertThat(failure.kind()).isEqualTo(ErrorKind.CANCELLED);
      assertThat(Duration.ofNanos(System.nanoTime() - cancelledAt.get()))
          .isLessThan(Duration.ofSeconds(30));
    }
  }

  /** Not before its time, and not with the request, which would last 60 seconds. */
  @Test
  void aTimedOutStatementEndsInTime() {
    things.answer(request -> hang());
    long start = System.nanoTime();
    try (StatementScope scope = things.statement(Duration.ofMillis(500))) {
      assertThat(
              failureOf(() -> things.calls().read(scope, Things.TABLE, things.api().thing("a")))
                  .kind())
          .isEqualTo(ErrorKind.TIMEOUT);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(450), Duration.ofSeconds(30));
  }

  @Test
  void allConnectionsWithOneKeyShareThePace() {
    things.config.with("requestsPerSecond", "20");
    long start = System.nanoTime();
    try (ConnectionScope second = new ConnectionScope(ConnectionLimits.DEFAULT);
        ServiceClient other = things.open(second);
        StatementScope scope = second.statement("SELECT 2", Duration.ZERO)) {
      for (int i = 0; i < 3; i++) {
        things.read("a");
        other.calls().read(scope, Things.TABLE, other.create(Things.Api.class).thing("b"));
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(250));
  }

  @Test
  void a429PausesAllRequestsWithTheKey() {
    AtomicLong refusedAt = new AtomicLong();
    AtomicLong servedAt = new AtomicLong();
    things.answer(
        request -> {
          if (request.getTarget().endsWith("/a") && refusedAt.compareAndSet(0, System.nanoTime())) {
            return error(429).addHeader("Retry-After", "0.4").build();
          }
          servedAt.compareAndSet(0, System.nanoTime());
          return thing("a", 1);
        });
    try (StatementScope scope = things.statement()) {
      things.calls().read(scope, Things.TABLE, things.api().thing("a"));
    }
    things.read("b");
    assertThat(servedAt.get() - refusedAt.get()).isGreaterThan(350_000_000L);
    assertThat(things.connection().log().records().get(1).waitedMs()).isGreaterThanOrEqualTo(350);
  }

  @Test
  void youngAnswersAreUsedAgainUntilAWrite() {
    things.limits(new ConnectionLimits(0, 8, 4, Duration.ofMinutes(1), false));
    things.read("a");
    things.read("a");
    assertThat(things.received).hasSize(1);
    things.add("b");
    things.read("a");
    assertThat(things.received).hasSize(3);
    try (StatementScope scope = things.statement()) {
      things.calls().find(scope, Things.TABLE, things.api().thing("c"), thing -> false);
      things.calls().find(scope, Things.TABLE, things.api().thing("c"), thing -> false);
    }
    assertThat(things.received).hasSize(5);
  }

  @Test
  void nothingIsLeftAfterClose() {
    things.read("a");
    things.add("b");
    things.client().close();
    assertThat(things.connection().readSlots().availablePermits()).isEqualTo(8);
    assertThat(things.connection().writeSlots().availablePermits()).isEqualTo(4);
    assertThat(things.client().idleConnections()).isZero();
  }
}
