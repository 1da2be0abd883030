package dev.turntable.simulator.handinger;

import dev.turntable.simulator.server.Dice;
import dev.turntable.simulator.server.UploadedFile;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Everything a simulated Handinger knows, and its switches. Safe for use by many threads. */
public final class HandingerState {
  /** The task of the service's published example; every simulator has it. */
  public static final String PUBLISHED_TASK = HandingerPublished.TASK;

  /** The worker of the published example; only the demo logs deliveries of it. */
  public static final String PUBLISHED_WORKER = HandingerPublished.WORKER;

  /** A task of another organization: 403. */
  public static final String FOREIGN_TASK = "tsk_F0r3ign-0rg-01";

  /** A worker of another organization: 403. */
  public static final String FOREIGN_WORKER = "wrk_F0r3ign-0rg-01";

  /** The published shapes of {@code GET /api/tasks/{id}}. */
  public enum Shape {
    /** Until July 2026: {@code {task, turns}}; {@code …/turns} is an unknown path. */
    LEGACY,
    /** Since: {@code {task}}; the turns are at {@code …/turns}. */
    NEW
  }

  private final long seed;
  private final Instant begin;
  private final long beginNanos = System.nanoTime();
  private final HandingerData data;
  private final Map<String, Integer> seededTasks = new HashMap<>();
  private final Map<String, HandingerTaskState> tasks = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> moreTasks = new ConcurrentLinkedQueue<>();
  private final Map<String, HandingerWorker> workers = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> workerIds = new ConcurrentLinkedQueue<>();
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final Set<String> memberKeys = ConcurrentHashMap.newKeySet();
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicLong made = new AtomicLong();
  private volatile Shape shape = Shape.NEW;
  private volatile Duration runDuration = Duration.ZERO;
  private volatile String runOutcome = "completed";
  private volatile @Nullable String runStructuredOutput;

  /**
   * Makes the data.
   *
   * @param now the moment at which its clock starts
   */
  public HandingerState(HandingerOptions options, long seed, Instant now) {
    this.seed = seed;
    begin = now.truncatedTo(ChronoUnit.MILLIS);
    keys.add(options.key);
    data = options.demo ? new HandingerDemo(now) : new HandingerGenerator(options, seed, now);
    List<String> ids = data.taskIds();
    for (int i = 0; i < ids.size(); i++) {
      seededTasks.put(ids.get(i), i);
    }
    for (String id : data.workerIds()) {
      addWorker(
          new HandingerWorker(id, data.executions(id), data.schedules(id), data.latestTask(id)));
      if (!data.executions(id).isEmpty()) {
        worker(id).webhook(HandingerExecution.URL, token());
      }
    }
    put(HandingerPublished.task());
  }

  /** The shape of answers about tasks; {@link Shape#NEW} at the start. */
  public Shape shape() {
    return shape;
  }

  /** Changes the shape from the next answer on. */
  public void shape(Shape newShape) {
    shape = newShape;
  }

  /** How long a run, and so {@code POST /api/tasks}, takes; zero at the start. */
  public void runDuration(Duration duration) {
    runDuration = duration;
  }

  Duration runDuration() {
    return runDuration;
  }

  /** The status in which runs end from now on: completed, error or aborted. */
  public void runOutcome(String status) {
    runOutcome = status;
  }

  String runOutcome() {
    return runOutcome;
  }

  /** The structured output of runs from now on, a JSON object; null, as at the start, for none. */
  public void runStructuredOutput(@Nullable String json) {
    runStructuredOutput = json;
  }

  @Nullable String runStructuredOutput() {
    return runStructuredOutput;
  }

  /** Accepts a key of another member, to whom creator-only operations answer 403. */
  public void acceptMemberKey(String key) {
    memberKeys.add(key);
  }

  /** Requests with the key get 401 from now on. */
  public void revokeKey(String key) {
    keys.remove(key);
    memberKeys.remove(key);
  }

  boolean isCreatorKey(String key) {
    return keys.contains(key);
  }

  boolean isMemberKey(String key) {
    return memberKeys.contains(key);
  }

  /** Ids of all tasks, archived ones too: those of the start, then those made since. */
  public List<String> taskIds() {
    List<String> ids = new ArrayList<>(data.taskIds());
    moreTasks.stream().filter(id -> task(id).isPresent()).forEach(ids::add);
    return List.copyOf(ids);
  }

