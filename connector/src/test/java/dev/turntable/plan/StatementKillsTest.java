package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.plan.Statements.Told;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.ReceivedRequest;
import dev.turntable.store.file.Stores;
import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements that read and write while their process is killed, or while another one does the same. No
 * answer is wrong, no write is sent twice, and of what was acknowledged nothing is lost or doubled.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS) // with many kills
final class StatementKillsTest {
  private static final int KILLS = Integer.getInteger("turntable.kills", 3);
  private static final int ROUNDS = Math.max(1, KILLS * 3 / 10);
  private static final int LONGEST_LIFE_MILLIS = 1500;

  private final Bench bench =
      Bench.both(
          SimulatorOptions.builder()
              .tasks(30)
              .workers(2)
              .executions(10)
              .rightbrain(RightbrainOptions.builder().tasks(3).runsPerTask(150).build())
              .build());

  private final Random random = new Random(20_261_201);
  private final Map<String, List<String>> answers = new LinkedHashMap<>();
  private final List<String> created = new ArrayList<>();
  private final List<String> acknowledged = new ArrayList<>();
  private int writes;

  @TempDir Path temp;

  @BeforeEach
  void learnAnswers() {
    List<String> ids = bench.taskIds();
    String runs =
        "SELECT COUNT(*), COUNT(DISTINCT id), SUM(total_tokens) FROM rightbrain.task_runs";
    for (int i = 0; i < 6; i++) {
      String some = "('" + String.join("', '", ids.subList(1 + i * 4, 6 + i * 4)) + "')";
      learn("SELECT id, status, credits, title FROM tasks WHERE id IN " + some + " ORDER BY id");
      learn("SELECT id, task_id, seq FROM turns WHERE task_id IN " + some + " ORDER BY id");
      learn(runs + " WHERE created >= TIMESTAMP '2026-0" + (i + 4) + "-01 00:00:00'");
    }
    learn("SELECT status, COUNT(*) FROM rightbrain.task_runs GROUP BY status ORDER BY status");
    learn("SELECT COUNT(*) FROM rightbrain.tasks");
  }

