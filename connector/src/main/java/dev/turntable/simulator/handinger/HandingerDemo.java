package dev.turntable.simulator.handinger;

import dev.turntable.simulator.server.Dice;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Three months of a small office: sixty tasks at four desks, busier from week to week and on
 * working days. The logs of its workers name every task, some twice: those that run now have
 * finished a turn before. The worker of the published example is one of its workers.
 */
final class HandingerDemo implements HandingerData {
  static final List<String> WORKER_IDS =
      Stream.concat(
              HandingerDemoWork.DESKS.stream().map(HandingerDemoWork.Desk::workerId),
              Stream.of(HandingerPublished.WORKER))
          .toList();

  private static final int TASKS = 60;
  private static final int DAYS = 90;
  private static final long SEED = 2026;

  private final Instant now;
  private final List<HandingerTask> tasks = new ArrayList<>();

  HandingerDemo(Instant now) {
    this.now = now.truncatedTo(ChronoUnit.MILLIS);
    for (int i = 0; i < TASKS; i++) {
      tasks.add(make(i));
    }
    tasks.sort(Comparator.comparing(HandingerTask::createdAt));
  }

  private static String status(int index) {
    if (index >= TASKS - 6) {
      return index % 2 == 1 ? "running" : index % 4 == 0 ? "pending" : "completed";
    }
    return index % 9 == 4 ? "error" : index % 14 == 6 ? "aborted" : "completed";
  }

