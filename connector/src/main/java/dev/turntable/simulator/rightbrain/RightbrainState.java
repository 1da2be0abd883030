package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.Dice;
import dev.turntable.simulator.server.UploadedFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Everything a simulated Rightbrain knows. Safe for use by many threads. */
public final class RightbrainState {
  private final long begin;
  private final long beginNanos;
  private final long seed;
  private final RightbrainTenants tenants;
  private final RightbrainAccess access;
  private final RightbrainSwitches switches = new RightbrainSwitches();
  private final List<RightbrainTask> tasks;
  private final Map<String, RightbrainTask> tasksById = new HashMap<>();
  private final Map<String, Long> deleted = new ConcurrentHashMap<>();
  private final Map<String, Boolean> disabled = new ConcurrentHashMap<>();
  private final Map<String, String> fileInputModes = new ConcurrentHashMap<>();
  private final RightbrainRunMaker maker;
  private final Map<Integer, RightbrainRun> added = new ConcurrentHashMap<>();
  private final AtomicInteger runs = new AtomicInteger();
  private volatile List<RightbrainGroup> groups;
  private volatile RightbrainRows rows;

  /**
   * Makes the data.
   *
   * @param beginNanos the reading of {@link System#nanoTime} at which the clock shows {@code now}
   */
  RightbrainState(RightbrainOptions options, long seed, Instant now, long beginNanos) {
    this.seed = seed;
    this.beginNanos = beginNanos;
    begin = RightbrainTimes.micros(now);
    long span = options.span.toNanos() / 1000;
    tenants = new RightbrainTenants(options, seed, begin - span);
    access = new RightbrainAccess(options.key, seed);
    tasks = new RightbrainCatalog(seed, begin - span, span).tasks(options);
    tasks.forEach(task -> tasksById.put(task.id(), task));
    maker = new RightbrainRunMaker(options, seed, tenants.users());
    groups = tenants.groups();
    rows = new RightbrainSeeding(options, seed, begin, tasks).rows();
  }

  /** Keys, OAuth clients and tokens. */
  public RightbrainAccess access() {
    return access;
  }

  /** What can be changed while the service runs. */
  public RightbrainSwitches switches() {
    return switches;
  }

  /** The organization of the key and of all data. */
  public String orgId() {
    return tenants.orgId();
  }

  /** The project of the key and of all data. */
  public String projectId() {
    return tenants.projectId();
  }

  /** Ids of all tasks, deleted ones too. */
  public List<String> taskIds() {
    return tasks.stream().map(RightbrainTask::id).toList();
  }

