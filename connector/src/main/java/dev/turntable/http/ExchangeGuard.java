package dev.turntable.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Sits at the wire and keeps OkHttp from repeating a request by itself: it would after 503 with
 * {@code Retry-After: 0}, which no other setting switches off.
 */
final class ExchangeGuard implements Interceptor {
  private static final String RETRY_AFTER = "Retry-After";

  @Override
  public Response intercept(Chain chain) throws IOException {
    Attempt attempt = Attempt.of(chain.request());
    attempt.exchange();
    Response response = chain.proceed(chain.request());
    String retryAfter = response.header(RETRY_AFTER);
    if (response.code() == 503 && retryAfter != null) {
      attempt.keepRetryAfter(retryAfter);
      return response.newBuilder().removeHeader(RETRY_AFTER).build();
    }
    return response;
  }
}