  private Instant created(int index, Dice dice) {
    if (index >= TASKS - 6) {
      return now.minusSeconds((TASKS - index) * 1500L + dice.below(600));
    }
    // The root makes the later weeks denser.
    double share = Math.sqrt((index + 0.5) / TASKS);
    Instant day =
        now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(1 + (long) (DAYS * (1 - share))));
    DayOfWeek weekday = day.atZone(ZoneOffset.UTC).getDayOfWeek();
    // Rolled on every day: the calendar must not change what the tasks are.
    boolean worksAtWeekends = dice.oneIn(4);
    if (weekday.getValue() > 5 && !worksAtWeekends) {
      day = day.minus(Duration.ofDays(weekday.getValue() - 5L));
    }
    return day.plusMillis(dice.between(6 * 3600, 18 * 3600) * 1000L + dice.below(1000));
  }

  private HandingerTask make(int index) {
    Dice dice = new Dice(SEED, "demo", index);
    HandingerDemoWork.Desk desk =
        HandingerDemoWork.DESKS.get((index + index / 7) % HandingerDemoWork.DESKS.size());
    HandingerDemoWork work = dice.pick(desk.work()).about(dice.pick(desk.subjects()));
    String id = dice.id("tsk_", 14);
    String status = status(index);
    boolean open = status.equals("running") || status.equals("pending");
    Instant created = created(index, dice);
    int count = open ? 2 : dice.oneIn(3) ? dice.between(2, 4) : 1;
    List<HandingerTurn> turns = new ArrayList<>(count);
    Instant start = created.plusMillis(dice.between(80, 900));
    for (int seq = 0; seq < count; seq++) {
      HandingerTurn turn =
          turn(id, seq, seq == count - 1 ? status : "completed", work, start, dice);
      turns.add(turn);
      start = start.plusMillis(turn.durationMs()).plusSeconds(dice.between(20, 200));
    }
    String trigger = dice.oneIn(4) ? "api" : desk.trigger();
    boolean hasUser = trigger.equals("ui") || trigger.equals("api");
    return HandingerTask.builder(id, desk.workerId())
        .title(work.title())
        .status(status)
        .from(
            trigger,
            HandingerTask.ORGANIZATION,
            hasUser ? new Dice(SEED, "user", dice.below(3)).id("usr_", 13) : null)
        .time(created, turns.get(count - 1).completedAt())
        .url(HandingerTask.url(desk.workerId(), id))
        .turns(turns)
        .build();
  }

  private static HandingerTurn turn(
      String taskId, int seq, String status, HandingerDemoWork work, Instant start, Dice dice) {
    boolean first = seq == 0;
    boolean done = status.equals("completed");
    boolean ended = !status.equals("running") && !status.equals("pending");
    int percent = dice.between(60, 170) / (first ? 1 : 3) / (done ? 1 : 2);
    long credits = ended ? Math.max(1, work.credits() * percent / 100) : 0;
    long durationMs = ended ? credits * dice.between(240, 420) + dice.between(900, 4000) : 0;
    boolean structured = done && first && !work.structured().isEmpty();
    boolean filed = done && first && !work.file().isEmpty();
    String url = dice.id("https://files.example.com/", 20);
    String reply = first ? work.output() : "Done. " + work.output();
    return HandingerTurn.builder(dice.id("trn_", 14), taskId, seq)
        .status(status)
        .input(first ? work.input() : dice.pick(HandingerDemoWork.FOLLOW_UPS))
        .output(
            done
                ? reply
                : status.equals("error") ? "I could not open the page: it answers 403." : "",
            structured ? work.structured() : null)
        .tokens(
            ended ? credits * dice.between(30, 60) + 400 : 0,
            done ? credits * dice.between(3, 9) + 20 : 0)
        .cost(credits, durationMs)
        .time(start, ended ? start.plusMillis(durationMs + dice.below(300)) : null)
        .files(
            filed
                ? List.of(
                    new HandingerFile(
                        work.file(), mediaType(work.file()), url, 1000L + dice.below(90_000)))
                : List.of())
        .build();
  }

  private static String mediaType(String file) {
    return file.endsWith(".pdf") ? "application/pdf" : "text/plain";
  }

  @Override
  public List<String> taskIds() {
    return tasks.stream().map(HandingerTask::id).toList();
  }

  @Override
  public Seeded task(int index) {
    return new Seeded(tasks.get(index), HandingerQuirks.NONE);
  }

  @Override
  public List<String> workerIds() {
    return WORKER_IDS;
  }

  @Override
  public Optional<String> latestTask(String workerId) {
    return ofWorker(workerId).stream().reduce((older, newer) -> newer).map(HandingerTask::id);
  }

  private List<HandingerTask> ofWorker(String workerId) {
    if (workerId.equals(HandingerPublished.WORKER)) {
      return List.of(HandingerPublished.task());
    }
    return tasks.stream().filter(task -> task.workerId().equals(workerId)).toList();
  }

  @Override
  public List<HandingerExecution> executions(String workerId) {
    List<HandingerExecution> log = new ArrayList<>();
    for (HandingerTask task : ofWorker(workerId)) {
      for (HandingerTurn turn : task.turns()) {
        Instant end = turn.completedAt();
        if (end != null) {
          Dice dice = new Dice(SEED, turn.id(), 0);
          boolean failed = dice.oneIn(8);
          if (failed) {
            log.add(execution(task, end.plusMillis(400), true, dice));
          }
          log.add(execution(task, end.plusMillis(failed ? 60_000 : 700), false, dice));
        }
      }
    }
    log.sort(Comparator.comparing(HandingerExecution::createdAt));
    return log;
  }

  private static HandingerExecution execution(
      HandingerTask task, Instant time, boolean failed, Dice dice) {
    HandingerExecution delivered =
        HandingerExecution.delivered(
                dice.ulid("whe_"), task.workerId(), time, dice.between(40, failed ? 30_000 : 900))
            .ofTask(task.id(), task.title());
    return failed ? delivered.withOutcome("error", 503, "The endpoint answered 503") : delivered;
  }

  @Override
  public List<HandingerSchedule> schedules(String workerId) {
    if (!workerId.equals(HandingerDemoWork.DESKS.get(0).workerId())) {
      return List.of();
    }
    Dice dice = new Dice(SEED, "schedule", 0);
    String input = "What's the weather today in Barcelona?";
    Instant tomorrow = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    return List.of(
        new HandingerSchedule(
            dice.ulid("sch_"),
            "low",
            input,
            HandingerSchedule.When.cron(tomorrow.plus(Duration.ofHours(6)), "0 6 * * 1-5")),
        new HandingerSchedule(
            dice.ulid("sch_"),
            "standard",
            "Storm warnings for our offices?",
            HandingerSchedule.When.interval(now.plus(Duration.ofHours(2)), 14_400)));
  }
}
