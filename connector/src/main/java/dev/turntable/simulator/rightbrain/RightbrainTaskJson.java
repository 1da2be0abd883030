package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.JsonOut;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tasks with their revisions on the wire. */
final class RightbrainTaskJson {
  private final RightbrainState state;

  RightbrainTaskJson(RightbrainState state) {
    this.state = state;
  }

  void task(JsonOut out, RightbrainTask task, boolean tests) {
    out.beginObject();
    out.name("id").value(task.id());
    out.name("project_id").value(state.projectId());
    out.name("name").value(task.name());
    out.name("enabled").value(state.enabled(task));
    out.name("created").value(RightbrainTimes.stamp(task.created()));
    out.name("access_token").value(task.number() % 3 == 2 ? null : "eyJhbGciOi." + task.id());
    out.name("active_revisions").beginArray();
    for (RightbrainRevision revision : task.revisions()) {
      if (revision.active()) {
        out.beginObject();
        out.name("task_revision_id").value(revision.id());
        out.name("weight").value(Double.valueOf(revision.weight()));
        out.endObject();
      }
    }
    out.endArray();
    out.omitsNulls(task.number() % 2 == 1);
    out.name("description").value(task.description().isEmpty() ? null : task.description());
    out.name("public").value(false);
    out.name("exposed_to_agents").value(task.number() % 4 == 0);
    out.name("output_modality").value(task.modality());
    out.name("task_run_visibility").value("all_viewers");
    out.name("shared_with_project").value(true);
    out.name("modified").value(RightbrainTimes.stamp(task.revisions().get(0).created()));
    out.name("deleted").value(state.deleted(task).map(RightbrainTimes::stamp).orElse(null));
    out.name("cloned_from_task_revision_id").nullValue();
    out.omitsNulls(false);
    out.name("tags").beginArray().endArray();
    String mode = state.fileInputMode(task);
    out.name("revisions").beginArray();
    List<RightbrainRevision> revisions = task.revisions();
    revisions.stream()
        .filter(each -> tests || !each.test())
        .forEach(each -> revision(out, each, mode));
    out.endArray();
    out.endObject();
  }

  private static void revision(JsonOut out, RightbrainRevision revision, String mode) {
    out.beginObject();
    out.name("id").value(revision.id());
    out.name("created").value(RightbrainTimes.stamp(revision.created()));
    out.name("modified").value(RightbrainTimes.stamp(revision.created()));
    out.name("system_prompt").value(revision.systemPrompt());
    out.name("user_prompt").value(revision.userPrompt());
    out.name("llm_model_id").value(revision.model().id());
    revision.model().write(out.name("llm_model"));
    out.name("input_params").beginArray();
    revision.inputParams().forEach(out::value);
    out.endArray();
    out.name("llm_config").beginObject();
    out.name("temperature").value(Double.valueOf(0.2)).endObject();
    @Nullable Map<String, @Nullable Object> format = revision.outputFormat();
    RightbrainValues.any(out.name("output_format"), format);
    out.name("file_input_mode").value(mode);
    out.name("optimise_images").value(true);
    out.name("test").value(revision.test());
    out.name("active").value(revision.active());
    out.name("input_processors").beginArray().endArray();
    out.name("annotation").value(revision.annotation());
    out.name("task_forwarder_id").nullValue();
    out.name("rag").nullValue();
    out.name("tool_choice").nullValue();
    RightbrainModel fallback = revision.fallback();
    out.name("fallback_llm_model_id").value(fallback == null ? null : fallback.id());
    out.name("fallback_llm_config").nullValue();
    if (fallback != null) {
      fallback.write(out.name("fallback_llm_model"));
    }
    out.name("task_mcp_tool_ids").beginArray().endArray();
    out.name("integration_tool_ids").beginArray().endArray();
    out.name("tags").beginArray().endArray();
    out.endObject();
  }
}
