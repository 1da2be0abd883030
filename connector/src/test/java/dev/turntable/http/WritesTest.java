package dev.turntable.http;

import static dev.turntable.http.Things.cut;
import static dev.turntable.http.Things.cutInBody;
import static dev.turntable.http.Things.error;
import static dev.turntable.http.Things.failureOf;
import static dev.turntable.http.Things.hang;
import static dev.turntable.http.Things.json;
import static dev.turntable.http.Things.kindOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WritesTest {
  private final Things things = new Things();

  @AfterEach
  void close() {
    things.close();
  }

  @Test
  void writesOnce() {
    assertThat(things.add("a").id()).isEqualTo("a");
    assertThat(things.received)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.getMethod()).isEqualTo("POST");
              assertThat(request.getBody().utf8()).isEqualTo("{\"id\":\"a\",\"count\":1}");
            });
  }

  /** A large text is there as long as it is sent, and is counted for so long. */
  @Test
  void theTextThatIsSentIsCounted() {
    String id = "x".repeat(300_000);
    try (StatementScope scope = things.statement()) {
      AtomicLong held = new AtomicLong();
      things.answer(
          request -> {
            held.set(scope.memory().held());
            return Things.thing("a", 1);
          });
      things.calls().write(scope, Things.TABLE, things.api().add(new Things.Thing(id, 1L)));
      assertThat(held.get()).isBetween(300_000L, 400_000L);
      assertThat(scope.memory().held()).isLessThan(1000);
    }
  }

  static Stream<MockResponse> ambiguous() {
    return Stream.of(
        cut(),
        cutInBody(),
        new MockResponse.Builder().onRequestBody(new SocketEffect.CloseSocket()).build(),
        error(500).build(),
        error(503).addHeader("Retry-After", "0").build(),
        error(408).build(),
        error(504).addHeader("x-should-retry", "true").build(),
        json(200, "garbage").build(),
        json(200, "").build(),
        new MockResponse.Builder().code(204).build());
  }

  @ParameterizedTest
  @MethodSource("ambiguous")
  void aWriteWhoseAnswerIsLostIsUnknownAndNotRepeated(MockResponse response) {
    things.answer(request -> response);
    TurntableException failure = failureOf(() -> things.add("a"));

    assertThat(failure.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
    assertThat(failure).hasMessageStartingWith("test.things: POST /things ");
    assertNoNetworkException(failure);
    assertThat(things.received.size()).isLessThanOrEqualTo(1);
    assertThat(things.server.getRequestCount()).isEqualTo(1);
    assertThat(things.connection().log().records()).hasSize(1);
  }

  static void assertNoNetworkException(Throwable failure) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      assertThat(link.getClass().getName())
          .doesNotStartWith("java.net")
          .doesNotStartWith("java.io");
      assertThat(link.getSuppressed()).isEmpty();
    }
  }

  @Test
  void aWriteThatTakesTooLongIsUnknown() {
    things.config.with("runTimeout", "0.2");
    things.answer(request -> hang());
    assertThat(failureOf(() -> things.add("a")))
        .hasMessageContaining("within runTimeout=0.2 s")
        .extracting(TurntableException::kind)
        .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
    assertThat(things.received).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "400, BAD_VALUE",
    "401, AUTHENTICATION",
    "402, BAD_ANSWER",
    "403, FORBIDDEN",
    "404, BAD_ANSWER",
    "409, BAD_ANSWER",
    "422, BAD_VALUE",
    "429, BAD_ANSWER",
    "307, BAD_ANSWER",
  })
  void aRefusedWriteHasNotHappened(int status, ErrorKind kind) {
    things.answer(
        request ->
            error(status).addHeader("Location", "/b").addHeader("retry-after-ms", "1").build());
    assertThat(kindOf(() -> things.add("a"))).isEqualTo(kind);
    assertThat(things.received).hasSize(1);
  }

  @Test
  void aWriteThatNeverLeftIsUnreachable() {
    things.server.close();
    TurntableException failure = failureOf(() -> things.add("a"));
    assertThat(failure.kind()).isEqualTo(ErrorKind.UNREACHABLE);
    assertNoNetworkException(failure);
  }

  @Test
  void aWriteCancelledWhileItWaitsForASlotHasNotHappened() {
    for (int i = 0; i < 4; i++) {
      things.connection().writeSlots().acquireUninterruptibly();
    }
    try (StatementScope scope = things.statement(Duration.ofMillis(100))) {
      assertThat(write(scope).kind()).isEqualTo(ErrorKind.TIMEOUT);
    }
    assertThat(things.received).isEmpty();
  }

  @Test
  void aWriteCancelledUnderWayIsUnknown() {
    things.answer(request -> hang());
    try (StatementScope scope = things.statement(Duration.ofMillis(300))) {
      TurntableException failure = write(scope);
      assertThat(failure.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
      assertNoNetworkException(failure);
    }
    assertThat(things.received).hasSize(1);
  }

  private TurntableException write(StatementScope scope) {
    return failureOf(
        () ->
            things.calls().write(scope, Things.TABLE, things.api().add(new Things.Thing("a", 1L))));
  }

  @Test
  void aDeleteIsNotRepeatedEither() {
    things.answer(request -> error(503).addHeader("Retry-After", "0").build());
    try (StatementScope scope = things.statement()) {
      assertThat(kindOf(() -> things.calls().write(scope, Things.TABLE, things.api().remove("a"))))
          .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
    }
    assertThat(things.received).hasSize(1);
  }
}
