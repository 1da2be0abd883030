package dev.turntable.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/** Any header that asks for a pause gives one that is not negative, or none. */
public final class RetryAfterFuzz {
  private static final Request REQUEST = new Request.Builder().url("http://127.0.0.1/").build();

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,4}");

  private RetryAfterFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, UTF_8);
    Headers headers;
    try {
      int half = text.indexOf('|');
      Headers.Builder builder = new Headers.Builder();
      builder.addUnsafeNonAscii("Retry-After", half < 0 ? text : text.substring(0, half));
      if (half >= 0) {
        builder.addUnsafeNonAscii("retry-after-ms", text.substring(half + 1));
      }
      headers = builder.build();
    } catch (IllegalArgumentException e) {
      return; // no HTTP client would let it through
    }
    Attempt attempt = new Attempt();
    attempt.answered(
        new Response.Builder()
            .request(REQUEST)
            .protocol(Protocol.HTTP_1_1)
            .code(429)
            .message("")
            .headers(headers)
            .build());
    RetryPolicy policy = new RetryPolicy(4, () -> 0.5, () -> 1_700_000_000_000L);
    Duration pause = policy.pause(3, attempt);
    if (pause.isNegative()) {
      throw new AssertionError("a pause of " + pause);
    }
    pause.toMillis();
    if (SECONDS.matcher(text).matches() && pause.toSeconds() != Long.parseLong(text)) {
      throw new AssertionError("Retry-After: " + text + " is a pause of " + pause);
    }
    if (pause.compareTo(RetryPolicy.LONGEST_WISH) < 0
        && !text.matches("(?s).*[0-9].*")
        && !pause.equals(policy.backoff(3))) {
      throw new AssertionError(text + " is no wish, and yet a pause of " + pause);
    }
  }
}
