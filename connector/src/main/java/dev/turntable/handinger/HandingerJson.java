package dev.turntable.handinger;

import com.squareup.moshi.Json;
import dev.turntable.http.RawJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of the API. Null is what the service leaves out or does not know. */
final class HandingerJson {
  private HandingerJson() {}

  public record Task(
      String id,
      @Nullable String title,
      @Nullable String status,
      @Nullable String triggeredBy,
      @Nullable String workerId,
      @Nullable String organizationId,
      @Nullable String createdByUserId,
      @Nullable Instant createdAt,
      @Nullable Instant completedAt,
      @Nullable Long credits,
      @Nullable Long durationMs,
      @Nullable Long turnCount,
      @Nullable String url) {}

  /**
   * The answer to a read of a task.
   *
   * @param turns its turns, or null where the service answers them apart
   */
  public record TaskAnswer(Task task, @Nullable List<Turn> turns) {}

  public record Turn(
      String id,
      @Nullable String taskId,
      @Nullable Long seq,
      @Nullable String role,
      @Nullable String status,
      @Nullable String input,
      @Nullable String outputText,
      @Nullable String structuredOutput,
      @Nullable Long inputTokens,
      @Nullable Long outputTokens,
      @Nullable Long credits,
      @Nullable Long durationMs,
      @Nullable Instant startedAt,
      @Nullable Instant completedAt,
      @Nullable String files) {
    Turn ofTask(String id) {
      return new Turn(
          this.id,
          id,
          seq,
          role,
          status,
          input,
          outputText,
          structuredOutput,
          inputTokens,
          outputTokens,
          credits,
          durationMs,
          startedAt,
          completedAt,
          files);
    }
  }

  public record TurnList(@Nullable String taskId, List<Turn> items) {}

  public record Execution(
      String id,
      @Nullable String workerId,
      @Nullable String taskId,
      @Nullable String taskTitle,
      Instant createdAt,
      @Nullable Long durationMs,
      @Nullable String requestStatus,
      @Nullable Integer responseStatus,
      @Nullable String errorMessage,
      @Nullable String url) {
    Execution ofWorker(String id) {
      return new Execution(
          this.id,
          id,
          taskId,
          taskTitle,
          createdAt,
          durationMs,
          requestStatus,
          responseStatus,
          errorMessage,
          url);
    }
  }

  public record ExecutionPage(List<Execution> logs, long pageCount, long totalCount) {}

  public record Schedule(
      String id,
      String type,
      @Nullable String budget,
      @Nullable String input,
      @Nullable Instant nextRunAt,
      @Nullable Long delayInSeconds,
      @Nullable Long intervalSeconds,
      @Nullable String cron) {}

  public record ScheduleList(List<Schedule> schedules, @Nullable String timezone) {}

  public record Worker(
      String id,
      @Nullable String status,
      @Nullable Boolean running,
      @Json(name = "created_at") @Nullable Long createdAt,
      @Json(name = "output_text") @Nullable String outputText,
      @Json(name = "structured_output") @RawJson @Nullable String structuredOutput,
      @RawJson @Nullable String output,
      @RawJson @Nullable String messages,
      @RawJson @Nullable String files,
      @RawJson @Nullable String sources,
      @RawJson @Nullable String metadata,
      @Nullable Usage usage,
      @Nullable String url) {}

  public record Usage(@Nullable Long durationMs, @Nullable Long credits) {}

  /** The body of {@code POST /api/tasks}: a new task, or a turn of the task that has the id. */
  public record NewTask(
      String input, @Nullable String budget, String taskId, @Nullable String workerId) {}

  /**
   * The answer to {@code POST /api/tasks}: the state of the worker for the task; holds no task id. What
   * is of another type than documented counts as not there.
   *
   * @param id that of the worker; an answer without says nothing of what became of the task
   * @param running whether the run has not ended
   */
  public record Accepted(
      String id,
      boolean running,
      @Nullable String outputText,
      @Nullable String structuredOutput,
      @Nullable Long credits,
      @Nullable Long durationMs) {}

  public record Archived(boolean archived) {}
}
