package dev.turntable.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sits at the wire and keeps OkHttp from repeating a request by itself: it would after 503 with
 * {@code Retry-After: 0}, which no other setting switches off. Keeps writes from connections of which
 * nobody knows whether they are alive.
 */
final class ExchangeGuard implements Interceptor {
  private static final String RETRY_AFTER = "Retry-After";

  /** For so long after an answer a connection is taken to be alive. */
  private static final long ALIVE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Map<Connection, Long> answeredAt = Collections.synchronizedMap(new WeakHashMap<>());

  @Override
  public Response intercept(Chain chain) throws IOException {
    Attempt attempt = Attempt.of(chain.request());
    Connection connection = chain.connection();
    if (!chain.request().method().equals("GET") && !isAlive(connection, attempt)) {
      throw attempt.refuseConnection();
    }
    attempt.exchange();
    Response response = chain.proceed(chain.request());
    if (connection != null) {
      answeredAt.put(connection, System.nanoTime());
    }
    String retryAfter = response.header(RETRY_AFTER);
    if (response.code() == 503 && retryAfter != null) {
      attempt.keepRetryAfter(retryAfter);
      return response.newBuilder().removeHeader(RETRY_AFTER).build();
    }
    return response;
  }

  private boolean isAlive(@Nullable Connection connection, Attempt attempt) {
    if (!attempt.overReusedConnection()) {
      return true;
    }
    Long answered = connection == null ? null : answeredAt.get(connection);
    return answered != null && System.nanoTime() - answered <= ALIVE_NANOS;
  }
}
