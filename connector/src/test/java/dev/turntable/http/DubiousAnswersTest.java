package dev.turntable.http;

import static dev.turntable.http.Things.error;
import static dev.turntable.http.Things.failureOf;
import static dev.turntable.http.Things.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that a careless reader takes for complete and right. */
@Timeout(60)
final class DubiousAnswersTest {
  private static final String WORDS = "café 東京 \uD83D\uDE00";

  private final Things things = new Things();

  @AfterEach
  void close() {
    things.close();
  }

  private void answer(String type, byte[] body) {
    things.answer(
        request ->
            new MockResponse.Builder()
                .addHeader("Content-Type", type)
                .body(new Buffer().write(body))
                .build());
  }

  private static String thing(String id) {
    return "{\"id\":\"" + id + "\",\"count\":1}";
  }

  @ParameterizedTest
  @CsvSource({
    "application/json; charset=ISO-8859-1, ISO-8859-1, caf\u00e9",
    "application/json; charset=\"iso-8859-1\", ISO-8859-1, caf\u00e9",
    "application/json; charset=windows-1252, windows-1252, \u20ac caf\u00e9",
    "application/json; charset=Shift_JIS, Shift_JIS, \u6771\u4eac",
    "application/json; charset=UTF-16, UTF-16, caf\u00e9 \u6771\u4eac",
    "application/json; charset=utf8, UTF-8, caf\u00e9 \u6771\u4eac",
    "application/json; charset=UTF-8, UTF-8, caf\u00e9 \u6771\u4eac",
    "application/json, UTF-8, caf\u00e9 \u6771\u4eac",
  })
  void textIsReadInTheCharsetThatIsDeclared(String type, String charset, String text) {
    answer(type, thing(text).getBytes(Charset.forName(charset)));
    assertThat(things.read("a").id()).isEqualTo(text);
  }

  @Test
  void longTextsOfAnyCharsetComeWhole() {
    String text = WORDS.repeat(5000);
    for (Charset charset : new Charset[] {UTF_8, Charset.forName("UTF-16LE")}) {
      answer("application/json; charset=" + charset, thing(text).getBytes(charset));
      assertThat(things.read("a").id()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "application/json",
    "application/json; charset=UTF-8",
    "application/json; charset=US-ASCII",
    "application/json; charset=no-such-charset",
    "application/problem+json",
  })
  void bytesOfAnotherCharsetAreRefused(String type) {
    answer(type, thing("caf\u00e9").getBytes(ISO_8859_1));
    TurntableException failure = failureOf(() -> things.read("a"));
    assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_ANSWER);
    assertThat(failure).hasMessageStartingWith("test.things: GET /things/a ");
  }

