package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.Dice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes any row of the start from its place, and any id. */
final class RightbrainRunMaker {
  /** An id's own time lies at most so many milliseconds after {@code created}. */
  static final int LONGEST_RUN = 9_000;

  /** And so much more where the options ask for late ids. */
  static final long LATE = 30L * 3600 * 1000;

  private static final List<String> FAILURES =
      List.of(
          "The model did not answer in time",
          "The answer does not match the output format",
          "The provider's content filter refused the input");

  private final RightbrainOptions options;
  private final long seed;
  private final List<String> users;

  RightbrainRunMaker(RightbrainOptions options, long seed, List<String> users) {
    this.options = options;
    this.seed = seed;
    this.users = users;
  }

  String id(int row, long created) {
    Dice dice = new Dice(seed, "rb id", row);
    long millis = Math.floorDiv(created, 1000) + dice.below(LONGEST_RUN + 1);
    boolean late = options.lateIds > 0 && dice.oneIn(options.lateIds);
    return RightbrainIds.ulid(late ? millis + LATE : millis, dice);
  }

  RightbrainRun seeded(
      RightbrainRows rows, int row, RightbrainTask task, List<RightbrainGroup> groups) {
    Dice dice = new Dice(seed, "rb run", row);
    RightbrainRevision revision = task.revisions().get(rows.revision(row));
    boolean error = rows.is(RightbrainRows.ERROR, row);
    boolean fallback = rows.is(RightbrainRows.FALLBACK, row);
    RightbrainFigures figures = RightbrainFigures.of(seed, row, error, fallback);
    RightbrainTask.@Nullable Sample sample =
        task.samples().isEmpty() ? null : dice.pick(task.samples());
    // The order in which the dice are thrown decides what every run looks like.
    String input = input(revision, sample, dice);
    String response = error ? failure(dice.pick(FAILURES)) : response(revision, sample, dice);
    RightbrainSubmission submission =
        new RightbrainSubmission(
            input,
            List.of(),
            figures.group() < 0 ? null : groups.get(figures.group()),
            dice.oneIn(3) ? "ORD-" + dice.between(10_000, 99_999) : null,
            dice.oneIn(4) ? "conversation-" + dice.between(100, 140) : null);
    return new RightbrainRun(
        new RightbrainRun.Place(row, id(row, rows.created(row)), rows.created(row)),
        task,
        revision,
        submission,
        new RightbrainRun.Outcome(error, fallback, figures, response),
        dice.pick(users));
  }

  private static String input(
      RightbrainRevision revision, RightbrainTask.@Nullable Sample sample, Dice dice) {
    Map<String, @Nullable Object> known = sample == null ? Map.of() : sample.input();
    Map<String, @Nullable Object> input = new LinkedHashMap<>();
    for (String name : revision.inputParams()) {
      boolean given = known.containsKey(name);
      input.put(name, given ? known.get(name) : RightbrainValues.words(dice));
    }
    return RightbrainValues.json(input);
  }

  /** What the model answers: the sample's words as far as the revision asks for them. */
  String response(RightbrainRevision revision, RightbrainTask.@Nullable Sample sample, Dice dice) {
    Object known = sample == null ? Map.of() : sample.response();
    Map<String, @Nullable Object> format = revision.outputFormat();
    if (format == null) {
      return RightbrainValues.json(
          known instanceof String text ? text : "A text about " + RightbrainValues.words(dice));
    }
    Map<?, ?> values = known instanceof Map<?, ?> map ? map : Map.of();
    return RightbrainValues.text(
        out -> RightbrainValues.object(out, format, values, dice, options.misfits));
  }

  static String failure(String message) {
    return RightbrainValues.json(Map.of("detail", Map.of("message", message)));
  }
}
