package dev.turntable.rightbrain;

import dev.turntable.source.Column;
import dev.turntable.source.Column.Use;
import dev.turntable.source.ColumnType;
import dev.turntable.source.ForeignKey;
import dev.turntable.source.TableDef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table {@code task_runs}: what tasks were given, and what came out. */
final class TaskRunsTable {
  static final String NAME = Rightbrain.SCHEMA + ".task_runs";

  private TaskRunsTable() {}

  static TableDef<Run> of(Rightbrain service, ListedTasks listed) {
    RunLists lists = new RunLists(service, NAME, false);
    return TableDef.readOnly(
            "task_runs",
            "Runs of tasks that the caller may see. INSERT runs a task and costs its credits"
                + Rightbrain.LISTED,
            COLUMNS,
            List.of("id"),
            List.of(
                RunByKey.path(lists),
                new RunsById(lists, listed),
                RunsOfTask.path(lists),
                new RunsOfProject(lists, listed)))
        .withInserter(RunInserter.ofRuns(service))
        .withForeignKeys(
            List.of(
                new ForeignKey(List.of("task_id"), Rightbrain.SCHEMA, "tasks", List.of("id")),
                new ForeignKey(
                    List.of("task_revision_id"),
                    Rightbrain.SCHEMA,
                    "task_revisions",
                    List.of("id"))));
  }

  /** Returns columns of a run by their names. */
  static Map<String, @Nullable Object> values(Run run, Set<String> columns) {
    Map<String, @Nullable Object> values = Column.values(COLUMNS, run, columns);
    values.remove(FALLBACK); // as it was given
    return values;
  }

  private static final String FALLBACK = "use_fallback_model";

  private static final List<Column<Run>> COLUMNS =
      List.of(
          Column.varchar("id", Run::id).notNull().remarks("Run id"),
          Column.varchar("task_id", Run::taskId)
              .notNull()
              .use(Use.REQUIRED)
              .remarks("The task; for INSERT the one to run"),
          Column.varchar("task_revision_id", Run::taskRevisionId)
              .notNull()
              .use(Use.INSERTABLE)
              .remarks(
                  "The revision that ran; if INSERT gives none, the service takes an active one"),
          Column.varchar("task_name", Run::taskName).remarks("Name of the task"),
          Column.varchar("model_name", Run::modelName).remarks("Name of the model"),
          Column.varchar("output_modality", Run::outputModality)
              .remarks("What it gave: json, image, audio, pdf, text or csv"),
          Column.json("response", Run::response)
              .remarks(
                  "JSON: an object by the output format of the revision, or a string; of a failed"
                      + " run an object with detail.message"),
          Column.json("run_data", Run::runData)
              .remarks("JSON object of what it was given; input is its member submitted"),
          Column.json("files", Run::files)
              .use(Use.INSERTABLE)
              .remarks(
                  "JSON array of its files: original_filename, stored_filename, content_type,"
                      + " download_url, size_bytes; for INSERT filename, media_type, content in"
                      + " base64, where the task's file_input_mode is not none"),
          Column.timestamp("created", Run::created).notNull().remarks("When it was created, UTC"),
          Column.bool("is_error", Run::isError).notNull().remarks("Whether it failed"),
          Column.bigint("input_tokens", Run::inputTokens).remarks("Tokens the model read"),
          Column.bigint("output_tokens", Run::outputTokens).remarks("Tokens the model wrote"),
          Column.bigint("total_tokens", Run::totalTokens).remarks("Tokens read and written"),
          Column.dbl("input_processor_timing", Run::inputProcessorTiming)
              .remarks("Time for processing the input, seconds"),
          Column.dbl("llm_call_timing", Run::llmCallTiming)
              .remarks("Time of the call of the model, seconds"),
          Column.dbl("mcp_tool_timing", Run::mcpToolTiming).remarks("Time of MCP tools, seconds"),
          Column.dbl("rag_retrieval_timing", Run::ragRetrievalTiming)
              .remarks("Time for looking up documents, seconds"),
          Column.bigint("rag_query_rewrite_input_tokens", Run::ragInputTokens)
              .remarks("Tokens read for rewriting the lookup; not known whether in total_tokens"),
          Column.bigint("rag_query_rewrite_output_tokens", Run::ragOutputTokens)
              .remarks("Tokens written for rewriting the lookup"),
          Column.bigint("rag_query_rewrite_total_tokens", Run::ragTotalTokens)
              .remarks("Tokens read and written for rewriting the lookup"),
          Column.decimal("charged_credits", Run::chargedCredits).remarks("Credits charged"),
          Column.decimal("input_processor_charged_credits", Run::inputProcessorChargedCredits)
              .remarks(
                  "Credits charged for processing the input; not known whether in"
                      + " charged_credits"),
          Column.bigint("llm_retries", Run::llmRetries)
              .notNull()
              .remarks("How often the model was asked again"),
          Column.bool("used_fallback_model", Run::usedFallbackModel)
              .notNull()
              .remarks("Whether the fallback model stepped in"),
          Column.varchar("primary_failure_reason", Run::primaryFailureReason).remarks("Why it did"),
          Column.varchar("fallback_llm_model_id", Run::fallbackLlmModelId)
              .remarks("Id of the fallback model, if it did"),
          Column.varchar("user_id", Run::userId).remarks("Who ran it"),
          Column.varchar("reporting_group_id", Run::reportingGroupId)
              .remarks("Id of the group it is reported under"),
          Column.json("reporting_group", Run::reportingGroup)
              .use(Use.INSERTABLE)
              .remarks(
                  "JSON object of that group; INSERT gives its name, of at most 64 characters"),
          Column.varchar("reference", Run::reference)
              .use(Use.INSERTABLE)
              .remarks("The caller's own reference, of at most 64 characters"),
          Column.varchar("context_id", Run::contextId)
              .use(Use.INSERTABLE)
              .remarks("What groups related runs, of at most 64 characters"),
          Column.varchar("status", Run::status).notNull().remarks("success or error"),
          Column.<Run>json("input", run -> RunInputs.submitted(run.runData()))
              .use(Use.REQUIRED)
              .remarks("JSON object of the inputs by name; for INSERT what the task is run with"),
          Column.<Run>insertOnly(FALLBACK, ColumnType.BOOLEAN)
              .remarks("For INSERT: whether the fallback model is to be used. Null when read"));
}