  /** Overlong forms, surrogates, what is beyond Unicode, and what is cut off. */
  @ParameterizedTest
  @ValueSource(strings = {"c0af", "e08080", "eda080", "f4908080", "ff", "80", "c3"})
  void bytesThatAreNoText(String hex) {
    Buffer body = new Buffer().writeUtf8("{\"id\":\"").write(okio.ByteString.decodeHex(hex));
    answer("application/json", body.writeUtf8("\"}").readByteArray());
    assertThat(failureOf(() -> things.read("a")).kind()).isEqualTo(ErrorKind.BAD_ANSWER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"a\",\"count\":1,\"id\":\"b\"}",
        "{\"id\":\"a\",\"i\\u0064\":\"b\"}",
        "{\"id\":\"a\",\"unknown\":{\"x\":1,\"y\":[],\"x\":2}}",
        "{\"id\":\"a\",\"unknown\":[{},{\"\":1,\"\":1}]}",
        "{\"unknown\":1,\"id\":\"a\",\"unknown\":1}"
      })
  void anObjectThatHasAKeyTwice(String body) {
    things.answer(request -> json(200, body).build());
    TurntableException failure = failureOf(() -> things.read("a"));
    assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_ANSWER);
    assertThat(failure).hasMessageContaining("twice");
    assertThat(failureOf(() -> things.add("a")).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"a\",\"x\":{\"id\":\"b\"},\"y\":[{\"id\":1},{\"id\":2}]}",
        "{\"id\":\"a\",\"x\":\"id\",\"y\":\",\\\"id\\\":\"}",
        "{\"id\":\"a\",\"\":{},\"ID\":1,\"x\":[\"id\",\"id\"]}"
      })
  void keysThatOnlySeemToComeTwice(String body) {
    things.answer(request -> json(200, body).build());
    assertThat(things.read("a").id()).isEqualTo("a");
  }

  /** What is no JSON and would be read all the same: a byte fell over on the way. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"a\u0000b\"}",
        "{\"id\":\"a\tb\"}",
        "{\"id\":\"a\nb\"}",
        "{\"id\":\"a\u001fb\"}",
        "{\"id\":\"a\",\"un\u0010known\":1}",
        "{\"id\":\"a\",\"unknown\":[{\"x\":\"\r\"}]}",
        "{\"id\":\"a\\'b\"}",
        "{\"id\":\"a\\\nb\"}",
        "{\"id\":\"a\",\"unknown\":\"\\x41\"}",
        "{\"id\":\"a\",\"unknown\":True}",
        "{\"id\":\"a\",\"unknown\":[falSe]}",
        "{\"id\":\"a\",\"unknown\":truE}",
        "{\"id\":\"a\",\"unknown\":NULL}",
        "{\"id\":\"a\",\"unknown\":nuLl}"
      })
  void whatIsNoJsonThoughReadersForgiveIt(String body) {
    things.answer(request -> json(200, body).build());
    TurntableException failure = failureOf(() -> things.read("a"));
    assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_ANSWER);
    assertThat(failure).hasMessageStartingWith("test.things: GET /things/a ");
    assertThat(failureOf(() -> things.add("a")).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\t{\r\n \"id\" :\"a\" , \"n\":[1E5,-0.5E-3,1e+2, true,false ,null]}\n",
        "{\"id\":\"a\",\"x\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\uD83D\\uDE00\u007f\u2028\"}",
        "{\"id\":\"a\",\"x\":\"TRUE\\\\\",\"y\":\"\\\\\\\"\"}"
      })
  void whatIsJsonThoughItLooksOdd(String body) {
    things.answer(request -> json(200, body).build());
    assertThat(things.read("a").id()).isEqualTo("a");
  }

  @Test
  void aPartThatNobodyAskedFor() {
    things.answer(
        request -> json(206, thing("a")).addHeader("Content-Range", "bytes 0-20/40").build());
    TurntableException failure = failureOf(() -> things.read("a"));
    assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_ANSWER);
    assertThat(failure).hasMessageContaining("206");
    assertThat(failureOf(() -> things.add("a")).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
  }

  @Test
  void theRemedyFitsA403ThatAsksToWait() {
    things.answer(request -> error(403).addHeader("Retry-After", "30").build());
    TurntableException failure = failureOf(() -> things.read("a"));
    assertThat(failure.kind()).isEqualTo(ErrorKind.FORBIDDEN);
    assertThat(failure)
        .hasMessageContaining("Retry-After: 30")
        .hasMessageNotContaining("use a key");
    things.answer(request -> error(403).build());
    assertThat(failureOf(() -> things.read("a")))
        .hasMessageContaining("use a key that may do this");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 422, 403, 500})
  void aCancelDuringADrippingErrorIsACancel(int status) {
    CountDownLatch arrived = new CountDownLatch(1);
    things.answer(
        request -> {
          arrived.countDown();
          return error(status)
              .body("{\"error\":\"" + "x".repeat(5000) + "\"}")
              .throttleBody(1, 50, TimeUnit.MILLISECONDS)
              .build();
        });
    try (StatementScope scope = things.statement()) {
      var unused =
          things
              .connection()
              .executor()
              .submit(
                  () -> {
                    arrived.await();
                    scope.pause(Duration.ofMillis(200));
                    scope.cancel();
                    return null;
                  });
      assertThat(
              failureOf(() -> things.calls().read(scope, Things.TABLE, things.api().thing("a")))
                  .kind())
          .isEqualTo(ErrorKind.CANCELLED);
    }
  }

  @Test
  void aTimeOutOfAWriteDuringADrippingErrorIsUnknownWhereItMayHaveActed() {
    things.answer(
        request ->
            error(503)
                .body("{\"error\":\"" + "x".repeat(5000) + "\"}")
                .throttleBody(1, 50, TimeUnit.MILLISECONDS)
                .build());
    try (StatementScope scope = things.statement(Duration.ofMillis(500))) {
      assertThat(
              failureOf(
                      () ->
                          things
                              .calls()
                              .write(
                                  scope, Things.TABLE, things.api().add(new Things.Thing("a", 1L))))
                  .kind())
          .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
    }
  }

  @Test
  void aShortTimeOutIsNotNone() {
    things.config.with("requestTimeout", "0.0004").with("maxRetries", "0");
    things.answer(request -> Things.hang());
    // Whether it ends while it connects or later is a matter of luck; without limit it would hang.
    assertThat(failureOf(() -> things.read("a")).kind())
        .isIn(ErrorKind.CONNECTION_LOST, ErrorKind.UNREACHABLE);
  }
}
