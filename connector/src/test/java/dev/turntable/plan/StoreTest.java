package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.plan.Bench.Result;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.store.file.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What statements have of a store: rows and tasks of earlier connections, as old as they may be. */
final class StoreTest {
  private static final String KEY_B = "hnd_key_of_another";

  private final Bench bench =
      Bench.handinger(SimulatorOptions.builder().tasks(5).workers(1).executions(5).build());

  @TempDir Path temp;

  @AfterEach
  void close() {
    bench.close();
  }

  private Path store() {
    return temp.resolve("store");
  }

  private String all() {
    return String.join(",", bench.taskIds());
  }

  private static String in(List<String> ids) {
    return "('" + String.join("', '", ids) + "')";
  }

  @Test
  void aTaskThatWasEverSeenIsKnownToTheNextConnection() {
    List<String> ids = bench.taskIds();
    bench.store(store());
    bench.sql("SELECT id FROM tasks WHERE id = '" + ids.get(3) + "'").rows().sent(1);

    bench.store(store());
    Result result = bench.sql("SELECT id FROM tasks").rows();

    result.sent("GET /api/tasks/" + ids.get(3)).is(ids.get(3));
    assertThat(result.warnings()).anyMatch(text -> text.contains("1 known ids (in the store 1)"));
    bench
        .sql("SELECT id, origin, found FROM turntable.known_tasks")
        .rows()
        .is(ids.get(3) + " | seen | true");
  }

  @Test
  void theNextStatementOfTheSameConnectionKnowsItToo() {
    List<String> ids = bench.taskIds();
    bench.store(store());
    bench.sql("SELECT id FROM tasks WHERE id IN " + in(ids.subList(0, 2))).rows().sent(2);

    bench.sql("SELECT COUNT(*) FROM tasks").rows().sent(2).is("2");
  }

  @Test
  void aTaskInALogOrInTaskIdsIsKnownAfterwards() {
    List<String> workers = bench.simulator().handinger().workerIds();
    bench.store(store(), "taskIds", bench.taskIds().get(5));
    long named =
        bench
            .sql(
                "SELECT task_id FROM webhook_executions WHERE worker_id = '" + workers.get(0) + "'")
            .rows()
            .rows()
            .stream()
            .filter(id -> !id.equals("null"))
            .distinct()
            .count();

    bench.store(store());
    Result result = bench.sql("SELECT DISTINCT origin FROM turntable.known_tasks").rows();

    result.isInAnyOrder("taskIds", "seen");
    assertThat(
            Long.parseLong(
                bench
                    .sql("SELECT COUNT(DISTINCT id) FROM turntable.known_tasks")
                    .rows()
                    .rows()
                    .get(0)))
        .isBetween(named, named + 1);
  }

  /** What a statement reads before it reads the tasks is known to the next one. */
  @Test
  void whatAStatementSeesItselfIsNotKnownToIt() {
    String worker = bench.simulator().handinger().workerIds().get(0);
    String known = bench.taskIds().get(5);
    bench.store(store(), "taskIds", known);
    String sql =
        "SELECT DISTINCT t.id FROM tasks t JOIN (SELECT worker_id FROM webhook_executions WHERE"
            + " worker_id = '"
            + worker
            + "' ORDER BY id LIMIT 4) d ON t.worker_id = d.worker_id";

    assertThat(bench.sql(sql).rows().rows()).isSubsetOf(known);
    assertThat(bench.sql(sql).rows().rows()).hasSizeGreaterThan(1);
  }

  @Test
  void archivedTasksAndUnknownOnesAreScannedNoMore() {
    List<String> ids = bench.taskIds();
    bench.store(store(), "taskIds", all());
    bench.sql("DELETE FROM tasks WHERE id = '" + ids.get(0) + "'").update();
    bench.sql("SELECT id FROM tasks WHERE id = 'tsk_none'").rows().hasRows(0);

    bench.store(store());
    bench.sql("SELECT COUNT(*) FROM tasks").rows().sent(5).is("5");
    bench.sql("SELECT COUNT(*) FROM turntable.known_tasks").rows().is("6");
  }

  @Test
  void withMaxAgeOnlyWhatIsTooOldIsAskedFor() {
    List<String> ids = bench.taskIds();
    bench.store(store(), "taskIds", all());
    Result live = bench.sql("SELECT * FROM tasks ORDER BY id").rows().sent(6).hasRows(6);

    bench.store(store(), "maxAge", "60");
    Result stored = bench.sql("SELECT * FROM tasks ORDER BY id").rows().sent(0);
    assertThat(stored.rows()).isEqualTo(live.rows());
    bench.sql("SELECT id FROM tasks WHERE id IN " + in(ids)).rows().sent(0).hasRows(6);

    Stores.age(store(), Duration.ofSeconds(90));
    bench.sql("SELECT id FROM tasks WHERE id = '" + ids.get(1) + "'").rows().sent(1);
    bench.sql("SELECT * FROM tasks ORDER BY id").rows().sent(5).hasRows(6);
    bench.sql("SELECT * FROM tasks ORDER BY id").rows().sent(0).hasRows(6);
  }

