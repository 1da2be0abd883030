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
    String url) {
  static final String URL = "https://hooks.example.com/handinger";

  /** One that the endpoint answered with 200, for no task. */
  public static HandingerExecution delivered(
      String id, String workerId, Instant createdAt, long durationMs) {
    return new HandingerExecution(
        id, workerId, null, null, createdAt, durationMs, "success", 200, null, URL);
  }

  /** Returns the same for a task. */
  public HandingerExecution ofTask(@Nullable String newTaskId, @Nullable String newTitle) {
    return new HandingerExecution(
        id,
        workerId,
        newTaskId,
        newTitle,
        createdAt,
        durationMs,
        requestStatus,
        responseStatus,
        errorMessage,
        url);
  }

  /** Returns the same with another end. */
  public HandingerExecution withOutcome(
      String newStatus, @Nullable Integer response, @Nullable String error) {
    return new HandingerExecution(
        id, workerId, taskId, taskTitle, createdAt, durationMs, newStatus, response, error, url);
  }

  /** Returns the same to another address. */
  HandingerExecution to(String newUrl) {
    return new HandingerExecution(
        id,
        workerId,
        taskId,
        taskTitle,
        createdAt,
        durationMs,
        requestStatus,
        responseStatus,
        errorMessage,
        newUrl);
  }
}
