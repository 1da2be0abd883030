package dev.turntable.rightbrain;

import com.squareup.moshi.JsonReader;
import dev.turntable.http.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The fields of a run while they are read. Written by hand: lists of runs are long. */
final class RunFields {
  private static final JsonReader.Options NAMES =
      JsonReader.Options.of(
          "id",
          "task_id",
          "task_revision_id",
          "task_name",
          "model_name",
          "output_modality",
          "response",
          "run_data",
          "files",
          "created",
          "is_error",
          "input_tokens",
          "output_tokens",
          "total_tokens",
          "input_processor_timing",
          "llm_call_timing",
          "mcp_tool_timing",
          "rag_retrieval_timing",
          "rag_query_rewrite_input_tokens",
          "rag_query_rewrite_output_tokens",
          "rag_query_rewrite_total_tokens",
          "charged_credits",
          "input_processor_charged_credits",
          "llm_retries",
          "used_fallback_model",
          "primary_failure_reason",
          "fallback_llm_model_id",
          "user_id",
          "reporting_group_id",
          "reporting_group",
          "reference",
          "context_id");

  private @Nullable String id;
  private @Nullable String taskId;
  private @Nullable String taskRevisionId;
  private @Nullable String taskName;
  private @Nullable String modelName;
  private @Nullable String outputModality;
  private @Nullable String response;
  private @Nullable String runData;
  private @Nullable String files;
  private @Nullable Instant created;
  private @Nullable Boolean isError;
  private @Nullable Long inputTokens;
  private @Nullable Long outputTokens;
  private @Nullable Long totalTokens;
  private @Nullable Double inputProcessorTiming;
  private @Nullable Double llmCallTiming;
  private @Nullable Double mcpToolTiming;
  private @Nullable Double ragRetrievalTiming;
  private @Nullable Long ragInputTokens;
  private @Nullable Long ragOutputTokens;
  private @Nullable Long ragTotalTokens;
  private @Nullable BigDecimal chargedCredits;
  private @Nullable BigDecimal inputProcessorChargedCredits;
  private @Nullable Long llmRetries;
  private @Nullable Boolean usedFallbackModel;
  private @Nullable String primaryFailureReason;
  private @Nullable String fallbackLlmModelId;
  private @Nullable String userId;
  private @Nullable String reportingGroupId;
  private @Nullable String reportingGroup;
  private @Nullable String reference;
  private @Nullable String contextId;

  private RunFields() {}

  static Run read(JsonReader reader) throws IOException {
    RunFields fields = new RunFields();
    reader.beginObject();
    while (reader.hasNext()) {
      fields.readField(reader);
    }
    reader.endObject();
    return fields.run(reader);
  }

  private void readField(JsonReader reader) throws IOException {
    switch (reader.selectName(NAMES)) {
      case 0 -> id = Json.string(reader);
      case 1 -> taskId = Json.string(reader);
      case 2 -> taskRevisionId = Json.string(reader);
      case 3 -> taskName = Json.string(reader);
      case 4 -> modelName = Json.string(reader);
      case 5 -> outputModality = Json.string(reader);
      case 6 -> response = Json.raw(reader);
      case 7 -> runData = Json.raw(reader);
      case 8 -> files = Json.raw(reader);
      case 9 -> created = Json.instant(reader);
      case 10 -> isError = Json.bool(reader);
      case 11 -> inputTokens = Json.integer(reader);
      case 12 -> outputTokens = Json.integer(reader);
      case 13 -> totalTokens = Json.integer(reader);
      case 14 -> inputProcessorTiming = Json.dbl(reader);
      case 15 -> llmCallTiming = Json.dbl(reader);
      case 16 -> mcpToolTiming = Json.dbl(reader);
      case 17 -> ragRetrievalTiming = Json.dbl(reader);
      case 18 -> ragInputTokens = Json.integer(reader);
      case 19 -> ragOutputTokens = Json.integer(reader);
      case 20 -> ragTotalTokens = Json.integer(reader);
      case 21 -> chargedCredits = Json.decimal(reader);
      case 22 -> inputProcessorChargedCredits = Json.decimal(reader);
      case 23 -> llmRetries = Json.integer(reader);
      case 24 -> usedFallbackModel = Json.bool(reader);
      case 25 -> primaryFailureReason = Json.string(reader);
      case 26 -> fallbackLlmModelId = Json.string(reader);
      case 27 -> userId = Json.string(reader);
      case 28 -> reportingGroupId = Json.string(reader);
      case 29 -> reportingGroup = Json.raw(reader);
      case 30 -> reference = Json.string(reader);
      case 31 -> contextId = Json.string(reader);
      default -> {
        reader.skipName();
        reader.skipValue();
      }
    }
  }

  /** Flags that are null stand for their documented defaults. */
  private Run run(JsonReader reader) {
    return new Run(
        Json.required(id, "id", reader),
        Json.required(taskId, "task_id", reader),
        Json.required(taskRevisionId, "task_revision_id", reader),
        taskName,
        modelName,
        outputModality,
        response,
        runData,
        files,
        Json.required(created, "created", reader),
        Boolean.TRUE.equals(isError),
        inputTokens,
        outputTokens,
        totalTokens,
        inputProcessorTiming,
        llmCallTiming,
        mcpToolTiming,
        ragRetrievalTiming,
        ragInputTokens,
        ragOutputTokens,
        ragTotalTokens,
        chargedCredits,
        inputProcessorChargedCredits,
        llmRetries == null ? 0 : llmRetries,
        Boolean.TRUE.equals(usedFallbackModel),
        primaryFailureReason,
        fallbackLlmModelId,
        userId,
        reportingGroupId,
        reportingGroup,
        reference,
        contextId);
  }
}
