package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.source.ErrorKind;
import dev.turntable.store.file.Stores;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes of unknown outcome, settled by what is read later, or not. */
final class StoredOutcomesTest {
  private static final String OUTCOMES = "SELECT outcome, made FROM journal ORDER BY began_at";

  private static final String OPEN =
      "SELECT COUNT(*) FROM turntable.coverage WHERE scope LIKE '%not known whether%'";

  private final Bench bench =
      Bench.both(
          SimulatorOptions.builder()
              .tasks(3)
              .workers(1)
              .executions(2)
              .rightbrain(RightbrainOptions.builder().tasks(2).runsPerTask(4).build())
              .now(Instant.now())
              .build());

  @TempDir Path temp;
  private String run = "";

  @BeforeEach
  void open() {
    run = bench.sql("SELECT MIN(id) FROM rightbrain.tasks").rows().rows().get(0);
    bench.store(store(), "maxRetries", "0");
  }

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

  private String turns() {
    return "SELECT id FROM turns WHERE task_id = '" + task() + "' ORDER BY seq DESC";
  }

  private String runs() {
    return "SELECT id FROM rightbrain.task_runs WHERE task_id = '"
        + run
        + "' ORDER BY created DESC";
  }

  private String newRun() {
    return "INSERT INTO rightbrain.task_runs (task_id, input) VALUES ('"
        + run
        + "', '{\"text\": \"discreet\", \"reader\": \"us\"}')";
  }

  /** What is written is carried out, and nobody is told. */
  private void loseAnswers() {
    bench
        .simulator()
        .faults(
            FaultRule.when(
                sent -> sent.method().equals("POST"), Fault.afterActing(Fault.cutBeforeHeaders())));
  }

  private void loseRun() {
    loseAnswers();
    bench.sql(newRun()).fails(ErrorKind.OUTCOME_UNKNOWN);
    bench.simulator().faults(FaultRule.none());
  }

  private void isOpen(int expected) {
    bench.sql(OPEN).rows().is(String.valueOf(expected));
  }

  /** As the journal is when the process was killed between the two notes, a while ago. */
  private void kill() {
    Stores.change(
        store(),
        "UPDATE journal SET outcome = NULL, ended_at = NULL, over_by = began_at + INTERVAL 3 SECOND"
            + " WHERE began_at = (SELECT MAX(began_at) FROM journal)");
    Stores.change(
        store(), "UPDATE journal SET over_by = now()::TIMESTAMP - INTERVAL 1 MILLISECOND");
  }

  @Test
  void aRunIsFoundAmongThoseThatAreReadLater() {
    bench.sql(runs()).rows();
    loseRun();
    isOpen(1);

    String made = bench.sql(runs()).rows().rows().get(0);

    isOpen(0);
    assertThat(Stores.rows(store(), OUTCOMES)).containsExactly("DONE | " + made);
    assertThat(Stores.rows(store(), "SELECT * FROM journal").toString()).doesNotContain("discreet");
  }

  @Test
  void aRunIsFoundOnTheListOfTheProject() {
    String all =
        "SELECT id FROM rightbrain.task_runs WHERE created > TIMESTAMP '2020-01-01 00:00:00'";
    bench.sql(all).rows();
    loseRun();

    bench.sql(all).rows();

    isOpen(0);
  }

  @Test
  void ofTwoRunsOfTheSameInputNobodyKnowsWhich() {
    bench.sql(runs()).rows();
    loseRun();
    loseRun();

    bench.sql(runs()).rows();

    isOpen(2);
  }

  @Test
  void aRunThatIsKnownToBeAnothersIsNotTaken() {
    bench.sql(runs()).rows();
    bench.simulator().faults(FaultRule.when(r -> r.method().equals("POST"), Fault.status(500)));
    bench.sql(newRun()).fails(ErrorKind.OUTCOME_UNKNOWN);
    bench.simulator().faults(FaultRule.none());
    bench.sql(newRun()).update();

    bench.sql(runs()).rows();

    isOpen(1);
  }

  @Test
  void whereItIsNotKnownWhatWasThereBeforeTheOutcomeStaysUnknown() {
    loseRun();

    bench.sql(runs()).rows();

    isOpen(1);
  }

  @Test
  void whatWasNotReadToItsEndSettlesNothing() {
    bench.sql(runs()).rows();
    loseRun();

    bench.sql(runs() + " LIMIT 1").rows();
    isOpen(1);
    bench.sql(runs()).rows();
    isOpen(0);
  }

  /** What was there before is told by the reading of the task, not by the store. */
  @Test
  void aTurnIsFoundAmongThoseOfItsTask() {
    bench.simulator().handinger().shape(HandingerState.Shape.LEGACY);
    bench
        .simulator()
        .faults(
            FaultRule.when(
                    sent -> sent.method().equals("POST"),
                    Fault.afterActing(Fault.cutBeforeHeaders()))
                .or(
                    FaultRule.when(
                        sent ->
                            bench.simulator().requests().stream()
                                .anyMatch(before -> before.method().equals("POST")),
                        Fault.status(500))));
    bench
        .sql("INSERT INTO turns (task_id, input) VALUES ('" + task() + "', 'discreet')")
        .fails(ErrorKind.OUTCOME_UNKNOWN);
    bench.simulator().faults(FaultRule.none());
    isOpen(1);

    String made = bench.sql(turns()).rows().rows().get(0);

    isOpen(0);
    assertThat(Stores.rows(store(), OUTCOMES)).containsExactly("DONE | " + made);
  }

  @Test
  void theTaskOfAKilledProcessIsFoundByItsId() {
    String id = insertTask();
    kill();
    isOpen(1);

    bench.sql("SELECT id FROM tasks WHERE id = '" + id + "'").rows().hasRows(1);

    isOpen(0);
    assertThat(Stores.rows(store(), OUTCOMES)).containsExactly("DONE | " + id);
  }

  @Test
  void aTaskThatIsNotThereWasNotMadeOnceTheServiceHadItsTime() {
    insertTask();
    Stores.change(store(), "UPDATE journal SET outcome = 'UNKNOWN', made = 'tsk_none'");
    String look = "SELECT id FROM tasks WHERE id = 'tsk_none'";
    bench.sql(look).rows();
    isOpen(1);

    kill();
    bench.sql(look).rows();

    isOpen(0);
    assertThat(Stores.rows(store(), OUTCOMES)).containsExactly("NOT_DONE | tsk_none");
  }

  private String insertTask() {
    String worker = bench.simulator().handinger().workerIds().get(0);
    return bench
        .sql("INSERT INTO tasks (worker_id, input) VALUES ('" + worker + "', 'x')")
        .update()
        .keys()
        .get(0)
        .get(0)
        .toString();
  }
}
