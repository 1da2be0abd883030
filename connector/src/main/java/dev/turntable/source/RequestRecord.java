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

  /** Begins the record of a request that a statement sends now, for the first time, without an answer. */
  public static Builder sent(StatementScope scope, String method, String redactedUrl) {
    return new Builder(scope.id(), scope.loggedSql(), method, redactedUrl);
  }

  /** Collects what became of a request. */
  public static final class Builder {
    private final long statementId;
    private final String sql;
    private final String method;
    private final String url;
    private int status;
    private Duration duration = Duration.ZERO;
    private long bytes;
    private int attempt = 1;
    private Duration waited = Duration.ZERO;
    private boolean shared;
    private Instant startedAt = Instant.now();

    Builder(long statementId, String sql, String method, String url) {
      this.statementId = statementId;
      this.sql = sql;
      this.method = method;
      this.url = url;
    }

    /** It was started at another time. */
    public Builder at(Instant started) {
      startedAt = started;
      return this;
    }

    /** What came back: a status, or 0 for none, after so long. */
    public Builder answered(int newStatus, Duration after, long size) {
      status = newStatus;
      duration = after;
      bytes = size;
      return this;
    }

    /** It was another attempt, which first waited. */
    public Builder asAttempt(int number, Duration first) {
      attempt = number;
      waited = first;
      return this;
    }

    /** It was not sent, because an equal one was answered already. */
    public Builder notSent() {
      attempt = 0;
      shared = true;
      return this;
    }

    /** The record. */
    public RequestRecord build() {
      return new RequestRecord(
          statementId,
          sql,
          method,
          url,
          status,
          duration.toMillis(),
          bytes,
          attempt,
          waited.toMillis(),
          shared,
          startedAt);
    }
  }
}
