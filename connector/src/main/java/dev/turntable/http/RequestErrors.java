package dev.turntable.http;

import com.squareup.moshi.JsonDataException;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Secrets;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Turns what went wrong with a request into the exception that says so: table, request, the service's
 * own words, remedy; never a secret.
 */
final class RequestErrors {
  private final HttpOptions options;
  private final ConnectionScope connection;
  private final Secrets secrets;

  RequestErrors(HttpOptions options, ConnectionScope connection) {
    this.options = options;
    this.connection = connection;
    this.secrets = connection.secrets();
  }

  /** Returns method, path and query. */
  static String line(Request request) {
    String query = request.url().encodedQuery();
    return request.method()
        + " "
        + request.url().encodedPath()
        + (query == null || query.isEmpty() ? "" : "?" + query);
  }

  TurntableException of(
      ErrorKind kind, String table, Request request, String what, @Nullable Throwable cause) {
    return new TurntableException(
        kind,
        secrets.mask(table + ": " + line(request) + " " + what),
        cause == null ? null : Secrets.clean(cause));
  }

  /**
   * A status that is no success.
   *
   * @param write whether a client must not run the statement again
   */
  HttpFailure refused(
      String table, Request request, boolean write, Attempt attempt, String body, String attempts) {
    int status = attempt.status();
    ErrorBody error = ErrorBody.of(body, secrets);
    ErrorKind kind =
        switch (status) {
          case 401 -> ErrorKind.AUTHENTICATION;
          case 403 -> ErrorKind.FORBIDDEN;
          case 400, 422 -> ErrorKind.BAD_VALUE;
          // Clients run a statement again that fails with 08001: not for a write.
          case 301, 302, 303, 307, 308 -> write ? ErrorKind.BAD_ANSWER : ErrorKind.UNREACHABLE;
          case 404 -> write ? ErrorKind.BAD_ANSWER : ErrorKind.UNREACHABLE;
          default -> ErrorKind.BAD_ANSWER;
        };
    String message =
        table
            + ": "
            + line(request)
            + " answered "
            + status
            + (error.words().isEmpty() ? "" : ": " + error.words())
            + attempts
            + remedy(request, attempt, error.words());
    return new HttpFailure(kind, secrets.mask(message), status, error);
  }

  private String place() {
    return options.address().setting();
  }

  private String remedy(Request request, Attempt attempt, String words) {
    String source = options.address().source();
    String wish = attempt.header("Retry-After");
    return switch (attempt.status()) {
      case 401 -> "; check the key of " + source;
      case 403 ->
          wish == null
              ? "; use a key that may do this"
              : "; it asks to wait (Retry-After: "
                  + wish
                  + "): run it again then, with a lower requestsPerSecond";
      case 402 -> "; the account may be out of credits";
      case 404 ->
          request.method().equals("GET") || words.isEmpty()
              ? "; is " + place() + " right?"
              : "; do the ids that the row names exist, and is " + place() + " right?";
      case 301, 302, 303, 307, 308 -> "; this redirect is not followed, is " + place() + " right?";
      case 429 -> "; lower requestsPerSecond or maxConcurrentRequests";
      case 500, 502, 503, 504 ->
          request.method().equals("GET") ? "; run the statement again later" : "";
      default -> "";
    };
  }

  /** A failure before the service can have got the request. */
  TurntableException unreachable(String table, Request request, IOException cause) {
    return of(
        ErrorKind.UNREACHABLE,
        table,
        request,
        "was not sent: " + reason(cause) + "; is " + place() + " right and reachable?",
        request.method().equals("GET") ? cause : null);
  }

  /** A failure of the network after a read had left. */
  TurntableException lost(String table, Request request, IOException cause, String attempts) {
    String what =
        isTimeout(cause)
            ? "got no complete answer within " + limit(false)
            : "lost its connection: " + reason(cause);
    return of(
        ErrorKind.CONNECTION_LOST,
        table,
        request,
        what + attempts + "; run the statement again",
        cause);
  }

  /** A body that is not what it should be. */
  TurntableException unreadable(String table, Request request, Exception cause) {
    boolean range = cause instanceof OutOfRangeException;
    String kind =
        range
            ? "answered a number out of range: "
            : cause instanceof JsonDataException
                ? "answered JSON of another shape: "
                : "answered text that is not valid JSON: ";
    TurntableException failure =
        of(
            range ? ErrorKind.OUT_OF_RANGE : ErrorKind.BAD_ANSWER,
            table,
            request,
            range || cause instanceof JsonDataException
                ? kind + words(cause)
                : kind + words(cause) + "; is " + place() + " right?",
            request.method().equals("GET") ? cause : null);
    return range || cause instanceof JsonDataException ? new UnexpectedShape(failure) : failure;
  }

  /** Moshi's words, without its hint at a reader that nobody here can set. */
  private static String words(Exception cause) {
    return String.valueOf(cause.getMessage())
        .replace("Use JsonReader.setLenient(true) to accept malformed JSON", "malformed")
        .replaceAll("[\\s\\p{Cntrl}]+", " ");
  }

  /**
   * A write that may or may not have happened. Has no cause: clients look for socket exceptions in
   * the chain and run the statement again.
   */
  TurntableException unknown(String table, Request request, String what, Attempt attempt) {
    return new UnknownOutcome(
        secrets.mask(table + ": " + line(request) + " " + what + UnknownOutcome.WORDS), attempt);
  }

  String lostWrite(IOException cause) {
    return isTimeout(cause)
        ? "got no complete answer within " + limit(true)
        : "lost its connection: " + reason(cause);
  }

  private static boolean isTimeout(IOException cause) {
    return cause instanceof InterruptedIOException;
  }

  private TimeLimit limit(boolean write) {
    return TimeLimit.of(options, connection.networkTimeout(), write);
  }

  private static String reason(IOException cause) {
    if (cause instanceof UnknownHostException) {
      return "unknown host " + cause.getMessage();
    }
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}
