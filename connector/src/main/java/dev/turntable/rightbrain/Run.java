package dev.turntable.rightbrain;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a task. Credits are decimal, timings are seconds, JSON is text; null is what the service
 * leaves out or does not know.
 */
record Run(
    String id,
    String taskId,
    String taskRevisionId,
    @Nullable String taskName,
    @Nullable String modelName,
    @Nullable String outputModality,
    @Nullable String response,
    @Nullable String runData,
    @Nullable String files,
    Instant created,
    boolean isError,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable Long totalTokens,
    @Nullable Double inputProcessorTiming,
    @Nullable Double llmCallTiming,
    @Nullable Double mcpToolTiming,
    @Nullable Double ragRetrievalTiming,
    @Nullable Long ragInputTokens,
    @Nullable Long ragOutputTokens,
    @Nullable Long ragTotalTokens,
    @Nullable BigDecimal chargedCredits,
    @Nullable BigDecimal inputProcessorChargedCredits,
    long llmRetries,
    boolean usedFallbackModel,
    @Nullable String primaryFailureReason,
    @Nullable String fallbackLlmModelId,
    @Nullable String userId,
    @Nullable String reportingGroupId,
    @Nullable String reportingGroup,
    @Nullable String reference,
    @Nullable String contextId) {

  /** Returns the words of the service's own filter. */
  String status() {
    return isError ? "error" : "success";
  }
}
