package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.rightbrain.RightbrainState;
import dev.turntable.simulator.rightbrain.RightbrainSwitches;
import dev.turntable.simulator.server.ReceivedRequest;
import dev.turntable.source.ErrorKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How many requests each kind of statement sends to Rightbrain: 6 tasks with 200 runs each, 100 to a
 * page, nothing hidden, organization and project given. Every row of this table is a promise. Each is
 * explained first, and then sends what EXPLAIN said.
 */
final class RightbrainRequestsTest {
  private Bench bench;
  private String task;

  @BeforeEach
  void start() {
    bench = Bench.rightbrain(RightbrainOptions.defaults()).explaining();
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

  /** One looks whether there is much more; as there is not, the list goes on where it was. */
  @Test
  void allRuns() {
    bench.sql("SELECT COUNT(*) FROM task_runs").rows().is("1200").sent(12 + 1);
  }

  @Test
  void upToThreePagesTakeNoRequestMore() {
    restart(RightbrainOptions.builder().tasks(3).runsPerTask(100).build());
    bench.sql("SELECT COUNT(*) FROM task_runs").rows().is("300").sent(3);
  }

  /** Nothing that is wanted is read twice. */
  @Test
  void someRuns() {
    bench.sql("SELECT id FROM task_runs LIMIT 700").rows().hasRows(700).sent(7);
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

  /** A revision that a join hands over makes the project's list a short one; EXPLAIN reckons with it. */
  @Test
  void runsOfARevisionThatAJoinHandsOver() {
    String ofOneRevision =
        state().taskIds().stream()
            .filter(each -> state().revisionIds(each).size() == 1)
            .findFirst()
            .orElseThrow();
    String tasks = "('" + String.join("', '", state().taskIds().subList(0, 4)) + "')";
    String sql =
        "SELECT COUNT(*) FROM token_report t JOIN task_runs r ON t.task_revision_id = r.task_revision_id"
            + " JOIN task_revisions v ON t.task_id = v.task_id WHERE t.task_id = '"
            + ofOneRevision
            + "' AND r.task_id IN "
            + tasks
            + " AND v.task_id IN "
            + tasks
            + " AND NOT r.is_error";
    List<String> explained = bench.sql(sql).explain().lines().toList();
    Bench.Result result = bench.sql(sql).rows();
    assertThat(result.requests())
        .anyMatch(
            request ->
                request.target().contains("/task_run?")
                    && request.target().contains("task_revision_id="));
    ExplainedRequests.check(sql, explained, List.of(), result);
  }

  @Test
  void oneRun() {
    String run = state().runIds(task).get(0);
    bench
        .sql("SELECT id FROM task_runs WHERE id = ? AND task_id = ?", run, task)
        .rows()
        .is(run)
        .sent(1);
    bench.sql("SELECT id, task_id FROM task_runs WHERE id = ?", run).rows().sent(1).hasRows(1);
    String other = state().runIds(task).get(150);
    bench
        .sql("SELECT id FROM task_runs WHERE id IN (?, ?)", run, other)
        .rows()
        .isInAnyOrder(run, other)
        .sent(2);
  }

  @Test
  void oneRunThatMayOnlyBeListed() {
    state().switches().allowPointReads(false);
    String sql = "SELECT id FROM task_runs WHERE id = ? AND task_id = ?";
    bench.sql(sql, state().runIds(task).get(0), task).unforeseen().rows().hasRows(1).sent(2);
    bench.sql(sql, state().runIds(task).get(99), task).unforeseen().rows().hasRows(1).sent(1);
  }

  @Test
  void aRunThatIsNotThere() {
    String none = state().runIds(task).get(0).substring(0, 24) + "000000000000";
    bench.sql("SELECT id FROM task_runs WHERE id = ?", none).rows().hasRows(0).sentBetween(13, 15);
    bench.sql("SELECT id FROM task_runs WHERE id = 'x'").rows().hasRows(0).sent(0);
    bench
        .sql("SELECT id FROM task_runs WHERE task_id = ? AND id = ?", task, none)
        .rows()
        .hasRows(0)
        .sent(1);
  }

  @Test
  void runsWhoseIdsWereMadeMuchLater() {
    restart(RightbrainOptions.builder().lateIds(1).build());
    for (String run : state().runIds(task).subList(20, 23)) {
      bench.sql("SELECT id FROM task_runs WHERE id = ?", run).rows().is(run).sentBetween(2, 14);
    }
  }

  @Test
  void runsOfATimeOfATask() {
    String created = created(40);
    Bench.Result since =
        bench
            .sql("SELECT id FROM task_runs WHERE task_id = ? AND created >= " + created, task)
            .rows();
    since.sent(1);
    assertThat(since.rows()).containsExactlyElementsOf(state().runIds(task).subList(0, 41));
    Bench.Result before =
        bench
            .sql("SELECT id FROM task_runs WHERE task_id = ? AND created < " + created, task)
            .rows();
    before.sent(2);
    assertThat(before.rows())
        .containsExactlyInAnyOrderElementsOf(state().runIds(task).subList(41, 200));
    assertThat(before.requests().get(0).target())
        .contains(
            "/task_run?start_date=2019-12-31T23%3A59%3A59.999Z&task_id=" + task + "&end_date=");
  }

  /** Whether the service counts its bounds in or out must not matter. */
  @Test
  void boundsOfATime() {
    String created = created(7);
    for (boolean included : new boolean[] {true, false}) {
      state().switches().bounds(included, included);
      bench
          .sql("SELECT COUNT(*) FROM task_runs WHERE task_id = ? AND created = " + created, task)
          .rows()
          .is("1");
      bench
          .sql(
              "SELECT COUNT(*) FROM task_runs WHERE created BETWEEN " + created + " AND " + created)
          .rows()
          .is("1")
          .sent(1);
    }
  }

  @Test
  void runsOfADeletedTask() {
    state().deleteTask(task);
    String created = created(40);
    bench.sql("SELECT COUNT(*) FROM task_runs WHERE task_id = ?", task).rows().is("200").sent(2);
    bench
        .sql("SELECT COUNT(*) FROM task_runs WHERE task_id = ? AND created < " + created, task)
        .unforeseen()
        .rows()
        .is("159")
        .sent(1 + 1 + 2);
    bench.sql("SELECT COUNT(*) FROM task_runs").rows().is("1000").sentBetween(10, 14);
  }

  private String created(int index) {
    String run = state().runIds(task).get(index);
    String created =
        bench
            .sql(
                "SELECT CAST(created AS VARCHAR) FROM task_runs WHERE task_id = ? AND id = ?",
                task,
                run)
            .rows()
            .rows()
            .get(0);
    return "TIMESTAMP '" + created + "'";
  }

  @Test
  void typedTable() {
    assertThat(bench.simulator().requests()).isEmpty();
    bench.sql("SELECT * FROM rightbrain_runs.\"Task-1\" LIMIT 5").rows().hasRows(5).sent(1 + 1);
    Bench.Result again =
        bench.sql("SELECT * FROM rightbrain_runs.\"Task-1\" LIMIT 5").rows().hasRows(5).sent(1);
    assertThat(again.requests().get(0).target()).contains("page_limit=5");
    bench
        .sql("SELECT \"score\" FROM rightbrain_runs.\"Task-2\" WHERE status = 'error'")
        .fails(ErrorKind.UNKNOWN_COLUMN);
    bench.sql("SELECT grade FROM rightbrain_runs.\"Task-2\" WHERE status = 'error'").rows().sent(1);
    bench
        .sql("SELECT id FROM rightbrain_runs.\"Task-1\" WHERE id = ?", state().runIds(task).get(3))
        .rows()
        .hasRows(1)
        .sent(1);
  }

  @Test
  void manyTasksAreListedPageByPage() {
    restart(RightbrainOptions.builder().tasks(230).runsPerTask(2).build());
    bench.sql("SELECT COUNT(*) FROM tasks").rows().is("230").sent(3);
    bench.sql("SELECT id FROM rightbrain_runs.\"Task-230\"").rows().hasRows(2).sent(3 + 1);
    bench.sql("SELECT id FROM rightbrain_runs.\"Task-117\"").rows().hasRows(2).sent(1);
  }

  @Test
  void tasksAndRevisionsComeFromTheSameList() {
    bench
        .sql("SELECT t.name, v.id FROM tasks t JOIN task_revisions v ON v.task_id = t.id")
        .rows()
        .sent(1);
    bench.sql("SELECT id FROM task_revisions WHERE task_id = ?", task).rows().hasRows(4).sent(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM task_runs WHERE status = 'nonsense'",
        "SELECT * FROM task_runs WHERE status = 'error' AND NOT is_error",
        "SELECT * FROM task_runs WHERE task_id = 'no uuid'",
        "SELECT * FROM task_runs WHERE task_revision_id = '..'",
        "SELECT * FROM tasks WHERE id = ''",
        "SELECT * FROM usage_report WHERE task_id = 'x'",
        "SELECT * FROM task_runs LIMIT 0",
      })
  void nothingCanMatch(String sql) {
    bench.sql(sql).rows().hasRows(0).sent(0);
  }

  @Test
  void reportsNeedTheirTask() {
    for (String report : List.of("token", "credit", "timing", "usage")) {
      bench.sql("SELECT * FROM " + report + "_report").refused(ErrorKind.INVALID_STATEMENT);
      bench.sql("SELECT * FROM " + report + "_report WHERE task_id = ?", task).rows().sent(1);
    }
  }

  /**
   * A hundred pages: at most a quarter more requests, whatever the timing, and at most eight of them at
   * a time. How much time that saves is told by {@code TimeWindowsTest}, which no load can disturb.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void longScansAreReadSideBySide(boolean uneven) {
    restart(RightbrainOptions.builder().tasks(10).runsPerTask(1000).uneven(uneven).build());
    bench.simulator().latency(Duration.ofMillis(50));
    Bench.Result result = bench.sql("SELECT COUNT(*), COUNT(DISTINCT id) FROM task_runs").rows();
    result.is("10000 | 10000").sentBetween(100, uneven ? 126 : 122);
    assertThat(ReceivedRequest.peakConcurrency(result.requests())).isBetween(4, 8);
  }

  @Test
  void nothingIsLostBetweenWindows() {
    restart(RightbrainOptions.builder().tasks(5).runsPerTask(800).hidden(0.3).uneven(true).build());
    long visible = count(Map.of("maxConcurrentRequests", "1"));
    assertThat(visible).isBetween(1500L, 3600L);
    for (RightbrainSwitches.Order order : RightbrainSwitches.Order.values()) {
      state().switches().projectOrder(order);
      for (boolean included : new boolean[] {true, false}) {
        state().switches().bounds(included, included);
        assertThat(count(Map.of())).isEqualTo(visible);
      }
    }
    state().switches().projectOrder(RightbrainSwitches.Order.NEWEST_FIRST);
    state().switches().sendsHasNext(false);
    assertThat(count(Map.of())).isEqualTo(visible);
    state().switches().ignoreParameter("end_date");
    assertThat(count(Map.of())).isEqualTo(visible);
    state().switches().refuseParameter("end_date");
    assertThat(count(Map.of())).isEqualTo(visible);
  }

  private long count(Map<String, String> properties) {
    bench.connect(properties);
    String counts =
        bench.sql("SELECT COUNT(*), COUNT(DISTINCT id) FROM task_runs").rows().rows().get(0);
    String[] both = counts.split(" \\| ");
    assertThat(both[0]).as("no run comes twice").isEqualTo(both[1]);
    return Long.parseLong(both[0]);
  }

  @Test
  void theSameScanTwice() {
    bench
        .sql("SELECT id FROM task_runs UNION ALL SELECT task_id FROM task_runs")
        .rows()
        .hasRows(2400)
        .sent(12);
  }

  @Test
  void budget() {
    bench.connect(Map.of("maxRequests", "12"));
    bench.sql("SELECT COUNT(*) FROM task_runs").rows().is("1200").sent(12);
    bench.connect(Map.of("maxRequests", "2", "orgId", "", "projectId", ""));
    bench
        .sql("SELECT COUNT(*) FROM task_runs WHERE task_id = ?", task)
        .rows()
        .is("200")
        .sent(1 + 2);
    bench.sql("SELECT COUNT(*) FROM task_runs").fails(ErrorKind.BUDGET);
  }

  @Test
  void explained() {
    assertThat(bench.sql("SELECT * FROM task_runs WHERE task_id = ? LIMIT 5", task).explain())
        .contains("GET .../task/{task_id}/run");
    assertThat(bench.sql("SELECT * FROM task_runs WHERE status = 'error'").explain())
        .contains("GET .../task_run x 1 (at least)");
    assertThat(
            bench.sql("SELECT * FROM task_runs WHERE id = ? AND task_id = ?", task, task).explain())
        .contains("GET .../task/{task_id}/run/{id} x 1 (exact)");
  }

  @Test
  void parametersThatTheServiceRefuses() {
    state().switches().refuseParameter("status");
    Bench.Result refused =
        bench
            .sql("SELECT status FROM task_runs WHERE task_id = ? AND status = 'error'", task)
            .rows();
    refused.sent(1 + 2);
    assertThat(refused.rows()).isNotEmpty().containsOnly("error");
    assertThat(refused.warnings()).singleElement().asString().contains("status", "task_runs");
    Bench.Result again =
        bench
            .sql("SELECT status FROM task_runs WHERE task_id = ? AND status = 'error'", task)
            .rows();
    again.sent(2);
    assertThat(again.warnings()).isEmpty();
    state().switches().refuseParameter("start_date");
    bench.sql("SELECT COUNT(*) FROM task_runs").fails(ErrorKind.BAD_VALUE);
  }

  private RightbrainState state() {
    return bench.simulator().rightbrain();
  }

  private void restart(RightbrainOptions options) {
    bench.close();
    bench = Bench.rightbrain(options).explaining();
    task = state().taskId("Task-1");
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
