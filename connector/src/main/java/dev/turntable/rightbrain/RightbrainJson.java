package dev.turntable.rightbrain;

import com.squareup.moshi.Json;
import dev.turntable.http.RawJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of the API but for {@link Run}. Null is what the service leaves out or does not know.
 */
final class RightbrainJson {
  private RightbrainJson() {}

  /** A page of any list. */
  public record ListPage<T>(List<T> results, @Nullable Pagination pagination) {}

  public record Pagination(
      @Json(name = "next_cursor") @Nullable String nextCursor,
      @Json(name = "has_next") @Nullable Boolean hasNext) {}

  /**
   * The answer of the token endpoint, in which no other field matters.
   *
   * @param expiresIn any JSON; see {@link TokenLife}
   */
  public record Minted(
      @Json(name = "access_token") @Nullable String accessToken,
      @Json(name = "expires_in") @RawJson @Nullable String expiresIn) {}

  public record WhoAmI(@Nullable Client client) {}

  public record Client(
      @Json(name = "org_id") @Nullable String orgId,
      @Json(name = "project_id") @Nullable String projectId) {}

  public record Org(String id) {}

  public record Project(String id) {}

  /** A task, without its {@code access_token}, which is a secret. */
  public record Task(
      String id,
      @Json(name = "project_id") @Nullable String projectId,
      String name,
      @Nullable String description,
      @Nullable Boolean enabled,
      @Json(name = "public") @Nullable Boolean isPublic,
      @Json(name = "exposed_to_agents") @Nullable Boolean exposedToAgents,
      @Json(name = "output_modality") @Nullable String outputModality,
      @Json(name = "task_run_visibility") @Nullable String taskRunVisibility,
      @Json(name = "shared_with_project") @Nullable Boolean sharedWithProject,
      @Nullable Instant created,
      @Nullable Instant modified,
      @Nullable Instant deleted,
      @Json(name = "active_revisions") @RawJson @Nullable String activeRevisions,
      @Nullable List<Revision> revisions,
      @RawJson @Nullable String tags,
      @Json(name = "cloned_from_task_revision_id") @Nullable String clonedFromTaskRevisionId) {}

  /** One of the revisions that share the runs of a task. */
  public record ActiveRevision(
      @Json(name = "task_revision_id") @Nullable String id, @Nullable Double weight) {}

  public record Revision(
      String id,
      @Nullable Instant created,
      @Nullable Instant modified,
      @Json(name = "system_prompt") @Nullable String systemPrompt,
      @Json(name = "user_prompt") @Nullable String userPrompt,
      @Json(name = "llm_model_id") @Nullable String llmModelId,
      @Json(name = "llm_model") @RawJson @Nullable String llmModel,
      @Json(name = "input_params") @RawJson @Nullable String inputParams,
      @Json(name = "llm_config") @RawJson @Nullable String llmConfig,
      @Json(name = "output_format") @RawJson @Nullable String outputFormat,
      @Nullable Boolean active,
      @Nullable Boolean test,
      @Nullable String annotation,
      @Json(name = "file_input_mode") @Nullable String fileInputMode,
      @Json(name = "optimise_images") @Nullable Boolean optimiseImages,
      @Json(name = "input_processors") @RawJson @Nullable String inputProcessors,
      @RawJson @Nullable String rag,
      @Json(name = "task_forwarder_id") @Nullable String taskForwarderId,
      @Json(name = "fallback_llm_model_id") @Nullable String fallbackLlmModelId,
      @Json(name = "fallback_llm_config") @RawJson @Nullable String fallbackLlmConfig,
      @Json(name = "fallback_llm_model") @RawJson @Nullable String fallbackLlmModel,
      @Json(name = "tool_choice") @Nullable String toolChoice,
      @Json(name = "task_mcp_tool_ids") @RawJson @Nullable String taskMcpToolIds,
      @Json(name = "integration_tool_ids") @RawJson @Nullable String integrationToolIds,
      @RawJson @Nullable String tags) {}

  /**
   * The body that runs a task.
   *
   * @param input a JSON object
   * @param reference sent under both of its documented names
   */
  public record NewRun(
      @Json(name = "task_input") @RawJson String input,
      @Nullable String reference,
      @Json(name = "task_reference") @Nullable String taskReference,
      @Json(name = "context_id") @Nullable String contextId) {}

  public record DateRange(@Nullable Instant start, @Nullable Instant end) {}

  public record TokenReport(
      @Json(name = "date_range") @Nullable DateRange dateRange,
      @Json(name = "task_revisions") List<TokenLine> lines) {}

  public record TokenLine(
      @Json(name = "task_revision_id") @Nullable String taskRevisionId,
      @Json(name = "reporting_group") @Nullable String reportingGroup,
      @Json(name = "total_input_tokens") @Nullable Long inputTokens,
      @Json(name = "total_output_tokens") @Nullable Long outputTokens,
      @Json(name = "total_tokens") @Nullable Long tokens,
      @Json(name = "total_task_runs") @Nullable Long runs) {}

  public record CreditReport(
      @Json(name = "date_range") @Nullable DateRange dateRange,
      @Json(name = "task_revisions") List<CreditLine> lines) {}

  public record CreditLine(
      @Json(name = "task_revision_id") @Nullable String taskRevisionId,
      @Json(name = "reporting_group") @Nullable String reportingGroup,
      @Json(name = "total_credits") @Nullable BigDecimal credits,
      @Json(name = "total_task_runs") @Nullable Long runs) {}

  public record TimingReport(
      @Json(name = "date_range") @Nullable DateRange dateRange,
      @Nullable String aggregation,
      @Json(name = "task_revisions") List<TimingLine> lines) {}

  /** Of one revision, by the beginning of the bucket. */
  public record TimingLine(
      @Json(name = "task_revision_id") @Nullable String taskRevisionId,
      Map<String, TimingBucket> data) {}

  public record TimingBucket(
      @Json(name = "avg_llm_call_timing") @Nullable Double seconds,
      @Json(name = "total_task_runs") @Nullable Long runs) {}

  public record UsageReport(
      @Json(name = "date_range") @Nullable DateRange dateRange,
      @Nullable String aggregation,
      @Nullable String status,
      @Json(name = "task_revisions") List<UsageLine> lines) {}

  /** Of one revision, by the beginning of the bucket. */
  public record UsageLine(
      @Json(name = "task_revision_id") @Nullable String taskRevisionId, Map<String, Long> data) {}
}
