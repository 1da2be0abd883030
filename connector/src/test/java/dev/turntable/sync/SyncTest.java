package dev.turntable.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.plan.Bench;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.simulator.server.ReceivedRequest;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.store.file.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store is brought up to date, and statements then need nothing more. */
final class SyncTest {
  private static final String RUNS = "SELECT COUNT(*), COUNT(DISTINCT id) FROM task_runs";
  private static final SyncOptions REFRESH = new SyncOptions(null, Set.of(), true);

  @TempDir Path temp;

  /** Of the connections that are opened. */
  private final List<String> properties = new ArrayList<>();

  private Bench bench;
  private SyncReport report;
  private VerifyReport verified;

  @AfterEach
  void close() {
    bench.close();
  }

  private Path store() {
    return temp.resolve("store");
  }

  private void rightbrain(int runsPerTask) {
    bench = Bench.rightbrain(RightbrainOptions.builder().tasks(3).runsPerTask(runsPerTask).build());
  }

  private String workers() {
    return String.join(",", bench.simulator().handinger().workerIds());
  }

  /** Some tasks are in the logs of workers, one in none of them. */
  private void handinger() {
    bench =
        Bench.handinger(
            SimulatorOptions.builder()
                .tasks(20)
                .workers(2)
                .executions(6)
                .now(Instant.now())
                .build());
    properties.addAll(List.of("workerIds", workers()));
  }

  /** Returns the requests that it took. */
  private List<String> sync(SyncOptions options, SyncProgress progress) {
    bench.store(store(), properties.toArray(String[]::new));
    bench.simulator().clearRequests();
    Sync sync = new Sync(bench.engine(), options, progress);
    try {
      sync.run();
    } finally {
      report = sync.report();
      assertThat(report.requests()).isEqualTo(requests().size());
    }
    return requests();
  }

  private List<String> sync() {
    return sync(SyncOptions.ALL, SyncProgress.NONE);
  }

  private List<String> requests() {
    return bench.simulator().requests().stream()
        .map(ReceivedRequest::line)
        .filter(line -> !line.contains("/whoami"))
        .toList();
  }

  /** A connection that asks for what the store does not have. */
  private Bench reading() {
    List<String> all = new ArrayList<>(properties);
    all.addAll(List.of("maxAge", "3600", "finalMaxAge", "unlimited"));
    return bench.store(store(), all.toArray(String[]::new));
  }

  /** A page each, and one to see how close together the runs are. */
  @Test
  void thenRunsNeedNoRequest() {
    rightbrain(400);

    int first = sync().size();

    assertThat(first).isBetween(12 + 2, 12 + 2 + 4);
    assertThat(report.rows().added()).isGreaterThanOrEqualTo(1_203);
    reading().sql(RUNS).rows().sent(0).is("1200 | 1200");
    bench.sql("SELECT COUNT(*) FROM tasks").rows().sent(0).is("3");
  }

  @Test
  void aSecondOneReadsTheLastHourAndWhatIsNew() {
    rightbrain(400);
    sync();
    bench.simulator().rightbrain().addRun(bench.simulator().rightbrain().taskIds().get(1));

    assertThat(sync()).hasSize(3);
    assertThat(report.rows().added()).isEqualTo(1);
    reading().sql(RUNS).rows().sent(0).is("1201 | 1201");
  }

  /** With 1 % of the runs new, spread as the others are. */
  @Test
  void aSecondOneOfManyRunsSendsFewRequests() {
    int runs = Integer.getInteger("turntable.sync.runs", 10_000);
    bench = Bench.rightbrain(RightbrainOptions.builder().tasks(5).runsPerTask(runs / 5).build());
    LocalDateTime last =
        LocalDateTime.parse(
            bench
                .sql(
                    "SELECT created FROM task_runs ORDER BY created DESC LIMIT 1 OFFSET "
                        + runs / 100)
                .rows()
                .rows()
                .get(0)
                .replace(' ', 'T'));
    hold(created -> created.isAfter(last.toInstant(ZoneOffset.UTC)));
    int first = sync().size();
    hold(created -> false);

    assertThat(sync()).hasSizeLessThanOrEqualTo(first * 2 / 100 + 5);

    assertThat(report.rows().added()).isBetween(runs / 100 - 1L, runs / 100 + 1L);
    reading().sql(RUNS).rows().sent(0).is(runs + " | " + runs);
  }