  @Test
  void maxAgeZeroAsksTheServiceForEverything() {
    bench.store(store(), "taskIds", all());
    bench.sql("SELECT id FROM tasks").rows().sent(6);
    bench.sql("SELECT id FROM tasks").rows().sent(6);
  }

  @Test
  void turnsAndJoinsComeFromTheStoreToo() {
    String join =
        "SELECT t.id, u.seq, u.input FROM tasks t JOIN turns u ON u.task_id = t.id ORDER BY 1, 2";
    bench.store(store(), "taskIds", all());
    List<String> live = bench.sql(join).rows().rows();
    bench.sql("SELECT id FROM turns").rows();

    bench.store(store(), "maxAge", "60");
    assertThat(bench.sql(join).rows().sent(0).rows()).isEqualTo(live);
  }

  @Test
  void explainTellsWhatComesFromTheStoreAndWhatIsAsked() {
    List<String> ids = bench.taskIds();
    bench.store(store(), "maxAge", "3600");
    bench.sql("SELECT id FROM tasks WHERE id IN " + in(ids.subList(0, 4))).rows().sent(4);
    Stores.age(store(), Duration.ofMinutes(4));

    String plan = bench.sql("SELECT id FROM tasks WHERE id IN " + in(ids)).explain();

    assertThat(plan)
        .contains("GET /api/tasks/{id} x 2 (exact)", "store: 4 rows, age at most 5 min");
    bench.sql("SELECT id FROM tasks WHERE id IN " + in(ids)).rows().sent(2).hasRows(6);
    assertThat(bench.sql("SELECT id FROM tasks").explain())
        .contains("store: 6 rows", "known ids only")
        .doesNotContain("GET");
  }

  @Test
  void whatOneKeyMaySeeIsNotAnsweredToAnother() {
    bench.simulator().handinger().acceptMemberKey(KEY_B);
    bench.store(store(), "maxAge", "60", "taskIds", all());
    bench.sql("SELECT id FROM tasks").rows().sent(6);

    bench.store(store(), "maxAge", "60", "apiKey", KEY_B);
    bench.sql("SELECT id FROM tasks").fails(ErrorKind.INVALID_STATEMENT);
    bench.sql("SELECT id FROM tasks WHERE id IN " + in(bench.taskIds())).rows().sent(6);
    bench.sql("SELECT COUNT(*) FROM turntable.known_tasks WHERE origin = 'taskIds'").rows().is("0");
  }

  @Test
  void aNamedAccountGoesOnWithANewKey() {
    bench.simulator().handinger().acceptMemberKey(KEY_B);
    bench.store(store(), "maxAge", "60", "taskIds", all(), "storeAccount", "team");
    bench.sql("SELECT id FROM tasks").rows().sent(6);

    bench.store(store(), "maxAge", "60", "apiKey", KEY_B, "storeAccount", "team");
    bench.sql("SELECT id FROM tasks").rows().sent(0).hasRows(6);
  }

  @Test
  void aWriteIsVisibleAtOnceToEveryConnection() {
    String id = bench.taskIds().get(0);
    bench.store(store(), "maxAge", "3600", "taskIds", all());
    bench.sql("SELECT id FROM turns").rows();
    bench.sql("SELECT id FROM tasks").rows();
    dev.turntable.engine.Engine first = bench.engine();
    bench.store(store(), "maxAge", "3600");
    String count = "SELECT COUNT(*) FROM turns WHERE task_id = '" + id + "'";
    long before = Long.parseLong(bench.sql(count).rows().sent(0).rows().get(0));

    bench
        .use(first)
        .sql("INSERT INTO turns (task_id, input) VALUES ('" + id + "', 'more')")
        .update();

    bench.store(store(), "maxAge", "3600");
    bench.sql(count).rows().sent(1).is(String.valueOf(before + 1));
    bench.sql("SELECT COUNT(*) FROM tasks").rows().sent("GET /api/tasks/" + id).is("6");
  }

