package dev.turntable.simulator.handinger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to call a worker's webhook.
 *
 * @param requestStatus {@code success} or {@code error}
 * @param responseStatus null when the endpoint was not reached
 */
public record HandingerExecution(
    String id,
    String workerId,
    @Nullable String taskId,
    @Nullable String taskTitle,
    Instant createdAt,
    long durationMs,
    String requestStatus,
    @Nullable Integer responseStatus,
    @Nullable String errorMessage,
    String url) {}
