package dev.turntable.rightbrain;

import dev.turntable.rightbrain.RightbrainJson.Task;
import dev.turntable.source.AccessPath.Operator;
import dev.turntable.source.Column;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.TableDef;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** The table {@code tasks}: definitions of what can be run. */
final class TasksTable {
  static final String NAME = Rightbrain.SCHEMA + ".tasks";

  private TasksTable() {}

  static TableDef<Task> of(Rightbrain service, ListedTasks listed) {
    return TableDef.readOnly(
        "tasks",
        "Tasks: definitions that are run; what they ask a model is in task_revisions. Deleting one"
            + " would destroy its runs, so nothing can be written here"
            + Rightbrain.LISTED,
        COLUMNS,
        List.of("id"),
        List.of(
            KeyedPath.<Task>of(
                    "by id",
                    List.of("id"),
                    KeyedPath.perKey(RightbrainApi.TASK),
                    (key, request) -> List.of(one(service, key.get(0))))
                .withOneRow(),
            new ListPath<>(
                listed,
                "id",
                Map.of("name", EnumSet.of(Operator.EQUALS)),
                request ->
                    listed.noting(
                        list(service, request).step(), Task::id, filter(request).isEmpty()))));
  }

  /** The service looks for the name as a part, in any case; the rows are checked again. */
  private static Map<String, String> filter(ScanRequest request) {
    Object name = request.equalTo("name");
    return name instanceof String text && !text.isEmpty() ? Map.of("name", text) : Map.of();
  }

  private static PagedList<Task> list(Rightbrain service, ScanRequest request) {
    Map<String, String> filter = filter(request);
    // Other names that hold the one asked for may come first.
    long pageLimit = filter.isEmpty() ? PagedList.pageLimit(request) : PagedList.MAX_PAGE;
    return service.tasks(NAME, filter, pageLimit);
  }

  private static Fetch<Task> one(Rightbrain service, String id) {
    return scope -> {
      Task task = service.task(scope, NAME, id);
      return Page.last(task == null ? List.of() : List.of(task));
    };
  }

  private static final List<Column<Task>> COLUMNS =
      List.of(
          Column.varchar("id", Task::id).notNull().remarks("Task id"),
          Column.varchar("project_id", Task::projectId).remarks("The project it belongs to"),
          Column.varchar("name", Task::name).notNull().remarks("Name, unique in its project"),
          Column.varchar("description", Task::description).remarks("What it is for"),
          Column.bool("enabled", Task::enabled).remarks("Whether it can be run"),
          Column.bool("public", Task::isPublic).remarks("Whether it is public"),
          Column.bool("exposed_to_agents", Task::exposedToAgents)
              .remarks("Whether agents may use it"),
          Column.varchar("output_modality", Task::outputModality)
              .remarks("What a run gives: json, image, audio, pdf, text or csv"),
          Column.varchar("task_run_visibility", Task::taskRunVisibility)
              .remarks("Who sees its runs: owner_only, editors_and_owners or all_viewers"),
          Column.bool("shared_with_project", Task::sharedWithProject)
              .remarks("Whether all of the project may use it"),
          Column.timestamp("created", Task::created).remarks("When it was created, UTC"),
          Column.timestamp("modified", Task::modified).remarks("When it was last changed, UTC"),
          Column.timestamp("deleted", Task::deleted)
              .remarks("When it was deleted, UTC; null while it is not"),
          Column.json("active_revisions", Task::activeRevisions)
              .remarks("JSON array of task_revision_id and weight; the weights sum to 1"),
          Column.json("tags", Task::tags).remarks("JSON array of its tags"),
          Column.varchar("cloned_from_task_revision_id", Task::clonedFromTaskRevisionId)
              .remarks("The revision it was cloned from, if it was"));
}