  @Test
  void whatIsGoneLeavesAndARefusedKeyDeletesNothing() {
    String id = bench.taskIds().get(0);
    bench.store(store(), "maxAge", "60", "taskIds", all());
    bench.sql("SELECT id FROM tasks").rows().sent(6);
    Stores.age(store(), Duration.ofSeconds(90));
    bench.simulator().faults(FaultRule.always(Fault.status(403)));
    bench.sql("SELECT id FROM tasks WHERE id = '" + id + "'").fails(ErrorKind.FORBIDDEN);
    bench.simulator().faults(FaultRule.none());

    assertThat(Stores.rows(store(), "SELECT COUNT(*) FROM \"rows handinger.tasks\""))
        .containsExactly("6");
  }

  @Test
  void oldRowsStandInForAServiceThatFailsIfTheyMay() {
    bench.store(store(), "taskIds", all());
    bench.sql("SELECT id FROM tasks").rows().sent(6);
    Stores.age(store(), Duration.ofMinutes(4));
    bench.simulator().faults(FaultRule.always(Fault.status(500)));

    bench.store(store(), "staleIfError", "true", "maxRetries", "0");
    Result result = bench.sql("SELECT id FROM tasks").rows().hasRows(6);

    assertThat(result.warnings()).anyMatch(text -> text.contains("from the store, 5 min old"));
    bench.store(store(), "maxRetries", "0");
    bench.sql("SELECT id FROM tasks").fails(ErrorKind.BAD_ANSWER);
    bench.simulator().faults(FaultRule.always(Fault.status(401)));
    bench.store(store(), "staleIfError", "true", "maxRetries", "0");
    bench.sql("SELECT id FROM tasks").fails(ErrorKind.AUTHENTICATION);
  }

  @Test
  void columnsMayBeLeftOut() {
    bench.store(store(), "maxAge", "60", "taskIds", all(), "storeColumns", "-turns.input");
    bench.sql("SELECT id, input FROM turns").rows();

    int asked = bench.sql("SELECT id, input FROM turns").rows().requests().size();
    assertThat(asked).isEqualTo(6);
    bench.sql("SELECT id, output_text FROM turns").rows().sent(0);
    assertThat(Stores.rows(store(), "SELECT COUNT(input) FROM \"rows handinger.turns\""))
        .containsExactly("0");
  }

  @Test
  void aTaskInATerminalStatusMayBeOlder() {
    bench.store(store(), "maxAge", "60", "finalMaxAge", "unlimited", "taskIds", all());
    bench.sql("SELECT id FROM tasks").rows().sent(6);
    Stores.age(store(), Duration.ofDays(3));
    long open =
        bench
            .sql("SELECT COUNT(*) FROM tasks WHERE status NOT IN ('completed', 'error', 'aborted')")
            .rows()
            .requests()
            .size();
    long running =
        bench.simulator().handinger().tasks().stream()
            .filter(task -> List.of("pending", "running").contains(task.status()))
            .count();
    assertThat(open).isEqualTo(running);
  }

  @Test
  void noKeyIsInTheDirectory() throws Exception {
    bench.store(store(), "taskIds", all());
    bench.sql("SELECT id FROM tasks").rows();
    bench.close();

    byte[] file = java.nio.file.Files.readAllBytes(store().resolve("turntable.duckdb"));
    assertThat(new String(file, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(HandingerOptions.KEY);
  }

  @Test
  void coverageTellsWhatTheStoreHas() {
    bench.store(store(), "taskIds", all());
    bench.sql("SELECT id FROM tasks").rows();
    bench.store(store());

    Result coverage =
        bench.sql("SELECT table_name, scope, row_count FROM turntable.coverage").rows().sent(0);

    assertThat(coverage.rows())
        .anyMatch("tasks | store: 6 keys of id | 6"::equals)
        .anyMatch(
            row -> row.matches("store \\| store: a file of \\d+ MiB, \\d+ MiB in use, in .*"));
  }

  @Test
  void withoutAStoreItsLibraryIsNotLooked() {
    assertThat(
            bench
                .sql(
                    "SELECT COUNT(*) FROM turntable.properties WHERE name = 'store' AND value = ''")
                .rows()
                .rows())
        .containsExactly("1");
  }

  @Test
  void aDirectoryOfOthersIsRefused() throws Exception {
    java.nio.file.Files.createDirectories(store());
    java.nio.file.Files.writeString(store().resolve("letter"), "dear");

    assertThatThrownBy(() -> bench.store(store()))
        .isInstanceOfSatisfying(
            TurntableException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.STORE_DAMAGED));
  }

  @Test
  void aUrlNamesNoPath() {
    for (String name : List.of("../x", "/tmp/x", "x;y", "a/b", "", "nul", "x".repeat(65))) {
      if (!name.isEmpty()) {
        assertThatThrownBy(() -> bench.connect(Map.of("store", name)))
            .isInstanceOfSatisfying(
                TurntableException.class,
                failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_VALUE));
      }
    }
    assertThatThrownBy(() -> bench.connect(Map.of("storeLibrary", "/tmp/x.jar")))
        .hasMessageContaining("must not be in a URL");
    assertThatThrownBy(() -> bench.connect(Map.of("storeAccount", "a")))
        .hasMessageContaining("must not be in a URL");
  }

