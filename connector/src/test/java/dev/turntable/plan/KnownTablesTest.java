package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tables that tell how far an answer reaches. They send nothing. */
final class KnownTablesTest {
  private Bench bench;

  private void start(Map<String, String> properties) {
    bench =
        Bench.handinger(
            SimulatorOptions.builder().tasks(6).workers(2).executions(4).turns(1, 1).build());
    bench.connect(properties);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void tasksOfTheirOrigins() {
    start(Map.of());
    String known = bench.taskIds().get(0);
    String worker = bench.simulator().handinger().workerIds().get(0);
    bench.connect(Map.of("taskIds", known + ",tsk_none", "workerIds", worker));
    bench
        .sql("SELECT id, origin, last_read, found FROM turntable.known_tasks")
        .rows()
        .isInAnyOrder(known + " | taskIds | null | null", "tsk_none | taskIds | null | null")
        .sent(0);

    bench.sql("SELECT COUNT(*) FROM tasks").rows();
    bench
        .sql(
            "SELECT id, found FROM turntable.known_tasks WHERE origin = 'taskIds'"
                + " AND last_read IS NOT NULL")
        .rows()
        .isInAnyOrder(known + " | true", "tsk_none | false")
        .sent(0);
    List<String> logged =
        bench
            .sql("SELECT DISTINCT worker_id FROM turntable.known_tasks WHERE origin = 'workerIds'")
            .rows()
            .sent(0)
            .rows();
    assertThat(logged).containsExactly(worker);

    String created =
        String.valueOf(
            bench
                .sql("INSERT INTO tasks (worker_id, input) VALUES ('" + worker + "', 'Do it')")
                .update()
                .keys()
                .get(0));
    assertThat(created).contains("tsk_");
    bench
        .sql("SELECT COUNT(*) FROM turntable.known_tasks WHERE origin = 'created'")
        .rows()
        .is("1")
        .sent(0);
  }

  /** An archived task stays listed, and is scanned no more. */
  @Test
  void anArchivedTaskStaysListed() {
    start(Map.of());
    List<String> two = bench.taskIds().subList(0, 2);
    bench.connect(Map.of("taskIds", String.join(",", two)));
    bench.sql("DELETE FROM tasks WHERE id = '" + two.get(0) + "'").update();
    bench.sql("SELECT id FROM tasks").rows().is(two.get(1));
    bench.sql("SELECT id FROM turntable.known_tasks").rows().isInAnyOrder(two.get(0), two.get(1));
  }

  @Test
  void coverageIsWhatWasReadToItsEnd() {
    start(Map.of());
    List<String> two = bench.taskIds().subList(0, 2);
    bench.connect(Map.of("taskIds", String.join(",", two)));
    String coverage =
        "SELECT schema_name, table_name, scope, from_time, to_time, row_count, exhaustive"
            + " FROM turntable.coverage";
    bench.sql(coverage).rows().hasRows(0).sent(0);
    bench.sql("SELECT id FROM tasks WHERE id = '" + two.get(0) + "'").rows().hasRows(1);
    bench.sql("SELECT id FROM tasks LIMIT 1").rows().hasRows(1);
    bench.sql(coverage).rows().hasRows(0).sent(0);
    bench.sql("SELECT COUNT(*) FROM tasks").rows().is("2");
    bench
        .sql(coverage)
        .rows()
        .is("handinger | tasks | known ids | null | null | 2 | false")
        .sent(0);
  }

  @Test
  void coverageOfAList() {
    bench = Bench.rightbrain(RightbrainOptions.builder().tasks(2).runsPerTask(3).build());
    bench.sql("SELECT COUNT(*) FROM task_runs").rows().is("6");
    bench.sql("SELECT COUNT(*) FROM task_runs WHERE status = 'error'").rows();
    bench
        .sql("SELECT table_name, scope, row_count, exhaustive FROM turntable.coverage")
        .rows()
        .is("task_runs | project | 6 | false")
        .sent(0);
  }
}
