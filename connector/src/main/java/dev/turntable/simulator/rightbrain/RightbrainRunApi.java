package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.Answer;
import dev.turntable.simulator.server.JsonBody;
import dev.turntable.simulator.server.ServiceRequest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code POST …/task/{id}/run}: runs a task and blocks until the run has ended.
 *
 * <p>Chosen where the reference is open: both names of the reference are taken, {@code
 * task_reference} first; a variable that is missing is a 422, one too many is kept; an unknown
 * reporting group is made.
 */
final class RightbrainRunApi {
  private final RightbrainState state;
  private final RightbrainRunJson json;

  RightbrainRunApi(RightbrainState state, RightbrainRunJson json) {
    this.state = state;
    this.json = json;
  }

  Answer run(ServiceRequest request, RightbrainTask task) throws InterruptedException {
    RightbrainQuery query = new RightbrainQuery(request, state.switches());
    Optional<String> revisionId = query.uuid("revision_id");
    Optional<String> tag = query.text("revision_tag");
    Optional<String> groupName = query.text("reporting_group", 64);
    boolean fallback = query.flag("use_fallback_model");
    query.check();
    RightbrainRunBody body = RightbrainRunBody.of(request, state.switches().runForm());
    if (state.deleted(task).isPresent()) {
      throw RightbrainRefusal.notFound("Task", task.id());
    }
    if (!state.enabled(task)) {
      throw RightbrainRefusal.bad("TASK_DISABLED", "The task is not enabled");
    }
    int revision = revision(task, revisionId, tag);
    RightbrainRevision chosen = task.revisions().get(revision);
    body.check(chosen.inputParams());
    body.checkFiles(state.fileInputMode(task));
    if (fallback && chosen.fallback() == null) {
      throw RightbrainRefusal.bad(
          "FALLBACK_MODEL_NOT_CONFIGURED", "The revision has no fallback model");
    }
    Optional<RightbrainGroup> group =
        groupName.map(state::group).or(() -> body.uuid("reporting_group_id").map(this::groupById));
    state.countRun();
    TimeUnit.NANOSECONDS.sleep(state.switches().runDuration().toNanos());
    String input = body.inputText();
    RightbrainRun run =
        state.add(
            new RightbrainNewRun(
                task,
                revision,
                new RightbrainSubmission(
                    input,
                    body.files(),
                    group.orElse(null),
                    body.text("task_reference").or(() -> body.text("reference")).orElse(null),
                    body.text("context_id").orElse(null)),
                body.input(),
                state.switches().fails(input),
                fallback));
    return Answer.json(200, JsonBody.bytes(out -> json.run(out, run, false)))
        .withHeader("X-Task-Run-ID", run.place().id())
        .withHeader("X-Task-Revision-ID", run.revision().id());
  }

  private int revision(RightbrainTask task, Optional<String> id, Optional<String> tag) {
    if (id.isPresent()) {
      for (int i = 0; i < task.revisions().size(); i++) {
        if (task.revisions().get(i).id().equals(id.get())) {
          return i;
        }
      }
      throw RightbrainRefusal.notFound("Task revision", id.get());
    }
    if (tag.isPresent()) {
      // No revision has a tag.
      throw RightbrainRefusal.notFound("Task revision with the tag", tag.get());
    }
    return task.pickActive(state.roll());
  }

  private RightbrainGroup groupById(String id) {
    return state.groups().stream()
        .filter(group -> group.id().equals(id))
        .findFirst()
        .orElseThrow(() -> RightbrainRefusal.notFound("Reporting group", id));
  }
}