  @Test
  void anotherVersionOfTheLibraryIsRefused() {
    Path other = temp.resolve("duckdb_jdbc-2.0.0.1.jar");
    assertThatThrownBy(() -> bench.store(store(), "storeLibrary", other.toString()))
        .isInstanceOfSatisfying(
            TurntableException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.UNSUPPORTED))
        .hasMessageContaining("org.duckdb:duckdb_jdbc:2.0.0.1");
  }

  @Test
  void aStoreThatCannotBeReadIsNoAnswer() throws Exception {
    String id = bench.taskIds().get(0);
    bench.store(store(), "maxAge", "60", "taskIds", all());
    bench.sql("SELECT id FROM tasks").rows().sent(6);
    Stores.letGo(store());
    java.nio.file.Files.writeString(
        store().resolve("turntable.duckdb"), "no database at all, but text");

    Result live = bench.sql("SELECT id FROM tasks WHERE id = '" + id + "'").rows().sent(1).is(id);

    assertThat(live.warnings()).anyMatch(text -> text.contains("the store cannot be read"));
    bench.sql("SELECT id FROM tasks").fails(ErrorKind.STORE_DAMAGED);
    bench.sql("DELETE FROM tasks WHERE id = '" + id + "'").refused(ErrorKind.STORE_DAMAGED);
  }

  @Test
  void aTaskThatMayHaveBeenCreatedIsLookedForByTheNextStatement() {
    String worker = bench.simulator().handinger().workerIds().get(0);
    bench.store(store(), "taskIds", bench.taskIds().get(0), "maxRetries", "0");
    bench.simulator().faults(FaultRule.always(Fault.status(500)));
    bench
        .sql("INSERT INTO tasks (worker_id, input) VALUES ('" + worker + "', 'x')")
        .fails(ErrorKind.OUTCOME_UNKNOWN);
    bench.simulator().faults(FaultRule.none());

    bench.store(store());
    Result scan = bench.sql("SELECT id FROM tasks").rows().sent(2).hasRows(1);
    bench.sql("SELECT id FROM tasks").rows().sent(2);

    assertThat(scan.warnings()).anyMatch(text -> text.contains("2 known ids (in the store 2)"));
    bench.sql("SELECT origin FROM turntable.known_tasks WHERE found = FALSE").rows().is("created");
  }

  @Test
  void aTaskThatWasRefusedIsNotKnown() {
    bench.store(store(), "taskIds", bench.taskIds().get(0));
    bench
        .sql("INSERT INTO tasks (worker_id, input) VALUES ('wrk_none', 'x')")
        .fails(ErrorKind.BAD_ANSWER);

    bench.store(store());
    bench.sql("SELECT id FROM tasks").rows().sent(1);
  }

  @Test
  void whatIsTooOldToBeKeptIsForgotten() {
    bench.store(store(), "taskIds", all());
    bench.sql("SELECT id FROM tasks").rows();
    Stores.age(store(), Duration.ofDays(3));
    bench.store(store(), "keep", "2d");
    bench.engine().close();

    assertThat(Stores.rows(store(), "SELECT COUNT(*) FROM readings")).containsExactly("0");
    bench.store(store(), "maxAge", "864000");
    bench.sql("SELECT id FROM tasks").rows().sent(6).hasRows(6);
  }

  @Test
  void whatTheServiceKnowsNoMoreLeavesTheStoreAndTheKnownTasks() {
    String id = bench.taskIds().get(0);
    bench.store(store(), "maxAge", "60", "taskIds", all());
    bench.sql("SELECT id FROM tasks").rows().sent(6);
    Stores.age(store(), Duration.ofSeconds(90));
    bench
        .simulator()
        .faults(
            FaultRule.always(
                Fault.answer(
                    404,
                    Map.of("Content-Type", "application/json"),
                    "{\"error\":\"Task not found\"}")));
    bench.sql("SELECT id FROM tasks WHERE id = '" + id + "'").rows().sent(1).hasRows(0);
    bench.simulator().faults(FaultRule.none());

    assertThat(Stores.rows(store(), "SELECT COUNT(*) FROM \"rows handinger.tasks\""))
        .containsExactly("5");
    bench.store(store());
    bench.sql("SELECT id FROM tasks").rows().sent(5).hasRows(5);
  }
}
