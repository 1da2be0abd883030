package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.Dice;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run that is about to be written down.
 *
 * @param revision position among the task's revisions
 * @param values the input submitted, parsed
 */
record RightbrainNewRun(
    RightbrainTask task,
    int revision,
    RightbrainSubmission submission,
    Map<String, @Nullable Object> values,
    boolean error,
    boolean fallback) {

  RightbrainRun at(RightbrainRun.Place place, long seed, RightbrainRunMaker maker, String user) {
    RightbrainRevision chosen = task.revisions().get(revision);
    String response =
        error
            ? RightbrainRunMaker.failure("The simulated model failed")
            : maker.response(
                chosen, RightbrainEcho.sample(task, values), new Dice(1, submission.input(), 0));
    return new RightbrainRun(
        place,
        task,
        chosen,
        submission,
        new RightbrainRun.Outcome(
            error, fallback, RightbrainFigures.of(seed, place.row(), error, fallback), response),
        user);
  }
}
