package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.Until;
import dev.turntable.plan.Bench.Result;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.source.ErrorKind;
import dev.turntable.store.file.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of rows that cannot be kept at once, or not at all, and what is never kept. */
final class StoreKeepingTest {
  private static final String KEPT = "SELECT COUNT(*) FROM \"rows handinger.tasks\"";

  private final Bench bench =
      Bench.handinger(SimulatorOptions.builder().tasks(4).workers(2).executions(2).build());

  @TempDir Path temp;

  @AfterEach
  void close() {
    bench.close();
  }

  private Path store() {
    return temp.resolve("store");
  }

  private String task(int i) {
    return bench.taskIds().get(i);
  }

  private String one(int i) {
    return "SELECT * FROM tasks WHERE id = '" + task(i) + "'";
  }

  @Test
  void whatCannotBeKeptNowIsKeptLater() {
    bench.store(store(), "storeWait", "0", "maxAge", "3600");
    bench.sql(one(0)).rows();
    Stores.letGo(store());
    Stores.whileTaken(
        store(),
        () -> {
          for (int i = 1; i < 4; i++) {
            Result live = bench.sql(one(i)).rows().sent(1).hasRows(1);
            assertThat(live.warnings()).anyMatch(text -> text.contains("cannot be read"));
          }
        });
    Until.holds("the store is free", () -> bench.sql(one(1)).rows().requests().isEmpty());
    assertThat(Stores.rows(store(), KEPT)).containsExactly("4");
    for (int i = 0; i < 4; i++) {
      bench.sql(one(i)).rows().sent(0).hasRows(1);
    }
  }

  /** What was known a moment ago is enough for an estimate. */
  @Test
  void explainGoesOnWithWhatWasKnown() {
    bench.store(store(), "taskIds", task(0) + "," + task(1) + "," + task(2));
    bench.sql("SELECT id FROM tasks").rows();
    bench.store(store(), "storeWait", "0");
    assertThat(bench.sql("SELECT id FROM tasks").explain())
        .contains("GET /api/tasks/{id} x 3 (exact)");
    bench.sql("SELECT id FROM tasks").rows().hasRows(3);
    Stores.letGo(store());
    Stores.whileTaken(
        store(),
        () -> {
          bench.sql(one(3)).rows();
          assertThat(bench.sql("SELECT id FROM tasks").explain())
              .contains("GET /api/tasks/{id} x 3 (exact)");
        });
  }

  /** Typed in the wrong place, it is one all the same. */
  @Test
  void aKeyInThePlaceOfAnIdIsNotKept() throws IOException {
    String key = HandingerOptions.KEY;
    bench.store(store(), "taskIds", key, "workerIds", key);
    bench.sql("SELECT * FROM tasks").fails(ErrorKind.BAD_VALUE);
    bench.sql("SELECT * FROM tasks WHERE id = '" + key + "'").rows().is();
    bench.sql("DELETE FROM tasks WHERE id = '" + key + "'").update();
    bench
        .sql("INSERT INTO turns (task_id, input) VALUES ('" + key + "', 'x')")
        .fails(ErrorKind.UNKNOWN_PARENT);
    bench
        .sql("INSERT INTO tasks (worker_id, input) VALUES ('" + key + "', 'x')")
        .fails(ErrorKind.BAD_ANSWER);
    bench.sql("INSERT INTO tasks (id, input) VALUES ('" + key + "', 'x')").update();
    bench.close();
    assertThat(Files.readString(store().resolve("turntable.duckdb"), StandardCharsets.ISO_8859_1))
        .contains("handinger.tasks")
        .doesNotContain(key);
    for (String table : List.of("named_tasks", "task_states", "writes", "journal", "requests")) {
      assertThat(Stores.rows(store(), "SELECT * FROM " + table))
          .as(table)
          .noneMatch(row -> row.contains(key));
    }
  }

