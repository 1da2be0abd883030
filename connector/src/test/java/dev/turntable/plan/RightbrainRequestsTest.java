package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.RightbrainOptions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How many requests each kind of statement sends to Rightbrain: 6 tasks with 200 runs each, 100 to a
 * page, nothing hidden, organization and project given. Every row of this table is a promise.
 */
final class RightbrainRequestsTest {
  private Bench bench;
  private String task;

  @BeforeEach
  void start() {
    bench = Bench.rightbrain(RightbrainOptions.defaults());
    task = bench.simulator().rightbrain().taskId("Task-1");
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void firstRunsOfATask() {
    Bench.Result result =
        bench.sql("SELECT id FROM task_runs WHERE task_id = '" + task + "' LIMIT 5").rows();
    result.hasRows(5).sent(1);
    assertThat(result.requests().get(0).target()).contains("/run?page_limit=5");
  }

  @Test
  void latestRunsOfATask() {
    bench
        .sql("SELECT * FROM task_runs WHERE task_id = ? ORDER BY created DESC LIMIT 10", task)
        .rows()
        .hasRows(10)
        .sent(1);
  }

  @Test
  void failedRunsOfATask() {
    Bench.Result result =
        bench.sql("SELECT id FROM task_runs WHERE task_id = ? AND status = 'error'", task).rows();
    result.sent(Math.max(1, (result.rows().size() + 99) / 100));
    assertThat(result.rows()).isNotEmpty();
    assertThat(result.requests().get(0).target()).contains("status=error");
  }

  @Test
  void allRuns() {
    bench.sql("SELECT COUNT(*) FROM task_runs").rows().is("1200").sent(12);
  }

  @Test
  void allRunsWithTheirTasks() {
    bench
        .sql("SELECT t.name, r.id FROM task_runs r JOIN tasks t ON r.task_id = t.id")
        .rows()
        .hasRows(1200)
        .sent(12 + 1);
  }

  @Test
  void runsOfATaskByItsName() {
    Bench.Result result =
        bench
            .sql(
                "SELECT r.id FROM task_runs r JOIN tasks t ON r.task_id = t.id"
                    + " WHERE t.name = 'Task-1'")
            .rows();
    result.hasRows(200).sent(1 + 2);
    assertThat(result.requests().get(0).target()).contains("name=Task-1");
  }

  @Test
  void tokenReport() {
    bench.sql("SELECT * FROM token_report WHERE task_id = ?", task).rows().sent(1);
  }

  @Test
  void nothingIsSentToConnect() {
    bench.simulator().clearRequests();
    bench.connect(Map.of("orgId", "", "projectId", ""));
    assertThat(bench.simulator().requests()).isEmpty();
    bench.sql("SELECT id FROM tasks LIMIT 1").rows().sent(2);
    bench.sql("SELECT id FROM tasks LIMIT 1").rows().sent(1);
  }
}
