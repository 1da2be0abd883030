package dev.turntable.source;

import java.time.Duration;
import java.time.Instant;

/**
 * One request as {@code turntable.requests} shows it. Holds no secret.
 *
 * @param connectionId the connection that sent it, unlike that of any other one
 * @param source the name of the source that it was sent to
 * @param statementId the statement that sent it; 0 for what belongs to no statement
 * @param sql the text of that statement
 * @param method the HTTP method
 * @param url the URL, secrets redacted
 * @param status the HTTP status, or 0 if no answer came
 * @param durationMs milliseconds from sending to the end of the body
 * @param responseBytes bytes of the body, decompressed
 * @param attempt 1 for the first attempt, 2 for the first repeat
 * @param waitedMs milliseconds it waited for a slot, a pace limit or a retry pause
 * @param shared whether it was answered by an equal request before it, of the statement or within {@code
 *     maxAge}, without being sent
 * @param startedAt when it was sent
 */
public record RequestRecord(
    String connectionId,
    String source,
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
  public static Builder sent(
      StatementScope scope, String source, String method, String redactedUrl) {
    return new Builder(scope.connection().id(), source, method, redactedUrl)
        .by(scope.id(), scope.loggedSql());
  }

  /** Returns the same request with another text of its statement. */
  public RequestRecord withSql(String text) {
    return new RequestRecord(
        connectionId,
        source,
        statementId,
        text,
        method,
        url,
        status,
        durationMs,
        responseBytes,
        attempt,
        waitedMs,
        shared,
        startedAt);
  }

  /** Collects what became of a request. */
  public static final class Builder {
    private final String connectionId;
    private final String source;
    private final String method;
    private final String url;
    private long statementId;
    private String sql = "";
    private int status;
    private Duration duration = Duration.ZERO;
    private long bytes;
    private int attempt = 1;
    private Duration waited = Duration.ZERO;
    private boolean shared;
    private Instant startedAt = Instant.now();

    public Builder(String connectionId, String source, String method, String url) {
      this.connectionId = connectionId;
      this.source = source;
      this.method = method;
      this.url = url;
    }

    /** The statement that sent it. */
    public Builder by(long id, String text) {
      statementId = id;
      sql = text;
      return this;
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
          connectionId,
          source,
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
