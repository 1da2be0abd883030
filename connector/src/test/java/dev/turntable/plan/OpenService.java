package dev.turntable.plan;

import com.squareup.moshi.Moshi;
import dev.turntable.engine.Engine;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerExecution;
import dev.turntable.simulator.handinger.HandingerSchedule;
import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.handinger.HandingerTask;
import dev.turntable.simulator.handinger.HandingerTurn;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.rightbrain.RightbrainState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Small services whose every row the test knows, from the simulator's own data and by its published
 * API: 30 tasks of four workers, one of which has no log; seven Rightbrain tasks of which two are
 * deleted. The logs also name a task that is gone, and none.
 */
final class OpenService implements AutoCloseable {
  static final int TASKS = 30;
  static final int WORKERS = 4;
  static final String GONE = "tsk_gone-0000001";

  private static final Instant BEGIN = Instant.parse("2026-06-01T00:00:00Z");
  private static final int RB_TASKS = 7;

  private final Bench bench;
  private final Map<Map<String, String>, Map<Boolean, Engine>> engines = new HashMap<>();

  OpenService(HandingerState.Shape shape) {
    bench =
        Bench.both(
            SimulatorOptions.builder()
                .tasks(0)
                .workers(1)
                .executions(0)
                .schedules(0)
                .rightbrain(RightbrainOptions.builder().tasks(RB_TASKS).runsPerTask(8).build())
                .build());
    HandingerState state = bench.simulator().handinger();
    state.shape(shape);
    for (int i = 0; i < TASKS; i++) {
      state.put(task(i));
    }
    for (int worker = 0; worker < WORKERS; worker++) {
      for (int i = 0; i < logged(worker).size(); i++) {
        state.log(entry(worker, i, logged(worker).get(i)));
      }
      for (int i = 0; i < worker; i++) {
        state.addSchedule(worker(worker), schedule(worker, i));
      }
    }
    RightbrainState rightbrain = bench.simulator().rightbrain();
    rightbrain.switches().stopClock(true);
    rightbrain.deleteTask(rightbrain.taskId("Task-3"));
    rightbrain.deleteTask(rightbrain.taskId("Task-" + RB_TASKS));
  }

  static String id(int task) {
    return String.format(Locale.ROOT, "tsk_%08d", task);
  }

  static String worker(int number) {
    return "wrk_" + number;
  }

  Bench bench() {
    return bench;
  }

  List<String> rightbrainTasks() {
    return bench.simulator().rightbrain().taskIds();
  }

  /** What the log of a worker names, oldest first. */
  static List<@Nullable String> logged(int worker) {
    List<@Nullable String> tasks = new ArrayList<>();
    switch (worker) {
      case 0 -> tasks.addAll(Arrays.asList(id(0), id(4), id(8), id(8), null, id(12), GONE, id(9)));
      case 1 -> tasks.addAll(Arrays.asList(id(1), id(5), id(28), id(13)));
      case 3 -> tasks.addAll(Arrays.asList(id(3), null, id(0)));
      default -> {}
    }
    return tasks;
  }

  private static HandingerTask task(int number) {
    Instant created = BEGIN.plusSeconds(60L * number);
    String status = number % 5 == 1 ? "error" : "completed";
    List<HandingerTurn> turns = new ArrayList<>();
    for (int seq = 0; seq <= number % 3; seq++) {
      turns.add(
          HandingerTurn.builder("trn_" + number + "_" + seq, id(number), seq)
              .status(seq < number % 3 ? "completed" : status)
              .input("Do it")
              .output("Done", null)
              .tokens(100, 50)
              .cost((number * 3 + seq) % 7, 1000)
              .time(created.plusSeconds(seq), created.plusSeconds(seq + 1))
              .build());
    }
    return HandingerTask.builder(id(number), worker(number % WORKERS))
        .title("Task " + number)
        .status(status)
        .from("api", "org_open", null)
        .time(created, created.plusSeconds(4))
        .turns(turns)
        .build();
  }

  private static HandingerExecution entry(int worker, int number, @Nullable String task) {
    return HandingerExecution.delivered(
            "whe_" + worker + "_" + number, worker(worker), BEGIN.plusSeconds(number), 20L * number)
        .ofTask(task, null)
        .withOutcome(number % 3 == 0 ? "error" : "success", 200, null);
  }

  private static HandingerSchedule schedule(int worker, int number) {
    return new HandingerSchedule(
        "sch_" + worker + "_" + number,
        "standard",
        "Look",
        number == 1
            ? HandingerSchedule.When.interval(BEGIN.plusSeconds(10_000_000), 600)
            : HandingerSchedule.When.cron(BEGIN.plusSeconds(10_000_000), "0 1 * * *"));
  }

