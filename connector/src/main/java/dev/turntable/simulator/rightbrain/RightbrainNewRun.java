package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.Dice;
import dev.turntable.simulator.server.UploadedFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run that is about to be written down.
 *
 * @param revision position among the task's revisions
 * @param input the submitted object as JSON text, exactly as it came
 * @param values the same, parsed
 */
record RightbrainNewRun(
    RightbrainTask task,
    int revision,
    String input,
    Map<String, @Nullable Object> values,
    boolean error,
    boolean fallback,
    @Nullable String reference,
    @Nullable String contextId,
    Optional<RightbrainGroup> group,
    List<UploadedFile> files) {

  RightbrainRun at(
      int row, String id, long created, long seed, RightbrainRunMaker maker, String user) {
    RightbrainRevision chosen = task.revisions().get(revision);
    return new RightbrainRun(
        row,
        id,
        task,
        chosen,
        created,
        error,
        fallback,
        RightbrainFigures.of(seed, row, error, fallback),
        input,
        error
            ? RightbrainRunMaker.failure("The simulated model failed")
            : maker.response(chosen, RightbrainEcho.sample(task, values), new Dice(1, input, 0)),
        group.orElse(null),
        reference,
        contextId,
        user,
        files);
  }
}
