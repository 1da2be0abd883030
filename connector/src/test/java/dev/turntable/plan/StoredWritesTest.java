package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.plan.Bench.Result;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.source.ErrorKind;
import dev.turntable.store.file.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes with a store: noted before they are sent, and what became of them after. */
final class StoredWritesTest {
  private static final String JOURNAL =
      "SELECT kind, table_name, regexp_replace(touched, 'tsk_[A-Za-z0-9_-]{22}', 'MADE'), outcome FROM"
          + " journal ORDER BY began_at";

  private final Bench bench =
      Bench.handinger(SimulatorOptions.builder().tasks(3).workers(1).executions(2).build());

  @TempDir Path temp;

  @AfterEach
  void close() {
    bench.close();
  }

  private Path store() {
    return temp.resolve("store");
  }

  private String task() {
    return bench.taskIds().get(0);
  }

  private String worker() {
    return bench.simulator().handinger().workerIds().get(0);
  }

  private String turn() {
    return "INSERT INTO turns (task_id, input) VALUES ('" + task() + "', 'discreet')";
  }

  private String count() {
    return "SELECT COUNT(*) FROM turns WHERE task_id = '" + task() + "'";
  }

  private void fail(String method) {
    bench
        .simulator()
        .faults(FaultRule.when(sent -> sent.method().equals(method), Fault.status(500)));
  }

  @Test
  void whatBecameOfAWriteIsNoted() {
    bench.store(store());
    bench.sql(turn()).update();
    bench.sql("DELETE FROM tasks WHERE id = '" + task() + "'").update();
    bench
        .sql("INSERT INTO tasks (worker_id, input) VALUES ('wrk_none', 'discreet')")
        .fails(ErrorKind.BAD_ANSWER);

    assertThat(Stores.rows(store(), JOURNAL))
        .containsExactly(
            "INSERT | handinger.turns | " + task() + " | DONE",
            "DELETE | handinger.tasks | " + task() + " | DONE",
            "INSERT | handinger.tasks | MADE, wrk_none | NOT_DONE");
    assertThat(Stores.rows(store(), "SELECT value FROM writes")).doesNotContain("discreet");
  }

  @Test
  void whatCannotBeNotedIsNotSent() throws Exception {
    bench.store(store());
    bench.sql(count()).rows();
    Stores.letGo(store());
    Files.writeString(store().resolve("turntable.duckdb"), "no database at all");

    bench.sql(turn()).refused(ErrorKind.STORE_DAMAGED);
    bench
        .sql("INSERT INTO tasks (worker_id, input) VALUES ('" + worker() + "', 'x')")
        .refused(ErrorKind.STORE_DAMAGED);
    assertThat(bench.simulator().requests()).noneMatch(sent -> sent.method().equals("POST"));
  }

  @Test
  void whatAWriteOfUnknownOutcomeTouchesIsAskedForUntilItCanNoMoreBeCarriedOut() {
    bench.store(store(), "maxRetries", "0", "runTimeout", "600");
    fail("POST");
    bench.sql(turn()).fails(ErrorKind.OUTCOME_UNKNOWN);
    bench.simulator().faults(FaultRule.none());

    bench.store(store(), "maxAge", "3600");
    bench.sql(count()).rows().sent(1);
    bench.sql(count()).rows().sent(1);

    Stores.age(store(), Duration.ofMinutes(11));
    bench.sql(count()).rows().sent(1);
    bench.sql(count()).rows().sent(0);
  }

  @Test
  void whatWasNotWrittenTouchesNothingForLong() {
    bench.store(store(), "maxAge", "3600");
    bench
        .sql("INSERT INTO turns (task_id, input) VALUES ('tsk_none', 'x')")
        .fails(ErrorKind.UNKNOWN_PARENT);
    bench.sql(turn()).update();
    bench.sql(count()).rows().sent(1);
    bench.sql(count()).rows().sent(0);
  }

  @Test
  void whoWritesAgainIsToldOfTheFirstTime() {
    bench.store(store(), "maxRetries", "0");
    fail("POST");
    bench.sql(turn()).fails(ErrorKind.OUTCOME_UNKNOWN);
    bench.simulator().faults(FaultRule.none());

    bench.store(store());
    Result again = bench.sql(turn()).update();

    bench
        .sql("SELECT COUNT(*) FROM turntable.coverage WHERE scope LIKE '%not known whether%'")
        .rows()
        .is("1");
    assertThat(again.warnings())
        .anyMatch(
            text ->
                text.startsWith(
                    "handinger.turns: it is not known whether an earlier write was carried out:"
                        + " INSERT of "
                        + task()));
  }

  @Test
  void aProcessThatWasKilledWhileItWroteLeavesAWriteOfUnknownOutcome() {
    bench.store(store(), "maxAge", "3600");
    bench.sql(turn()).update();
    // As the journal is between the two notes, when the process is killed.
    Stores.change(store(), "UPDATE journal SET outcome = NULL, ended_at = NULL");
    Stores.change(store(), "UPDATE writes SET written_at = written_at + INTERVAL 10 MINUTE");

    bench.store(store(), "maxAge", "3600");
    bench.sql(count()).rows().sent(1);
    bench.sql(count()).rows().sent(1);
    Stores.change(store(), "UPDATE journal SET over_by = began_at");
    assertThat(bench.sql(turn()).update().warnings())
        .anyMatch(text -> text.contains("it is not known whether an earlier write"));
  }
}
