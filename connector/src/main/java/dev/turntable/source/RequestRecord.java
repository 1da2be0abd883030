package dev.turntable.source;

import java.time.Duration;
import java.time.Instant;

/**
 * One request as {@code turntable.requests} shows it. Holds no secret.
 *
 * @param statementId the statement that sent it; 0 for what belongs to no statement
 * @param sql the text of that statement
 * @param method the HTTP method
 * @param url the URL, secrets redacted
 * @param status the HTTP status, or 0 if no answer came
 * @param durationMs milliseconds from sending to the end of the body
 * @param responseBytes bytes of the body, decompressed
 * @param attempt 1 for the first attempt, 2 for the first repeat
 * @param waitedMs milliseconds it waited for a slot, a pace limit or a retry pause
 * @param shared whether it was answered by an equal request of the statement, without being sent
 * @param startedAt when it was sent
 */
public record RequestRecord(
    long statementId,
    String sql,
    String method,
    String url,
    int status,
    long durationMs,
    long responseBytes,
    int attempt,
    long waitedMs,
    boolean shared,
    Instant startedAt) {

  /** A request that a statement sends now, for the first time, and that has no answer yet. */
  public static RequestRecord sent(StatementScope scope, String method, String redactedUrl) {
    return new RequestRecord(
        scope.id(), scope.loggedSql(), method, redactedUrl, 0, 0, 0, 1, 0, false, Instant.now());
  }

  /** The same, started at another time. */
  public RequestRecord at(Instant started) {
    return new RequestRecord(
        statementId,
        sql,
        method,
        url,
        status,
        durationMs,
        responseBytes,
        attempt,
        waitedMs,
        shared,
        started);
  }

  /** The same, with what came back: a status, or 0 for none, after so long. */
  public RequestRecord answered(int newStatus, Duration duration, long bytes) {
    return new RequestRecord(
        statementId,
        sql,
        method,
        url,
        newStatus,
        duration.toMillis(),
        bytes,
        attempt,
        waitedMs,
        shared,
        startedAt);
  }

  /** The same, as another attempt that first waited. */
  public RequestRecord asAttempt(int number, Duration waited) {
    return new RequestRecord(
        statementId,
        sql,
        method,
        url,
        status,
        durationMs,
        responseBytes,
        number,
        waited.toMillis(),
        shared,
        startedAt);
  }

  /** The same, as one that was not sent, because an equal one was answered already. */
  public RequestRecord notSent() {
    return new RequestRecord(
        statementId,
        sql,
        method,
        url,
        status,
        durationMs,
        responseBytes,
        0,
        waitedMs,
        true,
        startedAt);
  }
}