  /** It took its time, or the clock of the service is behind ours. */
  @Test
  void aRunThatAppearsTwentyMinutesAfterItWasMade() {
    rightbrain(400);
    Instant now = SimulatorOptions.DEFAULT_NOW;
    bench.simulator().rightbrain().addRun(bench.simulator().rightbrain().taskIds().get(0));
    hold(created -> created.isAfter(now.minus(Duration.ofMinutes(50))) && created.isBefore(now));
    List<String> late = held(now);
    sync();
    reading().sql(RUNS).rows().is((1_201 - late.size()) + " | " + (1_201 - late.size()));

    hold(created -> false);

    assertThat(sync()).hasSize(3);
    assertThat(late).isNotEmpty();
    assertThat(report.rows().added()).isEqualTo(late.size());
    reading().sql(RUNS).rows().sent(0).is("1201 | 1201");
  }

  private void hold(Predicate<Instant> created) {
    bench.simulator().rightbrain().switches().holdBackRuns(created);
  }

  /** Runs of the last 50 minutes, which are not shown. */
  private List<String> held(Instant now) {
    hold(created -> false);
    List<String> ids =
        bench
            .connect(Map.of())
            .sql(
                "SELECT id FROM task_runs WHERE created > ? AND created < ?",
                LocalDateTime.ofInstant(now.minus(Duration.ofMinutes(50)), ZoneOffset.UTC),
                LocalDateTime.ofInstant(now, ZoneOffset.UTC))
            .rows()
            .rows();
    hold(created -> created.isAfter(now.minus(Duration.ofMinutes(50))) && created.isBefore(now));
    return ids;
  }

  /** One is made while pages are read: it is in none of them, and no other one comes twice. */
  @Test
  void aRunThatIsMadeBetweenTwoPages() {
    rightbrain(400);
    String task = bench.simulator().rightbrain().taskIds().get(0);
    AtomicInteger pages = new AtomicInteger();
    bench
        .simulator()
        .faults(
            FaultRule.when(
                request -> {
                  if (request.path().endsWith("/task_run") && pages.incrementAndGet() % 5 == 0) {
                    bench.simulator().rightbrain().addRun(task);
                  }
                  return false;
                },
                Fault.status(500)));
    sync();
    bench.simulator().faults(FaultRule.when(request -> false, Fault.status(500)));
    int made = pages.get() / 5;
    assertThat(made).isGreaterThan(1);

    sync();

    String all = String.valueOf(1_200 + made);
    reading().sql(RUNS).rows().sent(0).is(all + " | " + all);
  }

  /** What is dropped is read again, and not taken for all there is. */
  @Test
  void whatIsKeptForATime() {
    rightbrain(400);
    int first = sync().size();
    Stores.age(store(), Duration.ofDays(3));
    properties.addAll(List.of("keep", "2d"));
    bench.store(store(), properties.toArray(String[]::new)).sql("SELECT 1").rows();
    bench.engine().close();

    assertThat(Stores.rows(store(), "SELECT COUNT(*) FROM \"rows rightbrain.task_runs\""))
        .containsExactly("0");
    assertThat(sync()).hasSize(first);
    reading().sql(RUNS).rows().sent(0).is("1200 | 1200");
  }

  @Test
  void thePaceIsThatOfAllTogether() {
    rightbrain(400);
    properties.addAll(List.of("requestsPerSecond", "20"));

    int requests = sync().size();

    List<ReceivedRequest> all = bench.simulator().requests();
    long nanos = all.get(all.size() - 1).startNanos() - all.get(0).startNanos();
    // As many as a second lets through may come at once.
    assertThat(Duration.ofNanos(nanos).toMillis()).isGreaterThan((requests - 20) * 50L);
    assertThat(requests).isGreaterThan(12);
  }

  @Test
  void whoEndsItRepeatsAStep() {
    rightbrain(1_000);
    SyncProgress ending =
        (table, share, rows, requests) -> {
          if (rows > 1_200) {
            throw new TurntableException(ErrorKind.CANCELLED, "the end");
          }
        };
    assertThatThrownBy(() -> sync(SyncOptions.ALL, ending)).hasMessage("the end");
    int before = requests().size();

    int after = sync().size();

    assertThat(before + after).isBetween(30 + 4, 30 + 4 + 10);
    reading().sql(RUNS).rows().sent(0).is("3000 | 3000");
  }

  @Test
  void whatWasReadBeforeAFailureStays() {
    rightbrain(1_000);
    properties.addAll(List.of("maxRetries", "0"));
    bench.simulator().faults(FaultRule.nth(15, Fault.status(500)));
    assertThatThrownBy(this::sync).hasMessageContaining("500");

    assertThat(sync().size()).isLessThanOrEqualTo(28);
    reading().sql(RUNS).rows().sent(0).is("3000 | 3000");
  }

