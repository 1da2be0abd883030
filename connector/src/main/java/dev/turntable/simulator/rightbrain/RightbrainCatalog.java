package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.Dice;
import dev.turntable.simulator.server.JsonBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tasks of the start from a description in JSON, whose members are those of the service's
 * own tasks, plus {@code runs}, {@code samples} and, for a revision, {@code age}: the share of the
 * time span before which it was made.
 */
final class RightbrainCatalog {
  private static final String DEMO = "rightbrain-demo.json";

  /** What {@code Task-1} and the others look like, in turn. */
  private static final String PLAIN = "rightbrain-plain.json";

  private final long seed;
  private final long begin;
  private final long span;

  /** Times are microseconds; the runs lie between {@code begin} and {@code begin + span}. */
  RightbrainCatalog(long seed, long begin, long span) {
    this.seed = seed;
    this.begin = begin;
    this.span = span;
  }

  List<RightbrainTask> tasks(RightbrainOptions options) {
    List<Map<String, @Nullable Object>> described = read(options.demo ? DEMO : PLAIN);
    int count = options.demo ? described.size() : options.tasks;
    List<RightbrainTask> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, @Nullable Object> task = described.get(i % described.size());
      int runs = options.demo ? integer(task.get("runs")) : options.runsPerTask;
      tasks.add(task(i, count, options.demo ? text(task, "name") : "Task-" + (i + 1), task, runs));
    }
    return List.copyOf(tasks);
  }

  private RightbrainTask task(
      int number, int count, String name, Map<String, @Nullable Object> task, int runs) {
    long created = begin - (count - number) * RightbrainTimes.HOUR - 123_456;
    List<RightbrainRevision> revisions = new ArrayList<>();
    for (Map<String, @Nullable Object> each : objects(task.get("revisions"))) {
      Dice dice = new Dice(seed, "rb revision " + number, revisions.size());
      revisions.add(revision(each, created, dice));
    }
    List<RightbrainTask.Sample> samples = new ArrayList<>();
    for (Map<String, @Nullable Object> each : objects(task.get("samples"))) {
      Object response = each.get("response");
      samples.add(
          new RightbrainTask.Sample(object(each.get("input")), response == null ? "" : response));
    }
    return new RightbrainTask(
        number,
        RightbrainIds.ulid(created / 1000, new Dice(seed, "rb task", number)),
        name,
        text(task, "description"),
        created,
        List.copyOf(revisions),
        List.copyOf(samples),
        runs);
  }

  private RightbrainRevision revision(
      Map<String, @Nullable Object> each, long taskCreated, Dice dice) {
    double age = each.get("age") instanceof Double share ? share : 1;
    long made = age >= 1 ? taskCreated : begin + (long) (span * (1 - age));
    Object fallback = each.get("fallback");
    return new RightbrainRevision(
        RightbrainIds.ulid(made / 1000, dice),
        made,
        text(each, "system_prompt"),
        text(each, "user_prompt"),
        RightbrainRevision.variables(text(each, "user_prompt")),
        RightbrainModel.ALL.get(integer(each.get("model"))),
        each.get("output_format") == null ? null : object(each.get("output_format")),
        each.get("weight") instanceof Double weight ? weight : 0,
        Boolean.TRUE.equals(each.get("test")),
        (String) each.get("annotation"),
        fallback == null ? null : RightbrainModel.ALL.get(integer(fallback)));
  }

  private static List<Map<String, @Nullable Object>> read(String resource) {
    try (InputStream in = RightbrainCatalog.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks " + resource);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return objects(JsonBody.object(text).get("tasks"));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + resource, e);
    }
  }

  private static int integer(@Nullable Object number) {
    return number instanceof Double value ? value.intValue() : 0;
  }

  private static String text(Map<String, @Nullable Object> from, String name) {
    return from.get(name) instanceof String text ? text : "";
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> object(@Nullable Object value) {
    return value instanceof Map ? (Map<String, @Nullable Object>) value : Map.of();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, @Nullable Object>> objects(@Nullable Object value) {
    return value instanceof List ? (List<Map<String, @Nullable Object>>) value : List.of();
  }
}
