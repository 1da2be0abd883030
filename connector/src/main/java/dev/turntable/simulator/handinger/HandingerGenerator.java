package dev.turntable.simulator.handinger;

import dev.turntable.simulator.server.Dice;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Any number of random tasks. Task {@code i} belongs to worker {@code i % workers} and is younger
 * than task {@code i - 1}; every twenty tasks, counted from the first, hold all five statuses. The log of a
 * worker names its tasks in turn; the times in it are not those of the tasks.
 */
final class HandingerGenerator implements HandingerData {
  private static final Duration SPAN = Duration.ofDays(120);
  private static final List<String> TRIGGERS = List.of("api", "email", "schedule", "ui");
  private static final List<String> STATUSES =
      List.of(
          "completed",
          "error",
          "completed",
          "completed",
          "aborted",
          "completed",
          "running",
          "completed",
          "error",
          "completed",
          "completed",
          "pending",
          "completed",
          "completed",
          "error",
          "completed",
          "aborted",
          "completed",
          "completed",
          "running");

  private final HandingerOptions options;
  private final long seed;
  private final Instant now;
  private final Instant begin;
  private final long stepMillis;
  private final List<String> taskIds;
  private final List<String> workerIds;

  HandingerGenerator(HandingerOptions options, long seed, Instant now) {
    this.options = options;
    this.seed = seed;
    this.now = now;
    // A day less, so that the last tasks have finished before the simulator's clock starts.
    this.begin = now.minus(SPAN).minus(Duration.ofDays(1));
    this.stepMillis = Math.max(1, SPAN.toMillis() / Math.max(1, options.tasks));
    this.taskIds = ids("task", "tsk_", options.tasks);
    this.workerIds = ids("worker", "wrk_", options.workers);
  }

