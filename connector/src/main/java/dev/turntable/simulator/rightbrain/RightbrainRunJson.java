package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.Dice;
import dev.turntable.simulator.server.JsonOut;
import dev.turntable.simulator.server.UploadedFile;
import org.jspecify.annotations.Nullable;

/**
 * Runs on the wire. One in two rows has nulls where the other half leaves the key out, and the flags
 * of some are left out where they are at their default.
 */
final class RightbrainRunJson {
  private final RightbrainState state;
  private final boolean oldRecords;

  RightbrainRunJson(RightbrainState state, boolean oldRecords) {
    this.state = state;
    this.oldRecords = oldRecords;
  }

  void run(JsonOut out, RightbrainRun run, boolean triggers) {
    Dice quirks = new Dice(11, run.place().id(), run.place().row());
    boolean old = oldRecords && quirks.oneIn(3);
    out.beginObject();
    required(out, run, old);
    out.omitsNulls(quirks.oneIn(2));
    boolean plain = !run.outcome().error() && !run.outcome().fallback() && quirks.oneIn(6);
    flags(out, run, plain, old);
    RightbrainFigures figures = run.outcome().figures();
    out.name("mcp_tool_timing").value(quirks.oneIn(9) ? quirks.between(1, 900) / 1000.0 : null);
    out.name("rag_retrieval_timing").nullValue();
    out.name("rag_query_rewrite_input_tokens").nullValue();
    out.name("rag_query_rewrite_output_tokens").nullValue();
    out.name("rag_query_rewrite_total_tokens").nullValue();
    boolean processed = figures.inputProcessorTiming() != null && quirks.oneIn(3);
    out.name("input_processor_charged_credits").value(processed ? "0.05" : null);
    out.name("task_name").value(run.task().name());
    out.name("model_name").value(run.revision().model().name());
    out.name("output_modality").value(run.revision().outputFormat() == null ? "text" : "json");
    out.name("user_id").value(run.userId());
    RightbrainGroup group = run.submission().group();
    out.name("reporting_group_id").value(group == null ? null : group.id());
    if (group != null) {
      group.write(out.name("reporting_group"));
    }
    out.name("reference").value(run.submission().reference());
    out.name("context_id").value(run.submission().contextId());
    out.omitsNulls(false);
    if (triggers) {
      trigger(out.name("event_trigger_id"), run, quirks);
    }
    files(out.name("files"), run, quirks.oneIn(10));
    out.endObject();
  }

  private static void required(JsonOut out, RightbrainRun run, boolean old) {
    RightbrainFigures figures = run.outcome().figures();
    out.name("id").value(run.place().id());
    out.name("task_id").value(run.task().id());
    out.name("task_revision_id").value(run.revision().id());
    String created =
        old
            ? RightbrainTimes.withoutZone(run.place().created())
            : RightbrainTimes.stamp(run.place().created());
    out.name("created").value(created);
    out.name("response").raw(run.outcome().response());
    out.name("run_data").beginObject().name("submitted").raw(run.submission().input()).endObject();
    out.name("input_tokens").value(figures.inputTokens());
    out.name("output_tokens").value(figures.outputTokens());
    out.name("total_tokens").value(figures.totalTokens());
    if (!old) {
      out.name("input_processor_timing").value(figures.inputProcessorTiming());
    }
    out.name("llm_call_timing").value(figures.llmTiming());
    @Nullable Integer cents = figures.cents();
    out.name("charged_credits").value(cents == null ? null : RightbrainFigures.credits(cents));
  }

  private static void flags(JsonOut out, RightbrainRun run, boolean plain, boolean old) {
    if (plain) {
      if (old) {
        out.name("is_error").raw("null");
        out.name("llm_retries").raw("null");
        out.name("used_fallback_model").raw("null");
      }
      return;
    }
    out.name("is_error").value(run.outcome().error());
    out.name("llm_retries").value(run.outcome().figures().retries());
    out.name("used_fallback_model").value(run.outcome().fallback());
    RightbrainModel fallback = run.outcome().fallback() ? run.revision().fallback() : null;
    out.name("primary_failure_reason")
        .value(run.outcome().fallback() ? "Primary model timeout" : null);
    out.name("fallback_llm_model_id").value(fallback == null ? null : fallback.id());
  }

  private static void trigger(JsonOut out, RightbrainRun run, Dice quirks) {
    out.beginArray();
    if (quirks.oneIn(2)) {
      out.value(RightbrainIds.ulid(run.place().created() / 1000, quirks));
    }
    out.endArray();
  }

  private void files(JsonOut out, RightbrainRun run, boolean present) {
    String path =
        "/org/"
            + state.orgId()
            + "/project/"
            + state.projectId()
            + "/task/"
            + run.task().id()
            + "/run/"
            + run.place().id();
    out.beginArray();
    int number = 0;
    for (UploadedFile file : run.submission().files()) {
      RightbrainRunFiles.write(out, file, path, run.place().id(), ++number);
    }
    if (present && number == 0) {
      String stored = run.place().id().substring(24) + ".pdf";
      out.beginObject();
      out.name("original_filename").value("scan " + run.place().row() + ".pdf");
      out.name("stored_filename").value(stored);
      out.name("content_type").value("application/pdf");
      out.name("download_url").value(path + "/file/" + stored);
      out.name("size_bytes").value(20_000 + run.place().row());
      out.endObject();
    }
    out.endArray();
  }
}
