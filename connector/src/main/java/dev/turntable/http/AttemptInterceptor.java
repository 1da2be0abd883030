package dev.turntable.http;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Adds the headers, follows redirects of GET on the same scheme, host and port, and bounds the body.
 * Nothing else is repeated here or below.
 */
final class AttemptInterceptor implements Interceptor {
  private static final int MAX_REDIRECTS = 5;

  private final String userAgent;

  AttemptInterceptor(String userAgent) {
    this.userAgent = userAgent;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Attempt attempt = Attempt.of(chain.request());
    Request request = withHeaders(chain.request(), attempt);
    attempt.allowExchange();
    Response response = chain.proceed(request);
    for (int hops = 0; hops < MAX_REDIRECTS; hops++) {
      HttpUrl target = target(request, response);
      if (target == null) {
        break;
      }
      response.close();
      attempt.follow(response, target.encodedPath());
      request = request.newBuilder().url(target).build();
      attempt.allowExchange();
      response = chain.proceed(request);
    }
    attempt.answered(response);
    return response
        .newBuilder()
        .body(new BoundedBody(response.body(), attempt, response.isSuccessful()))
        .build();
  }

  private Request withHeaders(Request request, Attempt attempt) {
    Request.Builder builder =
        request
            .newBuilder()
            .url(strict(request.url()))
            .header("User-Agent", userAgent)
            .header("Accept", "application/json");
    String authorization = attempt.authorization();
    if (authorization != null) {
      builder.header("Authorization", authorization);
    }
    return builder.build();
  }

  /** OkHttp leaves brackets in a path as they are; RFC 3986 does not, and servers refuse them. */
  private static HttpUrl strict(HttpUrl url) {
    String path = url.encodedPath();
    return path.indexOf('[') < 0 && path.indexOf(']') < 0
        ? url
        : url.newBuilder().encodedPath(path.replace("[", "%5B").replace("]", "%5D")).build();
  }

  /** Returns where a redirect leads, or null if there is none or it must not be followed. */
  private static @Nullable HttpUrl target(Request request, Response response) {
    if (!response.isRedirect() || !request.method().equals("GET")) {
      return null;
    }
    String location = response.header("Location");
    HttpUrl target = location == null ? null : request.url().resolve(location);
    return target != null
            && target.scheme().equals(request.url().scheme())
            && target.host().equals(request.url().host())
            && target.port() == request.url().port()
        ? target
        : null;
  }
}