  @Test
  void theLimitOfRequestsIsThatOfAllTogether() {
    rightbrain(1_000);
    properties.addAll(List.of("maxRequests", "20"));

    assertThatThrownBy(this::sync)
        .isInstanceOfSatisfying(
            TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BUDGET));

    assertThat(requests()).hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void runsFromATimeOn() {
    rightbrain(400);
    Instant since = SimulatorOptions.DEFAULT_NOW.minus(Duration.ofDays(10));

    sync(new SyncOptions(since, Set.of("task_runs"), false), SyncProgress.NONE);

    assertThat(requests()).allMatch(line -> line.contains("/task_run?start_date=2026-07-10T11"));
    reading().sql(RUNS + " WHERE created >= TIMESTAMP '2026-07-10 12:00:00'").rows().sent(0);
  }

  /** With their turns; the one that no log names is not known. */
  @Test
  void tasksThatTheLogsName() {
    handinger();

    List<String> first = sync();

    assertThat(first.stream().filter(line -> line.contains("/webhook/executions"))).hasSize(3);
    assertThat(first).allMatch(line -> line.contains("/webhook/") || line.contains("/tasks/"));
    assertThat(sync()).hasSize(3).allMatch(line -> line.contains("/webhook/executions"));
    long tasks = first.stream().filter(line -> line.matches("GET /api/tasks/[^/]*")).count();
    reading().sql("SELECT COUNT(*) FROM tasks").rows().is(String.valueOf(tasks));
    String turns = "SELECT COUNT(*) FROM turns WHERE task_id IN (SELECT id FROM tasks)";
    bench.simulator().clearRequests();
    bench.sql(turns).rows();
    assertThat(requests()).allMatch(line -> line.contains("/webhook/"));
  }

  @Test
  void aTaskThatALaterEntryOfALogNames() {
    handinger();
    sync();
    String id = bench.sql("SELECT id FROM tasks WHERE status = 'completed'").rows().rows().get(0);
    String worker =
        bench.sql("SELECT worker_id FROM tasks WHERE id = '" + id + "'").rows().rows().get(0);
    bench
        .connect(Map.of())
        .sql("INSERT INTO turns (task_id, input) VALUES ('" + id + "', 'Once more')")
        .update();
    bench.simulator().handinger().addExecution(worker, id);

    assertThat(sync())
        .filteredOn(line -> !line.contains("/webhook/"))
        .containsExactlyInAnyOrder("GET /api/tasks/" + id, "GET /api/tasks/" + id + "/turns");
    assertThat(report.rows().changed()).isPositive();
    assertThat(sync()).allMatch(line -> line.contains("/webhook/"));
  }

  /** A day is long enough ago. */
  @Test
  void finalTasksAreReadAgainWhenThatIsAskedFor() {
    handinger();
    int first = sync().size();
    assertThat(sync(REFRESH, SyncProgress.NONE)).hasSize(3);
    Stores.age(store(), Duration.ofDays(2));

    assertThat(sync()).hasSize(3);
    assertThat(sync(REFRESH, SyncProgress.NONE)).hasSize(first);
  }

  @Test
  void aTaskThatIsGone() {
    handinger();
    sync();
    String id = bench.sql("SELECT id FROM tasks LIMIT 1").rows().rows().get(0);
    bench
        .simulator()
        .faults(
            FaultRule.when(
                request -> request.path().startsWith("/api/tasks/" + id),
                Fault.answer(
                    404,
                    Map.of("Content-Type", "application/json"),
                    "{\"error\": \"Task not found\"}")));
    Stores.age(store(), Duration.ofDays(2));

    assertThat(sync(REFRESH, SyncProgress.NONE)).contains("GET /api/tasks/" + id);

    assertThat(report.rows().gone()).isPositive();
    reading().sql("SELECT id FROM tasks WHERE id = '" + id + "'").rows().is();
  }

  @Test
  void withoutALogThereIsNothingToRead() {
    bench = Bench.handinger(3);

    assertThat(sync()).isEmpty();

    assertThat(report.skipped()).singleElement().asString().contains("workerIds");
  }

  private List<String> verify() {
    bench.store(store(), properties.toArray(String[]::new));
    Sync sync = new Sync(bench.engine(), SyncOptions.ALL, SyncProgress.NONE);
    sync.run();
    bench.simulator().clearRequests();
    verified = sync.verify();
    return requests();
  }

  /** A request for the report of each task. */
  @Test
  void runsAreAsManyAsTheReportsCount() {
    rightbrain(150);

    assertThat(verify()).hasSize(3).allMatch(line -> line.contains("/token_report"));

    assertThat(verified).isEqualTo(new VerifyReport(3, 0, List.of()));
  }

