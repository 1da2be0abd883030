package dev.turntable.plan;

import dev.turntable.simulator.handinger.HandingerState.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a statement is run. None of it may change an answer, but for what the connection knows, and
 * that only as the contract says.
 *
 * @param other whether it is written the other way
 */
record PlanSettings(
    Known known,
    boolean generated,
    int firstBatch,
    int maxConcurrentRequests,
    Shape shape,
    boolean limited,
    boolean other,
    boolean parameters,
    int maxAge) {

  /** What a connection knows at its start. */
  enum Known {
    NONE(List.of(), List.of()),
    TASKS(List.of(0, 1, 2, 7, 9), List.of()),
    FEW(List.of(0, 1, 2, 7, 9), List.of(0)),
    ALL(
        IntStream.range(0, OpenService.TASKS).boxed().toList(),
        IntStream.range(0, OpenService.WORKERS).boxed().toList());

    private final List<String> tasks;
    private final List<String> workers;

    Known(List<Integer> tasks, List<Integer> workers) {
      this.tasks = tasks.stream().map(OpenService::id).toList();
      this.workers = workers.stream().map(OpenService::worker).toList();
    }

    /** Whether a task is known, from the properties or from a log. */
    boolean isTask(String id) {
      return tasks.contains(id)
          || IntStream.range(0, OpenService.WORKERS)
              .filter(worker -> isWorker(OpenService.worker(worker)))
              .anyMatch(worker -> OpenService.logged(worker).contains(id));
    }

    boolean isWorker(String id) {
      return workers.contains(id);
    }

    /** How many ids of tasks are known, those that are gone among them. */
    long taskCount() {
      Set<String> ids = new HashSet<>(tasks);
      for (int i = 0; i < OpenService.WORKERS; i++) {
        if (isWorker(OpenService.worker(i))) {
          ids.addAll(OpenService.logged(i));
        }
      }
      ids.remove(null);
      return ids.size();
    }

    List<String> tasks() {
      return tasks;
    }

    List<String> workers() {
      return workers;
    }

    long workerCount() {
      return workers.size();
    }

    OpenModel.Known model() {
      return new OpenModel.Known(flag(), !tasks.isEmpty(), !workers.isEmpty());
    }

    String flag() {
      return "known_" + name().toLowerCase(Locale.ROOT);
    }
  }

  private static final List<Boolean> EITHER = List.of(false, true);
  // One in three goes down the road of generated code, which compiles anew for every statement.
  private static final List<Boolean> ROADS = List.of(false, false, true);
  private static final List<Integer> BATCHES = List.of(1, 8, 64);
  private static final List<Integer> CONCURRENT = List.of(1, 8);
  private static final List<Integer> AGES = List.of(0, 60);

  /**
   * Settings in which every two values meet.
   *
   * @param bothRoads whether the road of generated code is one of them
   */
  static List<PlanSettings> covering(Random random, boolean bothRoads) {
    List<Known> knowing =
        List.of(Known.NONE, random.nextBoolean() ? Known.TASKS : Known.FEW, Known.ALL);
    int[] levels = {
      knowing.size(),
      bothRoads ? ROADS.size() : 1,
      BATCHES.size(),
      CONCURRENT.size(),
      2,
      2,
      2,
      2,
      AGES.size()
    };
    List<PlanSettings> all = new ArrayList<>();
    for (int[] row : CoveringArray.pairwise(levels, random)) {
      all.add(
          new PlanSettings(
              knowing.get(row[0]),
              ROADS.get(row[1]),
              BATCHES.get(row[2]),
              CONCURRENT.get(row[3]),
              Shape.values()[row[4]],
              EITHER.get(row[5]),
              EITHER.get(row[6]),
              EITHER.get(row[7]),
              AGES.get(row[8])));
    }
    return all;
  }

  /** Settings that leave a plan as it is for anybody, with any knowledge. */
  static PlanSettings plain(Random random) {
    return new PlanSettings(
        Known.values()[random.nextInt(Known.values().length)],
        false,
        8,
        8,
        Shape.values()[random.nextInt(2)],
        false,
        false,
        random.nextBoolean(),
        0);
  }

  /** Returns the properties of the connection. */
  Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("handinger.taskIds", String.join(",", known.tasks));
    properties.put("handinger.workerIds", String.join(",", known.workers));
    properties.put("maxConcurrentRequests", String.valueOf(maxConcurrentRequests));
    properties.put("maxAge", String.valueOf(maxAge));
    return properties;
  }

  String sql(OpenStatement statement) {
    String sql = parameters ? statement.parameterized(other) : statement.literal(other);
    return limited ? sql + " LIMIT 100000" : sql;
  }

  List<@Nullable Object> values(OpenStatement statement) {
    return parameters ? new ArrayList<>(statement.text().apply(other).values()) : List.of();
  }
}