  /** The id of the task with exactly this name. */
  public String taskId(String name) {
    return tasks.stream()
        .filter(task -> task.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No task " + name))
        .id();
  }

  /** Ids of the task's revisions, newest first, test ones too. */
  public List<String> revisionIds(String taskId) {
    return task(taskId).revisions().stream().map(RightbrainRevision::id).toList();
  }

  /** Ids of all runs of the task, newest first, hidden ones too. */
  public List<String> runIds(String taskId) {
    RightbrainRows now = rows;
    int task = task(taskId).number();
    List<String> ids = new ArrayList<>();
    for (int i = now.count(task) - 1; i >= 0; i--) {
      ids.add(run(now, now.row(task, i)).place().id());
    }
    return List.copyOf(ids);
  }

  /** Soft-deletes the task: it is no longer listed, nor are its runs in the project's list. */
  public void deleteTask(String taskId) {
    deleted.put(task(taskId).id(), nowMicros());
  }

  /** The task can no longer be run. */
  public void disableTask(String taskId) {
    disabled.put(task(taskId).id(), true);
  }

  /** Sets which files the task takes: none, image, pdf, image_or_pdf or any; none at the start. */
  public void fileInputMode(String taskId, String mode) {
    fileInputModes.put(task(taskId).id(), mode);
  }

  String fileInputMode(RightbrainTask task) {
    return fileInputModes.getOrDefault(task.id(), "none");
  }

  /** The files that came with a run of a task. */
  public List<UploadedFile> uploads(String taskId, String runId) {
    RightbrainRows now = rows;
    int task = task(taskId).number();
    for (int i = now.count(task) - 1; i >= 0; i--) {
      RightbrainRun run = run(now, now.row(task, i));
      if (run.place().id().equals(runId)) {
        return run.submission().files();
      }
    }
    throw new IllegalArgumentException("No run " + runId);
  }

  /** Adds a run as if somebody else had just run the task, and returns its id. */
  public String addRun(String taskId) {
    RightbrainTask task = task(taskId);
    return add(new RightbrainNewRun(
            task, task.pickActive(roll()), RightbrainSubmission.EMPTY, Map.of(), false, false))
        .place()
        .id();
  }

  /** How many runs were started by POST, successful or not. */
  public int runs() {
    return runs.get();
  }

  void countRun() {
    runs.incrementAndGet();
  }

  List<RightbrainTask> tasks() {
    return tasks;
  }

  Optional<RightbrainTask> findTask(String id) {
    return Optional.ofNullable(tasksById.get(RightbrainIds.normal(id)));
  }

  private RightbrainTask task(String id) {
    return findTask(id).orElseThrow(() -> new IllegalArgumentException("No task " + id));
  }

  /** When the task was deleted, in microseconds. */
  Optional<Long> deleted(RightbrainTask task) {
    return Optional.ofNullable(deleted.get(task.id()));
  }

  boolean enabled(RightbrainTask task) {
    return !disabled.containsKey(task.id());
  }

  RightbrainTenants tenants() {
    return tenants;
  }

  RightbrainRows rows() {
    return rows;
  }

  RightbrainFigures figures(RightbrainRows of, int row) {
    RightbrainRun run = added.get(row);
    return run != null
        ? run.outcome().figures()
        : RightbrainFigures.of(
            seed, row, of.is(RightbrainRows.ERROR, row), of.is(RightbrainRows.FALLBACK, row));
  }

  @Nullable String groupName(RightbrainRows of, int row) {
    RightbrainRun run = added.get(row);
    int group = figures(of, row).group();
    RightbrainGroup seeded = group < 0 ? null : groups.get(group);
    RightbrainGroup named = run == null ? seeded : run.submission().group();
    return named == null ? null : named.name();
  }

  RightbrainRun run(RightbrainRows of, int row) {
    RightbrainRun run = added.get(row);
    return run != null ? run : maker.seeded(of, row, tasks.get(of.task(row)), groups);
  }

  /** Finds a row by its id, without an index of ids: the id's own time tells where to look. */
  OptionalInt findRow(RightbrainRows in, String id) {
    String normal = RightbrainIds.normal(id);
    for (long late : new long[] {0, RightbrainRunMaker.LATE}) {
      long millis = RightbrainIds.millis(normal) - late;
      long least = (millis - RightbrainRunMaker.LONGEST_RUN) * 1000;
      for (int row = in.firstFrom(least);
          row < in.size() && in.created(row) < (millis + 1) * 1000;
          row++) {
        if (maker.id(row, in.created(row)).equals(normal)) {
          return OptionalInt.of(row);
        }
      }
    }
    return OptionalInt.empty();
  }

  List<RightbrainGroup> groups() {
    return groups;
  }

  /** The group of that name; made when there is none. */
  synchronized RightbrainGroup group(String name) {
    for (RightbrainGroup group : groups) {
      if (group.name().equals(name)) {
        return group;
      }
    }
    List<RightbrainGroup> more = new ArrayList<>(groups);
    Dice dice = new Dice(seed, "rb group", more.size());
    String id = RightbrainIds.ulid(nowMicros() / 1000, dice);
    RightbrainGroup made = new RightbrainGroup(id, projectId(), name, nowMicros());
    more.add(made);
    groups = List.copyOf(more);
    return made;
  }

  /** Writes a run down; its {@code created} is now, and never before that of another run. */
  synchronized RightbrainRun add(RightbrainNewRun wanted) {
    int row = rows.size();
    long created = Math.max(nowMicros(), row == 0 ? 0 : rows.created(row - 1));
    RightbrainRun run =
        wanted.at(
            new RightbrainRun.Place(row, maker.id(row, created), created),
            seed,
            maker,
            tenants.users().get(0));
    int flags =
        (run.outcome().error() ? RightbrainRows.ERROR : 0)
            | (run.outcome().fallback() ? RightbrainRows.FALLBACK : 0);
    added.put(row, run);
    rows = rows.plus(created, run.task().number(), wanted.revision(), flags);
    return run;
  }

  /** The simulator's clock: the options' moment at the start, running since. */
  long nowMicros() {
    return switches.clockStopped() ? begin : begin + (System.nanoTime() - beginNanos) / 1000;
  }

  /** Chance for the run that comes next, from 0 to 1. */
  double roll() {
    return new Dice(seed, "rb roll", rows.size()).below(1000) / 1000.0;
  }
}
