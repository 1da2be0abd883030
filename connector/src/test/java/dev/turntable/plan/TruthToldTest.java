package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.plan.TruthRuns.Known;
import dev.turntable.source.ErrorKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is known is told of: in EXPLAIN, in warnings, and as an error where nothing is. What {@code
 * #7} stands for is told by {@link TruthService}; the task {@code #100} is in no property.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TruthToldTest {
  private final TruthRuns truth = new TruthRuns();

  @AfterAll
  void stop() {
    truth.close();
  }

  /** 1.15: what is explained is what is run. */
  @Test
  void theExplainedPlanIsTheOneThatIsRun() {
    Bench bench = truth.bench(Known.K24, false);
    String sql =
        "SELECT COUNT(*) FROM webhook_executions w JOIN tasks t ON t.id = w.task_id WHERE"
            + " w.worker_id = 'wrk_0'";
    String explained = bench.sql(sql).explain();
    bench.sql(sql).rows().is("50").sent(1 + TruthService.LOGGED);
    assertThat(explained).contains("one per key of").doesNotContain("known ids only");
    assertThat(bench.sql("SELECT id FROM tasks").explain()).contains("known ids only");
    assertThat(bench.sql("SELECT id FROM tasks WHERE id = 'x'").explain())
        .doesNotContain("known ids only");
  }

  /** 1.16: workers whose log names nothing are named; workers that do not exist are an error. */
  @Test
  void workersWithoutALog() {
    Bench.Result result =
        truth
            .bench(Known.WORKERS, false)
            .sql("SELECT worker_id, SUM(credits) FROM tasks GROUP BY 1")
            .rows()
            .is("wrk_0 | 500");
    assertThat(result.warnings()).anySatisfy(warning -> assertThat(warning).contains("wrk_3"));
    truth.fails(
        Known.NO_WORKER,
        "SELECT worker_id, SUM(credits) FROM tasks GROUP BY 1",
        ErrorKind.BAD_VALUE);
    truth.fails(Known.NO_WORKER, "SELECT id FROM webhook_executions", ErrorKind.BAD_VALUE);
    truth.fails(Known.NO_WORKER, "SELECT id FROM workers", ErrorKind.BAD_VALUE);
    truth.fails(Known.NO_WORKER, "SELECT id FROM worker_schedules", ErrorKind.BAD_VALUE);
    truth.counts(Known.NO_WORKER, "SELECT id FROM worker_schedules WHERE worker_id = 'wrk_1'", 2);
    truth.counts(Known.NO_WORKER, "SELECT id FROM tasks WHERE id = '#100'", 1);
  }

  /** The log of a worker that exists may be empty, and that is no mistake. */
  @Test
  void anEmptyLogIsNoMistake() {
    Bench bench = truth.service().connected("empty", false, Map.of("workerIds", "wrk_3"));
    Bench.Result tasks = bench.sql("SELECT id FROM tasks").rows().hasRows(0);
    assertThat(tasks.warnings()).anySatisfy(warning -> assertThat(warning).contains("wrk_3"));
    bench.sql("SELECT id FROM webhook_executions").rows().hasRows(0);
    Bench mixed =
        truth.service().connected("mixed", false, Map.of("workerIds", "wrk_0,wrk_gone-1"));
    assertThat(mixed.sql("SELECT id FROM tasks").rows().hasRows(50).warnings())
        .anySatisfy(warning -> assertThat(warning).contains("wrk_gone-1"));
  }

  /** With nothing known and no key, the ways are named; what binds under OR or NOT is no key. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT id FROM tasks",
        "SELECT id FROM tasks WHERE status = 'error'",
        "SELECT id FROM tasks WHERE NOT (id = '#100')",
        "SELECT id FROM turns WHERE seq = 0",
        "SELECT id FROM workers",
        "SELECT id FROM worker_schedules WHERE type = 'cron'",
        "SELECT id FROM webhook_executions WHERE task_id = '#100'",
        "SELECT t.id FROM tasks t JOIN turns u ON u.task_id = t.id",
        "SELECT t.id FROM tasks t LEFT JOIN turns u ON u.task_id = t.id",
        "SELECT t.id FROM webhook_executions w JOIN tasks t ON t.id = w.task_id OR t.title ="
            + " w.task_title WHERE w.worker_id = 'wrk_0'",
        "SELECT t.id FROM tasks t JOIN (SELECT COUNT(*) AS n FROM turns) d ON d.n > 0 WHERE t.id ="
            + " '#100'",
        "SELECT t.id FROM tasks t JOIN (SELECT task_id FROM turns LIMIT 3) d ON d.task_id = t.id"
            + " WHERE t.id = '#100'",
      })
  void withoutAKey(String sql) {
    truth.fails(Known.NONE, sql, ErrorKind.INVALID_STATEMENT);
    for (boolean generated : new boolean[] {false, true}) {
      truth
          .bench(Known.NONE, generated)
          .sql(TruthService.literal(sql))
          .refused(ErrorKind.INVALID_STATEMENT);
    }
  }

  /** What a reader is told of known ids: at once which references, at the end how many. */
  @Test
  void knownIdsAreToldOf() {
    Bench bench = truth.bench(Known.K3, false);
    for (String sql :
        List.of(
            "SELECT id FROM tasks",
            "SELECT id FROM tasks WHERE id = '#100' OR status = 'error'",
            "SELECT t.id FROM tasks t LEFT JOIN turns u ON u.task_id = t.id")) {
      assertThat(bench.sql(TruthService.literal(sql)).rows().warnings())
          .as(sql)
          .anySatisfy(warning -> assertThat(warning).contains("tasks"))
          .anySatisfy(warning -> assertThat(warning).contains("3 known ids"));
    }
    for (String sql :
        List.of(
            "SELECT id FROM tasks WHERE id = '#100'",
            "SELECT id FROM tasks WHERE id IN ('#100', '#101', '#102', '#103')",
            "SELECT w.id FROM webhook_executions w JOIN tasks t ON t.id = w.task_id WHERE"
                + " w.worker_id = 'wrk_0'",
            "SELECT w.id FROM webhook_executions w LEFT JOIN tasks t ON t.id = w.task_id WHERE"
                + " w.worker_id = 'wrk_0'")) {
      assertThat(bench.sql(TruthService.literal(sql)).rows().warnings()).as(sql).isEmpty();
    }
  }

  /** Under OR an equality with other rows binds nothing, and the warning says of which column. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT t.id FROM tasks t JOIN webhook_executions w ON t.id = w.task_id OR t.title = 'x'"
            + " WHERE w.worker_id = 'wrk_0' | id",
        "SELECT t.id FROM tasks t WHERE t.title = 'x' OR t.id IN (SELECT task_id FROM"
            + " webhook_executions WHERE worker_id = 'wrk_0') | id",
        "SELECT t.id FROM tasks t, webhook_executions w WHERE w.worker_id = 'wrk_0' AND"
            + " (w.task_id = t.id OR w.task_title = t.title) | id",
        "SELECT t.id FROM tasks t WHERE t.id = '#1' OR t.status = 'error' |",
        "SELECT t.id FROM tasks t WHERE t.id IN ('#1', '#2') OR t.status = 'error' |",
        "SELECT t.id FROM tasks t WHERE t.id = t.title OR t.status = 'error' |",
        "SELECT t.id FROM tasks t |",
      })
  void whatBindsNothingUnderOrIsToldOf(String sql, @Nullable String column) {
    Bench bench = truth.bench(Known.K3, false);
    List<String> warnings = bench.sql(TruthService.literal(sql)).rows().warnings();
    assertThat(warnings).anySatisfy(warning -> assertThat(warning).contains("known ids"));
    if (column == null) {
      assertThat(warnings).noneSatisfy(warning -> assertThat(warning).contains("under OR"));
    } else {
      assertThat(warnings)
          .anySatisfy(
              warning -> assertThat(warning).contains("what " + column + " equals under OR"));
    }
  }
}