  private void learn(String sql) {
    answers.put(sql, bench.sql(sql).rows().rows());
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Path store() {
    return temp.resolve("store");
  }

  private List<String> arguments() {
    return List.of(
        "handinger,rightbrain",
        "handinger.baseUrl=" + bench.simulator().handingerUrl(),
        "handinger.apiKey=" + HandingerOptions.KEY,
        "rightbrain.baseUrl=" + bench.simulator().rightbrainUrl(),
        "rightbrain.apiKey=" + RightbrainOptions.KEY,
        "maxAge=3600",
        "finalMaxAge=unlimited",
        "storeWait=60",
        "store=" + store(),
        "storeLibrary=" + Stores.LIBRARY.toAbsolutePath());
  }

  private Statements start(int number) throws Exception {
    return Statements.start(
        List.of(),
        System.getProperty("java.class.path"),
        List.of(),
        arguments(),
        temp.resolve("said" + number));
  }

  /** Half of them write: tasks, and turns of a task that nobody reads. */
  private List<String> script(int length) {
    List<String> script = new ArrayList<>();
    List<String> reads = List.copyOf(answers.keySet());
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(4)) {
        case 0 ->
            script.add(
                "INSERT INTO tasks (worker_id, input) VALUES ('"
                    + bench.simulator().handinger().workerIds().get(0)
                    + "', 'write "
                    + writes++
                    + ".')");
        case 1 ->
            script.add(
                "INSERT INTO turns (task_id, input) VALUES ('"
                    + bench.taskIds().get(0)
                    + "', 'write "
                    + writes++
                    + ".')");
        default -> script.add(reads.get(random.nextInt(reads.size())));
      }
    }
    return script;
  }

  private void check(String sql, Told told) {
    assertThat(told.isDone()).as("%s: %s", sql, told).isTrue();
    if (answers.containsKey(sql)) {
      assertThat(told.rows()).as(sql).isEqualTo(answers.get(sql));
      return;
    }
    acknowledged.add(sql);
    if (sql.startsWith("INSERT INTO tasks")) {
      created.addAll(told.rows());
    }
  }

  @Test
  void killedAtAnyMoment() throws Exception {
    bench.simulator().latency(Duration.ofMillis(3));
    ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
    try {
      for (int i = 0; i < KILLS; i++) {
        try (Statements statements = start(i)) {
          List<String> script = script(200);
          script.forEach(statements::send);
          Told first = statements.told();
          check(script.get(0), first);
          killer.schedule(
              statements::close, random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
          int next = 1;
          for (Told told = statements.told(); !told.end().equals("killed"); next++) {
            check(script.get(next), told);
            told = statements.told();
          }
          statements.kill();
        }
      }
    } finally {
      killer.shutdownNow();
    }
    isWhole();
  }

  @Test
  void twoProcessesAtOnce() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      try (Statements one = start(2 * i);
          Statements other = start(2 * i + 1)) {
        List<String> first = script(20);
        List<String> second = script(20);
        first.forEach(one::send);
        second.forEach(other::send);
        for (String sql : first) {
          check(sql, one.told());
        }
        for (String sql : second) {
          check(sql, other.told());
        }
        one.end();
        other.end();
      }
    }
    isWhole();
  }

  @Test
  void twoClassLoadersAtOnce() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      List<String> first = script(20);
      List<String> second = script(20);
      CompletableFuture<List<String>> one = CompletableFuture.supplyAsync(() -> elsewhere(first));
      CompletableFuture<List<String>> other =
          CompletableFuture.supplyAsync(() -> elsewhere(second));
      check(first, one.get());
      check(second, other.get());
    }
    isWhole();
  }

  private void check(List<String> script, List<String> lines) throws Exception {
    BufferedReader out = new BufferedReader(new StringReader(String.join("\n", lines)));
    for (String sql : script) {
      check(sql, Statements.told(out));
    }
  }

  private List<String> elsewhere(List<String> script) {
    return StatementProcess.elsewhere(System.getProperty("java.class.path"), arguments(), script);
  }

  /** What is there in the end, seen by the service, by the store itself, and by statements. */
  private void isWhole() {
    List<String> posted =
        bench.simulator().requests().stream()
            .filter(request -> request.method().equals("POST"))
            .map(ReceivedRequest::body)
            .toList();
    for (int i = 0; i < writes; i++) {
      String input = "write " + i + ".";
      assertThat(posted.stream().filter(body -> body.contains(input)).count())
          .as(input)
          .isLessThanOrEqualTo(1);
    }
    for (String sql : acknowledged) {
      String input = sql.substring(sql.lastIndexOf("'write ") + 1, sql.lastIndexOf("'"));
      assertThat(posted).as(sql).anyMatch(body -> body.contains(input));
    }
    for (String table :
        Stores.rows(
            store(), "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'rows %'")) {
      assertThat(
              Stores.rows(
                  store(),
                  "SELECT _key FROM \"" + table + "\" GROUP BY _account, _key HAVING COUNT(*) > 1"))
          .as(table)
          .isEmpty();
    }
    assertThat(Stores.rows(store(), "SELECT COUNT(*) FROM journal WHERE outcome = 'DONE'"))
        .allSatisfy(
            done -> assertThat(Integer.parseInt(done)).isGreaterThanOrEqualTo(acknowledged.size()));
    bench.store(store(), "maxAge", "3600", "finalMaxAge", "unlimited");
    answers.forEach(
        (sql, rows) -> assertThat(bench.sql(sql).rows().rows()).as(sql).isEqualTo(rows));
    List<String> known = bench.sql("SELECT id FROM tasks").rows().rows();
    assertThat(known).containsAll(created).doesNotHaveDuplicates();
    List<String> made = new ArrayList<>(bench.taskIds());
    made.removeIf(id -> !posted.toString().contains(id));
    made.remove(bench.taskIds().get(0));
    assertThat(known).containsAll(made);
    System.out.printf(
        "%d writes acknowledged of %d, %d tasks made, %d known, left open: %s%n",
        acknowledged.size(),
        posted.size(),
        made.size(),
        known.size(),
        bench
            .sql("SELECT COUNT(*) FROM turntable.coverage WHERE scope LIKE '%not known whether%'")
            .rows()
            .rows());
  }
}