  /** Opens a connection, or goes on with one of the same properties. */
  Bench connected(Map<String, String> properties, boolean generated) {
    return bench.use(
        engines
            .computeIfAbsent(properties, unused -> new HashMap<>())
            .computeIfAbsent(
                generated,
                unused ->
                    generated
                        ? bench.connectGenerated(properties).engine()
                        : bench.connect(properties).engine()));
  }

  /**
   * All rows that a table could ever show, each with a last value: whether its key is in a list.
   */
  List<List<@Nullable Object>> rows(OpenTable table) throws IOException, InterruptedException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    HandingerState state = bench.simulator().handinger();
    switch (table) {
      case TASKS -> state.tasks().forEach(each -> rows.add(row(each)));
      case TURNS ->
          state.tasks().forEach(task -> task.turns().forEach(turn -> rows.add(row(turn))));
      case WORKERS -> {
        // The state for a task; what is told for the latest one looks the same but names no task.
        for (HandingerTask task : state.tasks()) {
          rows.add(Arrays.asList(task.workerId(), task.id(), "completed"));
        }
        Set<String> workers = new LinkedHashSet<>(state.workerIds());
        workers.forEach(
            id -> {
              boolean idle = state.tasks().stream().noneMatch(task -> task.workerId().equals(id));
              rows.add(Arrays.asList(id, null, idle ? "pending" : "completed"));
            });
      }
      case SCHEDULES -> {
        for (String worker : state.workerIds()) {
          for (HandingerSchedule each : state.schedules(worker)) {
            rows.add(Arrays.asList(each.id(), worker, each.when().type(), each.budget()));
          }
        }
      }
      case LOGS -> {
        for (String worker : state.workerIds()) {
          for (HandingerExecution each : state.executions(worker)) {
            rows.add(
                Arrays.asList(
                    each.id(), worker, each.taskId(), each.requestStatus(), each.durationMs()));
          }
        }
      }
      case VALUES, RB_VALUES -> {}
      default -> {
        for (String task : rightbrainTasks()) {
          rightbrain(table, task, rows);
        }
      }
    }
    return rows;
  }

  private static List<@Nullable Object> row(HandingerTask task) {
    return Arrays.asList(
        task.id(),
        task.workerId(),
        task.status(),
        task.title(),
        task.credits(),
        (long) task.turns().size());
  }

  private static List<@Nullable Object> row(HandingerTurn turn) {
    return Arrays.asList(
        turn.id(), turn.taskId(), (long) turn.seq(), turn.status(), turn.credits());
  }

  private void rightbrain(OpenTable table, String task, List<List<@Nullable Object>> rows)
      throws IOException, InterruptedException {
    Map<?, ?> one = get("/task/" + task + "?include_tests=true");
    switch (table) {
      case RB_TASKS -> rows.add(Arrays.asList(task, one.get("name"), one.get("enabled")));
      case RB_REVISIONS -> {
        for (Map<?, ?> each : list(one.get("revisions"))) {
          rows.add(Arrays.asList(each.get("id"), task, each.get("test")));
        }
      }
      case RB_REPORT -> {
        for (Map<?, ?> each : list(get("/task/" + task + "/token_report").get("task_revisions"))) {
          rows.add(
              Arrays.asList(
                  task,
                  each.get("task_revision_id"),
                  each.get("total_task_runs"),
                  each.get("total_tokens")));
        }
      }
      default -> {
        if (table == OpenTable.RB_TYPED && !"Task-1".equals(one.get("name"))) {
          return;
        }
        for (Map<?, ?> each : list(get("/task/" + task + "/run?page_limit=100").get("results"))) {
          boolean error = Boolean.TRUE.equals(each.get("is_error"));
          rows.add(
              table == OpenTable.RB_TYPED
                  ? Arrays.asList(
                      each.get("id"), error ? "error" : "success", each.get("input_tokens"))
                  : Arrays.asList(
                      each.get("id"),
                      task,
                      each.get("task_revision_id"),
                      error,
                      each.get("input_tokens")));
        }
      }
    }
  }

  boolean isDeleted(String rightbrainTask) throws IOException, InterruptedException {
    return get("/task/" + rightbrainTask).get("deleted") != null;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<?, ?>> list(@Nullable Object json) {
    return json instanceof List ? (List<Map<?, ?>>) json : List.of();
  }

  private Map<?, ?> get(String path) throws IOException, InterruptedException {
    RightbrainState state = bench.simulator().rightbrain();
    String url =
        bench.simulator().rightbrainUrl()
            + "/org/"
            + state.orgId()
            + "/project/"
            + state.projectId()
            + path;
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url))
                    .header("Authorization", "Bearer " + RightbrainOptions.KEY)
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    Object json = new Moshi.Builder().build().adapter(Object.class).fromJson(answer.body());
    if (answer.statusCode() != 200 || !(json instanceof Map<?, ?> object)) {
      throw new IOException(url + ": " + answer.statusCode() + " " + answer.body());
    }
    return object;
  }

  @Override
  public void close() {
    bench.close();
  }
}