  @Test
  void anEmptyLogThatWasReadToItsEndIsOne() {
    String worker = bench.simulator().handinger().workerIds().get(0);
    bench.store(store(), "workerIds", worker);
    bench.sql("SELECT id FROM tasks").rows();
    assertThat(Stores.rows(store(), "SELECT worker FROM logs")).containsExactly(worker);
  }

  /** A write to one row is no reason to doubt another. */
  @Test
  void onlyWhoWritesTheSameAgainIsToldOfTheFirstTime() {
    bench.store(store(), "maxRetries", "0");
    bench
        .simulator()
        .faults(FaultRule.when(sent -> sent.method().equals("POST"), Fault.status(500)));
    bench
        .sql("INSERT INTO turns (task_id, input) VALUES ('" + task(0) + "', 'x')")
        .fails(ErrorKind.OUTCOME_UNKNOWN);
    bench.simulator().faults(FaultRule.none());
    String worker = bench.simulator().handinger().workerIds().get(0);
    for (String other :
        List.of(
            "INSERT INTO turns (task_id, input) VALUES ('" + task(1) + "', 'x')",
            "INSERT INTO tasks (worker_id, input) VALUES ('" + worker + "', 'x')",
            "DELETE FROM tasks WHERE id = '" + task(0) + "'")) {
      assertThat(bench.sql(other).update().warnings()).as(other).isEmpty();
    }
  }

  /** What is older than it may be is neither answered nor estimated, and is asked for whole. */
  @Test
  void rowsOfEveryAgeAreToldApart() {
    bench.store(store(), "maxAge", "60");
    bench.sql(one(0)).rows().sent(1);
    Stores.age(store(), Duration.ofSeconds(30));
    bench.sql(one(1)).rows().sent(1);
    String both =
        "SELECT id FROM tasks WHERE id IN ('" + task(0) + "', '" + task(1) + "') ORDER BY id";
    assertThat(bench.sql(both).explain())
        .contains("store: 2 rows, age at most ")
        .doesNotContain("GET");
    bench.sql(both).rows().sent(0).hasRows(2);
    Stores.age(store(), Duration.ofSeconds(31));
    assertThat(bench.sql(both).explain())
        .contains("store: 1 rows, age at most ", "GET /api/tasks/{id} x 1 (exact)");
    bench.sql(both).rows().sent("GET /api/tasks/" + task(0)).hasRows(2);
    assertThat(bench.sql(one(3)).explain()).doesNotContain("store:");
  }

  /** What was read a moment ago is still on its way, and counts. */
  @Test
  void explainKnowsWhatWasReadAMomentAgo() {
    try (Bench runs = Bench.rightbrain(RightbrainOptions.builder().tasks(3).build())) {
      runs.store(store(), "maxAge", "3600");
      assertThat(runs.sql("SELECT * FROM tasks").explain()).doesNotContain("store:");
      runs.sql("SELECT * FROM tasks").rows();
      assertThat(runs.sql("SELECT * FROM tasks").explain()).contains("store: 3 rows, age at most ");
    }
  }

  /** Columns that only INSERT knows are those of the service, with a store as without. */
  @Test
  void filesGoWithARunOfATypedTable() {
    try (Bench runs = Bench.rightbrain(RightbrainOptions.builder().tasks(3).build())) {
      runs.store(store());
      runs.sql("INSERT INTO rightbrain_runs.\"Task-2\" (text, files) VALUES ('x', '[]')").update();
      runs.sql("INSERT INTO rightbrain_runs.\"Task-2\" (text) VALUES ('x') RETURNING text, status")
          .rows()
          .is("x | success");
      assertThat(Stores.rows(store(), "SELECT kind, table_name, touched, outcome FROM journal"))
          .containsExactly(
              "INSERT | rightbrain_runs.Task-2 | * | DONE",
              "INSERT | rightbrain_runs.Task-2 | * | DONE");
    }
  }
}
