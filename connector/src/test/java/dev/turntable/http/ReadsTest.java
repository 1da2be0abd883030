package dev.turntable.http;

import static dev.turntable.http.Things.cut;
import static dev.turntable.http.Things.cutInBody;
import static dev.turntable.http.Things.error;
import static dev.turntable.http.Things.failureOf;
import static dev.turntable.http.Things.json;
import static dev.turntable.http.Things.kindOf;
import static dev.turntable.http.Things.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.RequestRecord;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadsTest {
  private final Things things = new Things();

  @AfterEach
  void close() {
    things.close();
  }

  @Test
  void readsARecord() {
    assertThat(things.read("a")).isEqualTo(new Things.Thing("a", 1L));
    assertThat(things.received)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.getTarget()).isEqualTo("/things/a");
              assertThat(request.getHeaders().get("Authorization"))
                  .isEqualTo("Bearer " + Things.KEY);
              assertThat(request.getHeaders().get("User-Agent")).startsWith("turntable/");
            });
    assertThat(things.connection().log().records())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.method()).isEqualTo("GET");
              assertThat(record.url()).endsWith("/things/a");
              assertThat(record.status()).isEqualTo(200);
              assertThat(record.responseBytes()).isEqualTo(20);
              assertThat(record.attempt()).isEqualTo(1);
              assertThat(record.shared()).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 409, 429, 500, 502, 503, 504})
  void repeatsWhatMayComeRight(int status) {
    MockResponse failure = error(status).addHeader("retry-after-ms", "1").build();
    things.answerFirst(List.of(failure, failure));

    assertThat(things.read("a").count()).isEqualTo(1);
    assertThat(things.connection().log().records())
        .extracting(RequestRecord::status, RequestRecord::attempt)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(status, 1),
            org.assertj.core.groups.Tuple.tuple(status, 2),
            org.assertj.core.groups.Tuple.tuple(200, 3));
  }

  @Test
  void okHttpRepeatsNothingByItself() {
    things.config.with("maxRetries", "0");
    things.answer(request -> error(503).addHeader("Retry-After", "0").build());

    assertThat(kindOf(() -> things.read("a"))).isEqualTo(ErrorKind.BAD_ANSWER);
    assertThat(things.received).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "400, BAD_VALUE", "401, AUTHENTICATION", "402, BAD_ANSWER", "403, FORBIDDEN",
    "404, UNREACHABLE", "405, BAD_ANSWER", "410, BAD_ANSWER", "422, BAD_VALUE",
  })
  void aRefusalIsFinal(int status, ErrorKind kind) {
    things.answer(request -> error(status).build());

    TurntableException failure = failureOf(() -> things.read("a"));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure)
        .hasMessageStartingWith("test.things: GET /things/a answered " + status + ": no luck");
    assertThat(things.received).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 409, 429, 500, 503})
  void givesUpAfterTheRetries(int status) {
    things.answer(request -> error(status).addHeader("retry-after-ms", "0").build());

    assertThat(failureOf(() -> things.read("a")))
        .hasMessageContaining("answered " + status + ": no luck (attempt 5)")
        .extracting(TurntableException::kind)
        .isEqualTo(ErrorKind.BAD_ANSWER);
    assertThat(things.received).hasSize(5);
  }

  @Test
  void anOwn404IsNoSuchThing() {
    things.answer(request -> error(404).build());
    assertThat(things.find("a")).isNull();
  }

  @Test
  void a404OfAGatewayIsNotTheServices() {
    things.answer(
        request ->
            new MockResponse.Builder()
                .code(404)
                .addHeader("Content-Type", "application/json")
                .body("{\"message\": \"no Route matched with those values\"}")
                .build());
    assertThat(failureOf(() -> things.find("a")))
        .hasMessageContainingAll("no Route matched", "test.baseUrl=http://127.0.0.1:")
        .extracting(TurntableException::kind)
        .isEqualTo(ErrorKind.UNREACHABLE);
  }

  @Test
  void anyOther404NamesTheBaseUrl() {
    things.answer(request -> new MockResponse.Builder().code(404).body("<h1>Nope</h1>").build());
    assertThat(failureOf(() -> things.find("a")))
        .hasMessageContainingAll("answered 404: <h1>Nope</h1>", "test.baseUrl=http://127.0.0.1:")
        .extracting(TurntableException::kind)
        .isEqualTo(ErrorKind.UNREACHABLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\":\"plain\"} | plain",
        "{\"error\":{\"message\":\"nested\"}} | nested",
        "{\"message\":\"text\"} | text",
        "{\"detail\":\"why\"} | why",
        "{\"detail\":[{\"loc\":[\"body\",\"n\"],\"msg\":\"too big\"}]} | body.n: too big",
        "<html>Bad   Gateway</html> | <html>Bad Gateway</html>",
        "{\"error\":\"two\\nlines\"} | two lines",
      })
  void showsTheWordsOfTheService(String body, String words) {
    things.config.with("maxRetries", "0");
    things.answer(request -> json(500, body).build());
    assertThat(failureOf(() -> things.read("a"))).hasMessageContaining("answered 500: " + words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "nonsense",
        "[]",
        "{\"id\":",
        "{\"id\":\"a\"} x",
        "{\"id\":{}}",
        "\"a\"",
        "{\"count\":\"many\"}",
        "{\"id\":\"a\",}",
      })
  void aBodyThatIsNoThingIsAnError(String body) {
    things.answer(request -> json(200, body).build());
    assertThat(kindOf(() -> things.read("a"))).isEqualTo(ErrorKind.BAD_ANSWER);
    assertThat(things.received).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"42.5", "9223372036854775808", "1e400"})
  void aNumberOutOfRangeNamesTheField(String number) {
    things.answer(request -> json(200, "{\"count\":" + number + "}").build());
    assertThat(failureOf(() -> things.read("a")))
        .hasMessageContaining("$.count")
        .extracting(TurntableException::kind)
        .isEqualTo(ErrorKind.OUT_OF_RANGE);
  }

  @Test
  void theContentTypeMustBeJson() {
    things.answer(
        request ->
            new MockResponse.Builder()
                .addHeader("Content-Type", "text/html")
                .body("{\"id\":\"a\"}")
                .build());
    assertThat(failureOf(() -> things.read("a")))
        .hasMessageContaining("answered 200 with text/html, not JSON")
        .extracting(TurntableException::kind)
        .isEqualTo(ErrorKind.BAD_ANSWER);
  }

  @Test
  void anAnswerWithoutContentIsAnError() {
    things.answer(request -> new MockResponse.Builder().code(204).build());
    assertThat(kindOf(() -> things.read("a"))).isEqualTo(ErrorKind.BAD_ANSWER);
  }

  @Test
  void readsACompressedBodyAndCountsItsRealSize() throws IOException {
    Buffer compressed = new Buffer();
    try (var out = Okio.buffer(new GzipSink(compressed))) {
      out.writeUtf8("{\"id\":\"" + "z".repeat(1000) + "\"}");
    }
    things.answer(
        request ->
            new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .addHeader("Content-Encoding", "gzip")
                .body(compressed.clone())
                .build());
    assertThat(things.read("a").id()).hasSize(1000);
    assertThat(things.connection().log().records().get(0).responseBytes()).isEqualTo(1009);
  }

  @Test
  void aBodyThatIsTooLargeIsAnError() {
    Buffer body = new Buffer().writeUtf8("{\"id\":\"");
    byte[] chunk = new byte[1 << 20];
    java.util.Arrays.fill(chunk, (byte) 'x');
    for (int i = 0; i < 65; i++) {
      body.write(chunk);
    }
    things.answer(
        request ->
            new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build());
    assertThat(kindOf(() -> things.read("a"))).isEqualTo(ErrorKind.TOO_LARGE);
  }

  @Test
  void aLostConnectionIsTriedAgain() {
    things.answerFirst(List.of(cut(), cutInBody(), cut()));
    assertThat(things.read("a").id()).isEqualTo("a");
    assertThat(things.received).hasSize(4);
  }

  @Test
  void aConnectionLostForGoodIsAnError() {
    things.answer(request -> cutInBody());
    assertThat(kindOf(() -> things.read("a"))).isEqualTo(ErrorKind.CONNECTION_LOST);
    assertThat(things.received).hasSize(5);
    things.answer(request -> cut());
    assertThat(kindOf(() -> things.read("a"))).isEqualTo(ErrorKind.CONNECTION_LOST);
  }

  @Test
  void aServerThatIsNotThereIsUnreachable() {
    things.server.close();
    assertThat(failureOf(() -> things.read("a")))
        .hasMessageContaining("is test.baseUrl=")
        .extracting(TurntableException::kind)
        .isEqualTo(ErrorKind.UNREACHABLE);
  }

  @Test
  void anAttemptIsTimedAsAWhole() {
    things.config.with("requestTimeout", "0.3").with("maxRetries", "1");
    things.answer(
        request ->
            json(200, "{\"id\":\"" + "x".repeat(10_000) + "\"}") // 50 s long
                .throttleBody(20, 100, TimeUnit.MILLISECONDS)
                .build());
    long start = System.nanoTime();
    assertThat(failureOf(() -> things.read("a")))
        .hasMessageContaining("within requestTimeout=0.3 s")
        .extracting(TurntableException::kind)
        .isEqualTo(ErrorKind.CONNECTION_LOST);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    assertThat(things.connection().log().records())
        .extracting(RequestRecord::attempt)
        .containsExactly(1, 2);
  }

  @Test
  void theBudgetCountsEveryAttempt() {
    things.limits(new dev.turntable.source.ConnectionLimits(3, 8, 4, Duration.ZERO, false));
    things.answer(request -> error(500).addHeader("retry-after-ms", "0").build());
    assertThat(failureOf(() -> things.read("a")))
        .hasMessageContaining("test.things: GET /things/a was not sent")
        .extracting(TurntableException::kind)
        .isEqualTo(ErrorKind.BUDGET);
    assertThat(things.received).hasSize(3);
  }

  @Test
  void aPauseLongerThanTheStatementMayTakeEndsItAtOnce() {
    things.answer(request -> error(503).addHeader("Retry-After", "120").build());
    long start = System.nanoTime();
    try (StatementScope scope = things.statement(Duration.ofSeconds(60))) {
      assertThat(failureOf(() -> things.calls().read(scope, Things.TABLE, things.api().thing("a"))))
          .hasMessageContaining("no luck")
          .extracting(TurntableException::kind)
          .isEqualTo(ErrorKind.TIMEOUT);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  /** Whatever the status: a statement that waits for hours looks like one that hangs. */
  @ParameterizedTest
  @ValueSource(ints = {408, 409, 429, 500, 502, 503, 504})
  void aWishForHoursIsNotFulfilled(int status) {
    things.answer(request -> error(status).addHeader("Retry-After", "301").build());
    try (StatementScope scope = things.statement(Duration.ofSeconds(300))) {
      assertThat(failureOf(() -> things.calls().read(scope, Things.TABLE, things.api().thing("a"))))
          .hasMessageContaining("answered " + status)
          .hasMessageContaining("asks to wait 301 s, run it again then")
          .extracting(TurntableException::kind)
          .isEqualTo(ErrorKind.BAD_ANSWER);
    }
    assertThat(things.received).hasSize(1);
  }

  /** Of the last attempt nothing follows that could wait. */
  @Test
  void aWishWithTheLastAnswerIsNotToldOf() {
    things.config.with("maxRetries", "0");
    things.answer(request -> error(503).addHeader("Retry-After", "300").build());
    assertThat(failureOf(() -> things.read("a")))
        .hasMessageContaining("answered 503")
        .hasMessageNotContaining("asks to wait");
  }

  @Test
  void followsRedirectsOfTheSameHostOnly() {
    things.answer(
        request ->
            request.getTarget().equals("/things/a")
                ? new MockResponse.Builder().code(307).addHeader("Location", "/b").build()
                : thing("b", 2));
    assertThat(things.read("a").id()).isEqualTo("b");
    assertThat(things.connection().log().records())
        .extracting(RequestRecord::status)
        .containsExactly(307, 200);
    try (StatementScope scope = things.statement()) {
      things.calls().read(scope, Things.TABLE, things.api().thing("a"));
      assertThat(scope.requestCount()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:%d/b", "https://127.0.0.1:%d/b", "//evil.invalid/b"})
  void theKeyFollowsNoRedirectElsewhere(String location) {
    String target = location.replace("%d", String.valueOf(things.server.getPort()));
    things.answer(
        request -> new MockResponse.Builder().code(302).addHeader("Location", target).build());
    assertThat(failureOf(() -> things.read("a")))
        .hasMessageContaining("redirect")
        .extracting(TurntableException::kind)
        .isEqualTo(ErrorKind.UNREACHABLE);
    assertThat(things.received).hasSize(1);
  }

  /** Who is told to come back in hours is told so; the others of the key do not wait for that. */
  @Test
  void aWishForHoursPausesNobody() {
    things.answerFirst(List.of(error(429).addHeader("Retry-After", "7200").build()));
    assertThat(failureOf(() -> things.read("a"))).hasMessageContaining("7200 s");
    try (StatementScope scope = things.statement(Duration.ofSeconds(30))) {
      assertThat(things.calls().read(scope, Things.TABLE, things.api().thing("a")).id())
          .isEqualTo("a");
    }
    assertThat(things.received).hasSize(2);
  }

  /** Another port of the same host is another server. */
  @Test
  void theKeyFollowsNoRedirectToAnotherPort() {
    try (Things other = new Things()) {
      String target = "http://127.0.0.1:" + other.server.getPort() + "/things/b";
      things.answer(
          request -> new MockResponse.Builder().code(302).addHeader("Location", target).build());
      assertThat(failureOf(() -> things.read("a")))
          .hasMessageContaining("redirect")
          .extracting(TurntableException::kind)
          .isEqualTo(ErrorKind.UNREACHABLE);
      assertThat(other.received).isEmpty();
    }
  }

  @Test
  void aLoopOfRedirectsEnds() {
    things.answer(
        request -> new MockResponse.Builder().code(302).addHeader("Location", "/b").build());
    assertThat(kindOf(() -> things.read("a"))).isEqualTo(ErrorKind.UNREACHABLE);
    assertThat(things.received).hasSize(6);
  }

  @Test
  void secretsAreInNoText() {
    things.config.with("maxRetries", "0");
    things.answer(request -> json(400, "{\"error\":\"bad " + Things.KEY + "\"}").build());
    assertThat(chain(failureOf(() -> things.read(Things.KEY))))
        .doesNotContain(Things.KEY)
        .contains("bad ****");
    things.answer(request -> json(200, "{\"" + Things.KEY + "\":1,\"count\":{}}").build());
    assertThat(chain(failureOf(() -> things.read("a")))).doesNotContain(Things.KEY);
    assertThat(things.connection().log().records().toString()).doesNotContain(Things.KEY);
  }

  static String chain(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable link = failure; link != null; link = link.getCause()) {
      text.append(link).append('\n');
    }
    return text.toString();
  }

  @Test
  void aTokenThatIsNoLongerGoodIsRenewedOnce() {
    List<String> tokens = Collections.synchronizedList(new java.util.ArrayList<>());
    things.authorization(
        new Authorization() {
          @Override
          public String header(StatementScope scope) {
            return "Bearer token" + tokens.size();
          }

          @Override
          public boolean onUnauthorized(String header, StatementScope scope) {
            tokens.add(header);
            return true;
          }
        });
    things.answer(
        request ->
            "Bearer token1".equals(request.getHeaders().get("Authorization"))
                ? thing("a", 1)
                : error(401).build());
    assertThat(things.read("a").id()).isEqualTo("a");
    assertThat(tokens).containsExactly("Bearer token0");

    things.answer(request -> error(401).build());
    assertThat(kindOf(() -> things.read("a"))).isEqualTo(ErrorKind.AUTHENTICATION);
    assertThat(things.received).hasSize(4);
  }

  @Test
  void aKeyThatNoHeaderCanHoldIsNotShown() {
    assertThatThrownBy(() -> Authorization.bearer("test.apiKey", "abc\ndef"))
        .isInstanceOf(TurntableException.class)
        .hasMessageNotContaining("abc");
  }
}