  /** A task as it is now. */
  public Optional<HandingerTask> task(String id) {
    return taskState(id).flatMap(HandingerTaskState::task);
  }

  /** All tasks as they are now, in the order of {@link #taskIds}. */
  public List<HandingerTask> tasks() {
    return taskIds().stream().flatMap(id -> task(id).stream()).toList();
  }

  /** Adds a task of the test's own making, or replaces the one with its id. */
  public void put(HandingerTask task) {
    HandingerTaskState state = new HandingerTaskState(task, HandingerQuirks.NONE);
    if (tasks.put(task.id(), state) == null && !seededTasks.containsKey(task.id())) {
      moreTasks.add(task.id());
    }
    if (!workers.containsKey(task.workerId())) {
      addWorker(new HandingerWorker(task.workerId(), List.of(), List.of(), Optional.of(task.id())));
    }
  }

  Optional<HandingerTaskState> taskState(String id) {
    HandingerTaskState known = tasks.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    @Nullable Integer index = seededTasks.get(id);
    if (index == null) {
      return Optional.empty();
    }
    HandingerData.Seeded seeded = data.task(index);
    return Optional.of(
        tasks.computeIfAbsent(
            id, absent -> new HandingerTaskState(seeded.task(), seeded.quirks())));
  }

  /** The state under an id, at first without a task when the id is new. */
  HandingerTaskState taskStateOrNew(String id) {
    return taskState(id)
        .orElseGet(
            () ->
                tasks.computeIfAbsent(
                    id,
                    absent -> {
                      moreTasks.add(id);
                      return new HandingerTaskState();
                    }));
  }

  /** How many accepted POSTs named the task or made it. */
  public int posts(String taskId) {
    HandingerTaskState state = tasks.get(taskId);
    return state == null ? 0 : state.posts();
  }

  /** The files that came with the turns of a task, in the order in which they came. */
  public List<UploadedFile> uploads(String taskId) {
    HandingerTaskState state = tasks.get(taskId);
    return state == null ? List.of() : List.copyOf(state.uploads());
  }

  /** How many runs were started by POST. */
  public int runs() {
    return runs.get();
  }

  void countRun() {
    runs.incrementAndGet();
  }

  /** The workers of the demo, whose logs together name each of its tasks. */
  public static List<String> demoWorkerIds() {
    return HandingerDemo.WORKER_IDS;
  }

  /** Ids of all workers: those of the start, then those made since. */
  public List<String> workerIds() {
    return List.copyOf(workerIds);
  }

  /** The webhook log of a worker as it is now, newest first. */
  public List<HandingerExecution> executions(String workerId) {
    return worker(workerId).executions();
  }

  /** The schedules of a worker as they are now. */
  public List<HandingerSchedule> schedules(String workerId) {
    return worker(workerId).schedules();
  }

  /** Logs one more delivery of a worker's webhook, as when a task of it has just finished. */
  public void addExecution(String workerId, @Nullable String taskId) {
    HandingerWorker worker = worker(workerId);
    worker.log(
        HandingerExecution.delivered(newDice("execution").ulid("whe_"), workerId, now(), 25)
            .ofTask(
                taskId, taskId == null ? null : task(taskId).map(HandingerTask::title).orElse(null))
            .to(worker.webhookUrl().orElse(HandingerExecution.URL)));
  }

  /** Logs a delivery of the test's own making, at the worker that it names. */
  public void log(HandingerExecution execution) {
    worker(execution.workerId()).log(execution);
  }

  /** Adds a schedule of the test's own making to a worker. */
  public void addSchedule(String workerId, HandingerSchedule schedule) {
    worker(workerId).add(schedule);
  }

  Optional<HandingerWorker> findWorker(String id) {
    return Optional.ofNullable(workers.get(id));
  }

  private HandingerWorker worker(String id) {
    return findWorker(id).orElseThrow(() -> new IllegalArgumentException("No worker " + id));
  }

  HandingerWorker addWorker(HandingerWorker worker) {
    workers.put(worker.id(), worker);
    workerIds.add(worker.id());
    return worker;
  }

  /** The simulator's clock: the options' moment at the start, running since. */
  Instant now() {
    return begin.plusMillis((System.nanoTime() - beginNanos) / 1_000_000);
  }

  /** Chance for one more record made at run time. */
  Dice newDice(String stream) {
    return new Dice(seed, "made " + stream, made.incrementAndGet());
  }

  String token() {
    return newDice("token").ulid("whk_");
  }
}