  private List<String> ids(String stream, String prefix, int count) {
    List<String> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(dice(stream, i).id(prefix, 14));
    }
    return Collections.unmodifiableList(ids);
  }

  private Dice dice(String stream, long index) {
    return new Dice(seed, stream, index);
  }

  @Override
  public List<String> taskIds() {
    return taskIds;
  }

  @Override
  public List<String> workerIds() {
    return workerIds;
  }

  @Override
  public Optional<String> latestTask(String workerId) {
    int worker = workerIds.indexOf(workerId);
    int count = tasksOf(worker);
    return count == 0 ? Optional.empty() : Optional.of(taskIds.get(taskOf(worker, count - 1)));
  }

  private int tasksOf(int worker) {
    return (options.tasks - worker + options.workers - 1) / options.workers;
  }

  private int taskOf(int worker, int ordinal) {
    return worker + options.workers * ordinal;
  }

  private String status(int index) {
    if (options.unknownEnums && index % 16 == 9) {
      return "paused";
    }
    // 7 has no common factor with 20, so a block of twenty meets all entries; each block begins one
    // further, so that no number of workers gives all the running tasks to one of them.
    int block = index / STATUSES.size();
    return STATUSES.get(Math.floorMod(7L * (index + block) + seed, STATUSES.size()));
  }

  private static boolean isFinished(String status) {
    return !status.equals("running") && !status.equals("pending");
  }

  private String title(int index) {
    Dice dice = dice("title", index);
    return dice.pick(HandingerPhrases.TOPICS) + " for " + dice.pick(HandingerPhrases.SUBJECTS);
  }

  @Override
  public Seeded task(int index) {
    Dice dice = dice("body", index);
    HandingerQuirks quirks = HandingerQuirks.of(index);
    String id = taskIds.get(index);
    String workerId = workerIds.get(index % options.workers);
    Instant created = begin.plusMillis(index * stepMillis + Math.floorMod(dice.next(), stepMillis));
    String trigger = dice.pick(TRIGGERS);
    boolean hasUser = trigger.equals("ui") || (trigger.equals("api") && !dice.oneIn(4));
    List<HandingerTurn> turns = turns(index, created, quirks);
    return new Seeded(
        HandingerTask.builder(id, workerId)
            .title(title(index))
            .status(status(index))
            .from(
                options.unknownEnums && index % 16 == 5 ? "webhook" : trigger,
                HandingerTask.ORGANIZATION,
                hasUser ? dice("user", dice.below(5)).id("usr_", 13) : null)
            .time(created, turns.get(turns.size() - 1).completedAt())
            .url(quirks.omitsNulls() ? null : HandingerTask.url(workerId, id))
            .turns(turns)
            .build(),
        quirks);
  }

  private List<HandingerTurn> turns(int index, Instant created, HandingerQuirks quirks) {
    Dice dice = dice("turns", index);
    int count = dice.between(options.minTurns, options.maxTurns);
    List<HandingerTurn> turns = new ArrayList<>(count);
    Instant start = created.plusMillis(dice.below(900));
    for (int seq = 0; seq < count; seq++) {
      String status = seq == count - 1 ? status(index) : "completed";
      HandingerTurn turn = turn(index, seq, status, start, quirks);
      turns.add(turn);
      start = start.plusMillis(turn.durationMs() + 1 + dice.below(120_000));
    }
    return turns;
  }

  private HandingerTurn turn(
      int index, int seq, String status, Instant start, HandingerQuirks quirks) {
    Dice dice = dice("turn" + seq, index);
    boolean finished = isFinished(status);
    boolean begun = !status.equals("pending");
    long durationMs = finished ? dice.between(200, 90_000) : 0;
    boolean structured = status.equals("completed") && !quirks.omitsNulls() && !dice.oneIn(3);
    return HandingerTurn.builder(dice.id("trn_", 14), taskIds.get(index), seq)
        .status(status)
        .input(
            seq == 0 ? "Please do this: " + title(index) : dice.pick(HandingerPhrases.TEXTS) + "?")
        .output(
            finished ? output(index, dice) : "",
            structured ? dice.pick(HandingerPhrases.STRUCTURED) : null)
        .tokens(
            // One that no 32-bit integer holds.
            index % 50 == 49 ? 5_000_000_000L : begun ? dice.between(40, 9_000) : 0,
            finished ? dice.between(0, 2_500) : 0)
        .cost(finished ? dice.between(0, 120) : 0, durationMs)
        // Measured apart from durationMs, as at the real service.
        .time(start, finished ? start.plusMillis(durationMs + dice.below(400)) : null)
        .files(quirks.omitsNulls() ? null : files(dice))
        .build();
  }

  private static String output(int index, Dice dice) {
    String text = dice.pick(HandingerPhrases.TEXTS);
    return index % 25 == 11 ? (text + " 長い。").repeat(20_000 / (text.length() + 4)) : text;
  }

  private static List<HandingerFile> files(Dice dice) {
    int count = Math.max(0, dice.between(-2, 2));
    List<HandingerFile> files = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      @Nullable String name = dice.oneIn(5) ? null : dice.pick(HandingerPhrases.FILE_NAMES);
      @Nullable Long size = dice.oneIn(3) ? null : (long) dice.below(9_000_000);
      String url = dice.id("https://files.example.com/", 20);
      files.add(new HandingerFile(name, "application/octet-stream", url, size));
    }
    return files;
  }

  @Override
  public List<HandingerExecution> executions(String workerId) {
    int worker = workerIds.indexOf(workerId);
    return new AbstractList<>() {
      @Override
      public HandingerExecution get(int index) {
        return execution(worker, index);
      }

      @Override
      public int size() {
        return options.executions;
      }
    };
  }

  private HandingerExecution execution(int worker, int index) {
    Dice dice = dice("execution" + worker, index);
    int task = loggedTask(worker, index);
    long step = Math.max(1, SPAN.toMillis() / options.executions);
    boolean failed = dice.oneIn(9);
    boolean reached = !failed || dice.oneIn(2);
    String requestStatus = failed ? "error" : "success";
    return HandingerExecution.delivered(
            dice.ulid("whe_"),
            workerIds.get(worker),
            begin.plusMillis(index * step + Math.floorMod(dice.next(), step)),
            dice.between(15, 30_000))
        .ofTask(task < 0 ? null : taskIds.get(task), task < 0 ? null : title(task))
        .withOutcome(
            options.unknownEnums && index % 13 == 8 ? "skipped" : requestStatus,
            reached ? (Integer) (failed ? 500 : 200) : null,
            reached ? (failed ? "The endpoint answered 500" : null) : "connect timed out");
  }

  /** The index of the task that an execution names; all finished ones in turn; -1 for none. */
  private int loggedTask(int worker, int index) {
    int count = tasksOf(worker);
    if (count <= 0 || index % 11 == 5) {
      return -1;
    }
    int ordinal = (index - (index + 5) / 11) % count;
    for (int tried = 0; tried < STATUSES.size(); tried++) {
      int task = taskOf(worker, (ordinal + tried) % count);
      if (isFinished(status(task))) {
        return task;
      }
    }
    return -1;
  }

  @Override
  public List<HandingerSchedule> schedules(String workerId) {
    List<HandingerSchedule> schedules = new ArrayList<>();
    for (int i = 0; i < options.schedules; i++) {
      Dice dice = dice("schedule" + workerIds.indexOf(workerId), i);
      String type = HandingerSchedules.TYPES.get(i % HandingerSchedules.TYPES.size());
      schedules.add(
          new HandingerSchedule(
              dice.ulid("sch_"),
              dice.pick(HandingerBody.BUDGETS),
              dice.pick(HandingerPhrases.TOPICS) + " — " + dice.pick(HandingerPhrases.SUBJECTS),
              when(type, now.plusSeconds(dice.between(60, 1_000_000)), dice)));
    }
    return schedules;
  }

  private static HandingerSchedule.When when(String type, Instant next, Dice dice) {
    return switch (type) {
      case "delayed" -> HandingerSchedule.When.delayed(next, dice.between(60, 86_400));
      case "interval" -> HandingerSchedule.When.interval(next, dice.between(60, 86_400));
      case "cron" -> HandingerSchedule.When.cron(next, "0 " + dice.below(24) + " * * 1-5");
      default -> HandingerSchedule.When.scheduled(next);
    };
  }
}
