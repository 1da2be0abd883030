package dev.turntable.plan;

import dev.turntable.engine.Engine;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerExecution;
import dev.turntable.simulator.handinger.HandingerSchedule;
import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.handinger.HandingerTask;
import dev.turntable.simulator.handinger.HandingerTurn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A Handinger whose data a reader knows by heart, for answers that must not depend on the plan.
 * Task {@code n} belongs to worker {@code n % 4}, has two turns and 10 credits, and has failed
 * where {@code n % 10} is 1. The log of {@code wrk_0} names its 50 tasks, oldest first; the other
 * workers have no webhook. Worker {@code n} has {@code n + 1} schedules.
 *
 * <p>In the SQL of a test {@code #7} stands for the id of task 7 and {@code log#7} for that of the
 * seventh entry of the log.
 */
final class TruthService implements AutoCloseable {
  static final int TASKS = 200;
  static final int WORKERS = 4;
  static final int LOGGED = TASKS / WORKERS;

  private static final Instant BEGIN = Instant.parse("2026-06-01T00:00:00Z");
  private static final Pattern PLACE = Pattern.compile("(log|turn)?#(\\d+)");
  private static final Pattern LITERAL = Pattern.compile("'((?:log|turn)?#\\d+|wrk_\\d+)'");

  private final Bench bench;
  private final Map<String, Engine> engines = new HashMap<>();

  TruthService() {
    bench =
        Bench.handinger(
            SimulatorOptions.builder().tasks(0).workers(1).executions(0).schedules(0).build());
    HandingerState state = bench.simulator().handinger();
    for (int i = 0; i < TASKS; i++) {
      state.put(task(i));
    }
    for (int i = 0; i < LOGGED; i++) {
      state.log(entry(worker(0), i, id(WORKERS * i)));
    }
    for (int i = 0; i < WORKERS; i++) {
      for (int j = 0; j <= i; j++) {
        state.addSchedule(worker(i), schedule(i, j));
      }
    }
  }

  static String id(int task) {
    return String.format(Locale.ROOT, "tsk_%08d-_aZ", task);
  }

  static String worker(int number) {
    return "wrk_" + number;
  }

  static String turn(int task) {
    return String.format(Locale.ROOT, "trn_%08d-0", task);
  }

  /** The ids of tasks from 0 on. */
  static List<String> first(int count) {
    return IntStream.range(0, count).mapToObj(TruthService::id).toList();
  }

  static HandingerExecution entry(String worker, int number, String task) {
    return HandingerExecution.delivered(
            logId(worker, number), worker, BEGIN.plusSeconds(number), 25)
        .ofTask(task, "Task")
        .withOutcome(number % 3 == 0 ? "error" : "success", 200, null);
  }

  private static String logId(String worker, int number) {
    return String.format(Locale.ROOT, "whe_%s_%04d", worker, number);
  }

  private static HandingerTask task(int number) {
    Instant created = BEGIN.plusSeconds(60L * number);
    String status = number % 10 == 1 ? "error" : "completed";
    List<HandingerTurn> turns = new ArrayList<>();
    for (int seq = 0; seq < 2; seq++) {
      turns.add(
          HandingerTurn.builder(turn(number).replaceAll("0$", String.valueOf(seq)), id(number), seq)
              .status(seq == 0 ? "completed" : status)
              .input("Do it")
              .output("Done", null)
              .tokens(100, 50)
              .cost(4 + 2 * seq, 1000)
              .time(created.plusSeconds(seq), created.plusSeconds(seq + 1))
              .build());
    }
    return HandingerTask.builder(id(number), worker(number % WORKERS))
        .title("Task " + number)
        .status(status)
        .from("api", "org_truth", null)
        .time(created, created.plusSeconds(2))
        .turns(turns)
        .build();
  }

  private static HandingerSchedule schedule(int worker, int number) {
    return new HandingerSchedule(
        "sch_" + worker + "_" + number,
        "standard",
        "Look",
        HandingerSchedule.When.cron(BEGIN.plusSeconds(1_000_000), "0 1 * * *"));
  }

  /** Opens a connection, or goes on with the one of the same name. */
  Bench connected(String name, boolean generated, Map<String, String> properties) {
    return bench.use(
        engines.computeIfAbsent(
            name + generated,
            unused ->
                generated
                    ? bench.connectGenerated(properties).engine()
                    : bench.connect(properties).engine()));
  }

  Bench bench() {
    return bench;
  }

  HandingerState state() {
    return bench.simulator().handinger();
  }

  /** The statement with its ids as literals. */
  static String literal(String sql) {
    return PLACE.matcher(sql).replaceAll(TruthService::named);
  }

  private static String named(java.util.regex.MatchResult place) {
    int number = Integer.parseInt(place.group(2));
    String kind = place.group(1);
    if (kind == null) {
      return id(number);
    }
    return kind.equals("log") ? logId(worker(0), number) : turn(number);
  }

  /** The statement with a parameter for every id of a task, a worker, a turn or an entry. */
  static String parameterized(String sql) {
    return LITERAL.matcher(sql).replaceAll("?");
  }

  /** The values of those parameters. */
  static Object[] parameters(String sql) {
    Matcher matcher = LITERAL.matcher(sql);
    List<Object> values = new ArrayList<>();
    while (matcher.find()) {
      values.add(literal(matcher.group(1)));
    }
    return Collections.unmodifiableList(values).toArray();
  }

  @Override
  public void close() {
    bench.close();
  }
}
