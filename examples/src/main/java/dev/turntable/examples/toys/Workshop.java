package dev.turntable.examples.toys;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.RequestRecord;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sends the requests: each is counted, takes one of the connection's slots, and is logged. Equal ones
 * of a statement are sent once.
 */
record Workshop(String baseUrl) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /**
   * Returns the lines of an answer; empty where the workshop says 404.
   *
   * @param table the table that asks, for messages
   */
  Optional<List<String>> get(StatementScope scope, String table, String path) {
    Runnable unlogged = () -> {};
    return scope
        .answers()
        .get(scope, List.of(this, path), () -> ask(scope, table, path), unlogged, Workshop::bytes);
  }

  private static long bytes(Optional<List<String>> lines) {
    return lines.orElse(List.of()).stream().mapToLong(line -> 60 + line.length()).sum();
  }

  private Optional<List<String>> ask(StatementScope scope, String table, String path) {
    String request = "GET " + path;
    scope.countRequest(request);
    scope.acquire(scope.connection().readSlots());
    try {
      Instant start = Instant.now();
      HttpResponse<String> answer = send(scope, table, request, URI.create(baseUrl + path));
      scope.connection().log().add(record(scope, answer, start));
      return switch (answer.statusCode()) {
        case 200 -> Optional.of(answer.body().lines().toList());
        case 404 -> Optional.empty();
        default ->
            throw new TurntableException(
                ErrorKind.BAD_ANSWER, table + ": " + request + " answered " + answer.statusCode());
      };
    } finally {
      scope.connection().readSlots().release();
    }
  }

  /** Waits in a way that ends when the statement is cancelled or runs out of time. */
  private static HttpResponse<String> send(
      StatementScope scope, String table, String request, URI uri) {
    CompletableFuture<HttpResponse<String>> answer =
        CLIENT.sendAsync(
            HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(),
            HttpResponse.BodyHandlers.ofString());
    Runnable undo = scope.onCancel(() -> answer.cancel(true));
    try {
      return scope.await(
          answer.exceptionally(
              failure -> {
                throw new TurntableException(
                    failure.getCause() instanceof ConnectException
                        ? ErrorKind.UNREACHABLE
                        : ErrorKind.CONNECTION_LOST,
                    table + ": " + request + " had no answer: " + failure.getCause(),
                    failure);
              }));
    } finally {
      undo.run();
    }
  }

  private static RequestRecord record(
      StatementScope scope, HttpResponse<String> answer, Instant start) {
    return new RequestRecord(
        scope.id(),
        scope.sql(),
        "GET",
        answer.uri().toString(),
        answer.statusCode(),
        Duration.between(start, Instant.now()).toMillis(),
        answer.body().length(),
        1,
        0,
        false,
        start);
  }
}
