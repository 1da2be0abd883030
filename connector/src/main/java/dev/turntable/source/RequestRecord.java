package dev.turntable.source;

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
    Instant startedAt) {}
