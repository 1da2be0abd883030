package dev.turntable.simulator.rightbrain;

import com.squareup.moshi.JsonReader;
import dev.turntable.simulator.server.Answer;
import dev.turntable.simulator.server.JsonBody;
import dev.turntable.simulator.server.ServiceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

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
    RightbrainRunBody body = RightbrainRunBody.of(request);
    if (state.deleted(task).isPresent()) {
      throw RightbrainRefusal.notFound("Task", task.id());
    }
    if (!state.enabled(task)) {
      throw RightbrainRefusal.bad("TASK_DISABLED", "The task is not enabled");
    }
    int revision = revision(task, revisionId, tag);
    RightbrainRevision chosen = task.revisions().get(revision);
    body.check(chosen.inputParams());
    if (fallback && chosen.fallback() == null) {
      throw RightbrainRefusal.bad(
          "FALLBACK_MODEL_NOT_CONFIGURED", "The revision has no fallback model");
    }
    Optional<RightbrainGroup> group =
        groupName.map(state::group).or(() -> body.uuid("reporting_group_id").map(this::groupById));
    state.countRun();
    TimeUnit.NANOSECONDS.sleep(state.switches().runDuration().toNanos());
    String input = input(request.body());
    RightbrainRun run =
        state.add(
            new RightbrainNewRun(
                task,
                revision,
                input,
                body.input(),
                state.switches().fails(input),
                fallback,
                body.text("task_reference").or(() -> body.text("reference")).orElse(null),
                body.text("context_id").orElse(null),
                group));
    return Answer.json(200, JsonBody.bytes(out -> json.run(out, run, false)))
        .withHeader("X-Task-Run-ID", run.id())
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

  /** The text of {@code task_input} as it came, so that its numbers stay as they were written. */
  private static String input(String body) {
    try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(body))) {
      @Nullable String input = null;
      reader.beginObject();
      while (reader.hasNext()) {
        boolean wanted = reader.nextName().equals("task_input");
        String value = reader.nextSource().readUtf8();
        input = wanted ? value : input;
      }
      return input == null ? "{}" : input;
    } catch (IOException e) {
      throw new UncheckedIOException("reading memory", e);
    }
  }
}
