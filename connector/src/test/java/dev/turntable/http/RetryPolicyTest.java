package dev.turntable.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
  private static final long NOW = Instant.parse("2026-07-20T12:00:00Z").toEpochMilli();

  private final RetryPolicy policy = new RetryPolicy(4, () -> 1, () -> NOW);

  @ParameterizedTest
  @CsvSource({
    "Retry-After, 3, 3000",
    "Retry-After, 0, 0",
    "Retry-After, 1.5, 1500",
    "Retry-After, ' 2 ', 2000",
    "retry-after-ms, 250, 250",
    "retry-after-ms, 0.5, 0",
    "Retry-After, 'Mon, 20 Jul 2026 12:00:30 GMT', 30000",
    "Retry-After, 'Mon, 20 Jul 2026 11:59:30 GMT', 0",
  })
  void takesTheWishOfTheServer(String header, String value, long millis) {
    assertThat(policy.pause(1, answered(429, header, value)).toMillis()).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "-1", "soon", "1e9", "0x1p3", "''", "1d"})
  void aWishThatIsNoneMeansBackoff(String value) {
    assertThat(policy.pause(1, answered(503, "Retry-After", value)))
        .isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void millisecondsWinOverSeconds() {
    Attempt attempt = answered(429, "Retry-After", "9", "retry-after-ms", "10");
    assertThat(policy.pause(1, attempt)).isEqualTo(Duration.ofMillis(10));
  }

  @Test
  void backoffDoublesUpToEightSeconds() {
    assertThat(java.util.stream.IntStream.rangeClosed(1, 7).mapToObj(policy::backoff))
        .extracting(Duration::toMillis)
        .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 8000L, 8000L);
  }

  @Test
  void jitterIsFull() {
    assertThat(new RetryPolicy(4, () -> 0.25, () -> NOW).backoff(2))
        .isEqualTo(Duration.ofMillis(250));
  }

  @ParameterizedTest
  @CsvSource({
    "400, , false",
    "401, , false",
    "403, , false",
    "404, , false",
    "422, , false",
    "408, , true",
    "409, , true",
    "429, , true",
    "500, , true",
    "502, , true",
    "503, , true",
    "504, , true",
    "599, , true",
    "500, false, false",
    "429, false, false",
    "400, true, true",
  })
  void repeatsWhatMayComeRight(int status, String wish, boolean expected) {
    Attempt attempt = wish == null ? answered(status) : answered(status, "x-should-retry", wish);
    assertThat(policy.mayRetry(attempt)).isEqualTo(expected);
  }

  private static Attempt answered(int status, String... headers) {
    Response.Builder response =
        new Response.Builder()
            .request(new Request.Builder().url("http://localhost/").build())
            .protocol(Protocol.HTTP_1_1)
            .message("")
            .code(status);
    for (int i = 0; i < headers.length; i += 2) {
      response.header(headers[i], headers[i + 1]);
    }
    Attempt attempt = new Attempt();
    attempt.answered(response.build());
    return attempt;
  }
}
