package dev.turntable.simulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A request, read completely.
 *
 * @param target path and query as sent
 * @param segments the decoded segments of the path
 * @param bytes the body
 * @param body the same as text; empty for a long form
 */
public record ServiceRequest(
    String method,
    String target,
    List<String> segments,
    String query,
    Headers headers,
    ByteString bytes,
    String body) {
  /** A form with files in it is no text to be looked at. */
  private static final int LONGEST_FORM = 64 << 10;

  static ServiceRequest read(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    @Nullable String query = exchange.getRequestURI().getRawQuery();
    ByteString bytes = ByteString.of(exchange.getRequestBody().readAllBytes());
    @Nullable String type = exchange.getRequestHeaders().getFirst("Content-Type");
    boolean form = type != null && type.startsWith("multipart/");
    return new ServiceRequest(
        exchange.getRequestMethod(),
        query == null ? path : path + "?" + query,
        segments(path),
        query == null ? "" : query,
        exchange.getRequestHeaders(),
        bytes,
        form && bytes.size() > LONGEST_FORM ? "" : bytes.utf8());
  }

  /** A segment of the path, decoded; 0 is the first. */
  public String segment(int index) {
    return segments.get(index);
  }

  /** The first value of a query parameter. */
  public Optional<String> query(String name) {
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && decode(pair.substring(0, equals)).equals(name)) {
        return Optional.of(decode(pair.substring(equals + 1)));
      }
    }
    return Optional.empty();
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name));
  }

  /** The token of {@code Authorization: Bearer}; empty when there is none or it is malformed. */
  public Optional<String> bearer() {
    return header("Authorization")
        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(value -> value.substring(7).strip())
        .filter(token -> !token.isEmpty());
  }

  /**
   * The body as a JSON object.
   *
   * @throws Refusal 400 when it is not an object
   */
  public Map<String, @Nullable Object> json() {
    return JsonBody.object(body);
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.substring(path.startsWith("/") ? 1 : 0).split("/", -1)) {
      // URLDecoder is made for forms; in a path a plus is a plus.
      segments.add(decode(segment.replace("+", "%2B")));
    }
    return List.copyOf(segments);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, UTF_8);
  }
}
