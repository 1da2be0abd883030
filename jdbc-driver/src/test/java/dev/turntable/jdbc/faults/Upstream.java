package dev.turntable.jdbc.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The service behind a faulty line. Answers to equal reads are remembered, so that thousands of
 * cases do not ask for the same page again and again.
 *
 * @param url where it really is
 */
record Upstream(String url, Map<String, Answer> known) {
  /** A list may give shorter pages than it is asked for. */
  private static final String SHORT_PAGES = "page_limit=10";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  Upstream(String url) {
    this(url, new ConcurrentHashMap<>());
  }

  Answer ask(Received request) throws IOException {
    String key = request.line() + " " + request.header("authorization");
    Answer answer = known.get(key);
    if (answer == null) {
      answer = send(request);
      if (request.method().equals("GET")) {
        known.put(key, answer);
      }
    }
    return answer;
  }

  private Answer send(Received request) throws IOException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(
                URI.create(url + request.target().replace("page_limit=100", SHORT_PAGES)))
            .method(request.method(), BodyPublishers.ofByteArray(request.body()));
    for (String name : new String[] {"authorization", "content-type", "accept"}) {
      if (!request.header(name).isEmpty()) {
        builder.header(name, request.header(name));
      }
    }
    try {
      HttpResponse<byte[]> response = CLIENT.send(builder.build(), BodyHandlers.ofByteArray());
      String type = response.headers().firstValue("content-type").orElse("");
      return new Answer(response.statusCode(), type, response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
