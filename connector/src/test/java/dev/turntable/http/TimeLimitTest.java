package dev.turntable.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.SourceConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which limit a request has, and what messages call it. */
final class TimeLimitTest {
  private static HttpOptions options(String request, String run) {
    Map<String, String> texts = new HashMap<>();
    texts.put("baseUrl", "http://127.0.0.1:1");
    texts.put("connectTimeout", "10");
    texts.put("requestTimeout", request);
    texts.put("runTimeout", run);
    texts.put("maxRetries", "4");
    texts.put("requestsPerSecond", "0");
    return HttpOptions.of(new SourceConfig("service", texts));
  }

  /** Zero is no limit, of either. */
  @ParameterizedTest
  @CsvSource({
    "60, 0, requestTimeout=60 s",
    "60, 90, requestTimeout=60 s",
    "60, 60, requestTimeout=60 s",
    "60, 1.5, the network time-out of 1.5 s",
    "0, 1.5, the network time-out of 1.5 s",
    "0, 0, requestTimeout=0 s",
    "0.25, 0, requestTimeout=0.25 s"
  })
  void ofReads(String request, String network, String limit) {
    Duration millis = Duration.ofMillis((long) (Double.parseDouble(network) * 1000));
    assertThat(TimeLimit.of(options(request, "600"), millis, false)).hasToString(limit);
    assertThat(TimeLimit.of(options("600", request), millis, true))
        .hasToString(limit.replace("requestTimeout", "runTimeout"));
  }
}