  @Test
  void aRunThatTheStoreHasLostIsReadAgain() {
    rightbrain(150);
    sync();
    String task = bench.simulator().rightbrain().taskIds().get(1);
    Stores.change(
        store(),
        "DELETE FROM \"rows rightbrain.task_runs\" WHERE id IN (SELECT id FROM \"rows"
            + " rightbrain.task_runs\" WHERE task_id = '"
            + task
            + "' ORDER BY created LIMIT 5)");
    reading().sql(RUNS).rows().is("445 | 445");

    // The reports, the list of that task, the project's list where it lacked something, a report.
    List<String> requests = verify();
    assertThat(requests).hasSize(3 + 2 + 1 + 1);
    assertThat(requests.subList(3, 5)).allMatch(line -> line.contains(task));
    assertThat(requests.get(5)).contains("start_date=", "end_date=").doesNotContain(task);
    assertThat(requests.get(6)).contains(task, "/token_report");

    assertThat(verified).isEqualTo(new VerifyReport(3, 1, List.of()));
    reading().sql(RUNS).rows().is("450 | 450");
  }

  /** Such runs count, and no list shows them. */
  @Test
  void hiddenRunsAreNamedAndNotReadAgainUntilTheirNumberChanges() {
    bench =
        Bench.rightbrain(
            RightbrainOptions.builder().tasks(2).runsPerTask(150).hidden(0.05).build());
    String task = bench.simulator().rightbrain().taskIds().get(0);

    verify();

    assertThat(verified.read()).isEqualTo(2);
    assertThat(verified.differences())
        .hasSize(2)
        .first()
        .asString()
        .matches(
            "rightbrain\\.task_runs of task_id "
                + task
                + ": the store has 1[34]\\d, task_runs of rightbrain\\.token_report says 150");
    List<String> differences = verified.differences();
    assertThat(verify()).hasSize(2);
    assertThat(verified).isEqualTo(new VerifyReport(2, 0, differences));

    bench.simulator().rightbrain().addRun(task);
    assertThat(verify()).hasSize(2 + 2 + 1);
    assertThat(verified.read()).isEqualTo(1);
    assertThat(verified.differences()).hasSize(2).anyMatch(line -> line.endsWith("says 151"));
  }

  /** What was not asked for is not missed. */
  @Test
  void aPartOfTheRunsIsNotCompared() {
    rightbrain(150);
    bench.store(store());
    Instant since = SimulatorOptions.DEFAULT_NOW.minus(Duration.ofDays(10));
    Sync sync =
        new Sync(bench.engine(), new SyncOptions(since, Set.of(), false), SyncProgress.NONE);
    sync.run();
    bench.simulator().clearRequests();

    assertThat(sync.verify().differences())
        .containsExactly("rightbrain.task_runs: not compared, for the store has a part of it only");

    assertThat(requests()).isEmpty();
  }

  /** The number of turns stands in the task. */
  @Test
  void turnsAreAsManyAsTheirTaskCounts() {
    handinger();
    assertThat(verify()).isEmpty();
    assertThat(verified.compared()).isPositive();
    assertThat(verified.differences()).isEmpty();
    String id =
        reading().sql("SELECT id FROM tasks WHERE status = 'completed'").rows().rows().get(0);
    Stores.change(store(), "DELETE FROM \"rows handinger.turns\" WHERE task_id = '" + id + "'");

    assertThat(verify())
        .containsExactlyInAnyOrder("GET /api/tasks/" + id, "GET /api/tasks/" + id + "/turns");

    assertThat(verified.read()).isEqualTo(1);
    assertThat(verified.differences()).isEmpty();
    assertThat(verify()).isEmpty();
  }

  @Test
  void progressTellsTheShare() {
    rightbrain(1_000);
    List<Double> shares = new ArrayList<>();

    sync(
        SyncOptions.ALL,
        (table, share, rows, requests) -> {
          if (table.equals("rightbrain.task_runs")) {
            shares.add(share);
          }
        });

    assertThat(shares).isSorted().hasSizeGreaterThan(4);
    assertThat(shares.get(shares.size() - 1)).isEqualTo(1);
  }

  @Test
  void aTableThatIsNone() {
    rightbrain(10);
    assertThatThrownBy(() -> sync(new SyncOptions(null, Set.of("runs"), false), SyncProgress.NONE))
        .hasMessageContaining("there is no table 'runs'")
        .hasMessageContaining("rightbrain.task_runs");
  }
}
