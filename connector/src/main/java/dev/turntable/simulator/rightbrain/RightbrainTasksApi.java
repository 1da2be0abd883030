package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.JsonBody;
import dev.turntable.simulator.server.ServiceRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The list of tasks and one task, with their revisions inside. */
final class RightbrainTasksApi {
  private final RightbrainState state;
  private final RightbrainTaskJson json;

  RightbrainTasksApi(RightbrainState state) {
    this.state = state;
    this.json = new RightbrainTaskJson(state);
  }

  byte[] list(ServiceRequest request) {
    RightbrainQuery query = new RightbrainQuery(request, state.switches());
    int limit = query.pageLimit();
    Optional<String> cursor = query.text("cursor");
    String part = query.text("name").orElse("").toLowerCase(Locale.ROOT);
    boolean tagged = query.uuid("tag_id").isPresent();
    boolean tests = query.flag("include_tests");
    query.flag("created_by_me");
    query.check();
    // No task has a tag.
    List<RightbrainTask> found =
        state.tasks().stream()
            .filter(task -> !tagged && state.deleted(task).isEmpty())
            .filter(task -> task.name().toLowerCase(Locale.ROOT).contains(part))
            .toList();
    return RightbrainPages.of(
        found,
        RightbrainTask::id,
        (out, task) -> json.task(out, task, tests),
        state.switches(),
        cursor,
        limit);
  }

  /** One task; a deleted one says so. */
  byte[] one(ServiceRequest request, RightbrainTask task) {
    RightbrainQuery query = new RightbrainQuery(request, state.switches());
    query.uuid("revision_tag_id");
    boolean tests = query.flag("include_tests");
    query.check();
    return JsonBody.bytes(out -> json.task(out, task, tests));
  }
}
