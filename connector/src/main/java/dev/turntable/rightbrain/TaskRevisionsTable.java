package dev.turntable.rightbrain;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Types;
import dev.turntable.rightbrain.RightbrainJson.ActiveRevision;
import dev.turntable.rightbrain.RightbrainJson.Revision;
import dev.turntable.rightbrain.RightbrainJson.Task;
import dev.turntable.source.Column;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Fetch;
import dev.turntable.source.ForeignKey;
import dev.turntable.source.Page;
import dev.turntable.source.TableDef;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table {@code task_revisions}: what a task asks which model, and in what form it answers. */
final class TaskRevisionsTable {
  static final String NAME = Rightbrain.SCHEMA + ".task_revisions";

  private static final JsonAdapter<List<ActiveRevision>> ACTIVE =
      RightbrainAdapters.moshi()
          .adapter(Types.newParameterizedType(List.class, ActiveRevision.class));

  private TaskRevisionsTable() {}

  /**
   * A revision with what its task tells of it.
   *
   * @param weight its share of the runs, or null if it is not active
   */
  record TaskRevision(Revision revision, String taskId, @Nullable Double weight) {}

  static TableDef<TaskRevision> of(Rightbrain service, ListedTasks listed) {
    return TableDef.readOnly(
            "task_revisions",
            "Revisions of tasks: prompts, model and output format; test revisions included"
                + Rightbrain.LISTED,
            COLUMNS,
            List.of("id"),
            List.of(
                KeyedPath.of(
                    "by task_id",
                    List.of("task_id"),
                    KeyedPath.perKey(RightbrainApi.TASK),
                    (key, request) -> List.of(ofTask(service, key.get(0)))),
                new ListPath<>(
                    listed,
                    "task_id",
                    Map.of(),
                    request ->
                        listed.noting(
                            rows(service.tasksWithTests(NAME)), TaskRevision::taskId, false))))
        .withForeignKeys(
            List.of(new ForeignKey(List.of("task_id"), Rightbrain.SCHEMA, "tasks", List.of("id"))));
  }

  private static Fetch<TaskRevision> ofTask(Rightbrain service, String id) {
    return scope -> {
      Task task = service.taskWithTests(scope, NAME, id);
      if (task == null) {
        return Page.last(List.of());
      }
      return Page.last(whole(task, what -> service.contradiction(scope, NAME, id, what)));
    };
  }

  private static Fetch<TaskRevision> rows(PagedList<Task> tasks) {
    return scope -> {
      List<TaskRevision> rows = new ArrayList<>();
      tasks.next(scope).forEach(task -> rows.addAll(whole(task, tasks::contradiction)));
      return tasks.ended() ? Page.last(rows) : Page.then(rows, rows(tasks));
    };
  }

  /** Returns all revisions of a task; fails where it says that it has some and tells none. */
  private static List<TaskRevision> whole(Task task, Function<String, TurntableException> failure) {
    List<TaskRevision> rows = of(task);
    if (rows.isEmpty() && !active(task).isEmpty()) {
      throw failure.apply("answered with task '" + task.id() + "' without its active revisions");
    }
    return rows;
  }

  static List<TaskRevision> of(Task task) {
    Map<String, @Nullable Double> weights = new HashMap<>();
    for (ActiveRevision active : active(task)) {
      if (active.id() != null) {
        // The documented default of a weight that is not sent.
        weights.put(active.id(), active.weight() == null ? Double.valueOf(1) : active.weight());
      }
    }
    List<TaskRevision> rows = new ArrayList<>();
    if (task.revisions() != null) {
      for (Revision revision : task.revisions()) {
        rows.add(new TaskRevision(revision, task.id(), weights.get(revision.id())));
      }
    }
    return rows;
  }

  private static List<ActiveRevision> active(Task task) {
    if (task.activeRevisions() == null) {
      return List.of();
    }
    try {
      List<ActiveRevision> active = ACTIVE.fromJson(task.activeRevisions());
      return active == null ? List.of() : active;
    } catch (IOException | com.squareup.moshi.JsonDataException e) {
      throw new TurntableException(
          ErrorKind.BAD_ANSWER,
          NAME + ": active_revisions of task '" + task.id() + "' is malformed",
          e);
    }
  }

  private static Column<TaskRevision> varchar(
      String name, Function<Revision, @Nullable String> of) {
    return Column.varchar(name, row -> of.apply(row.revision()));
  }

  private static Column<TaskRevision> json(String name, Function<Revision, @Nullable String> of) {
    return Column.json(name, row -> of.apply(row.revision()));
  }

  private static Column<TaskRevision> bool(String name, Function<Revision, @Nullable Boolean> of) {
    return Column.bool(name, row -> of.apply(row.revision()));
  }

  private static final List<Column<TaskRevision>> COLUMNS =
      List.of(
          varchar("id", Revision::id).notNull().remarks("Revision id"),
          Column.<TaskRevision>timestamp("created", row -> row.revision().created())
              .remarks("When it was created, UTC"),
          Column.<TaskRevision>timestamp("modified", row -> row.revision().modified())
              .remarks("When it was last changed, UTC"),
          varchar("system_prompt", Revision::systemPrompt).remarks("What the model is told to be"),
          varchar("user_prompt", Revision::userPrompt)
              .remarks("What it is asked; {names} in braces are the inputs of a run"),
          varchar("llm_model_id", Revision::llmModelId).remarks("Id of the model"),
          json("llm_model", Revision::llmModel).remarks("JSON object that describes the model"),
          json("input_params", Revision::inputParams)
              .remarks("JSON array of the names of the inputs"),
          json("llm_config", Revision::llmConfig).remarks("JSON object of the model's settings"),
          json("output_format", Revision::outputFormat)
              .remarks("JSON object from output field to type; null unless the output is json"),
          bool("active", Revision::active).remarks("Whether runs may take it"),
          bool("test", Revision::test)
              .remarks("Whether it is for tests only; runs take it only where they name it"),
          varchar("annotation", Revision::annotation).remarks("A note of its author"),
          varchar("file_input_mode", Revision::fileInputMode)
              .remarks("Files a run takes: none, image, pdf, image_or_pdf or any"),
          bool("optimise_images", Revision::optimiseImages)
              .remarks("Whether images are made smaller first"),
          json("input_processors", Revision::inputProcessors)
              .remarks("JSON array of what is done to inputs before the model sees them"),
          json("rag", Revision::rag).remarks("JSON object: the documents it looks things up in"),
          varchar("task_forwarder_id", Revision::taskForwarderId)
              .remarks("Where results are forwarded to"),
          varchar("fallback_llm_model_id", Revision::fallbackLlmModelId)
              .remarks("Id of the model that steps in when the first one fails"),
          json("fallback_llm_config", Revision::fallbackLlmConfig)
              .remarks("JSON object of that model's settings"),
          json("fallback_llm_model", Revision::fallbackLlmModel)
              .remarks("JSON object that describes that model"),
          varchar("tool_choice", Revision::toolChoice)
              .remarks("Whether the model must use a tool: required or auto"),
          json("task_mcp_tool_ids", Revision::taskMcpToolIds)
              .remarks("JSON array of the ids of its MCP tools"),
          json("integration_tool_ids", Revision::integrationToolIds)
              .remarks("JSON array of the ids of its integration tools"),
          json("tags", Revision::tags).remarks("JSON array of its tags"),
          Column.varchar("task_id", TaskRevision::taskId).notNull().remarks("The task"),
          Column.dbl("weight", TaskRevision::weight)
              .remarks("Share of the task's runs that take it, 0 to 1; null if it is not active"));
}
