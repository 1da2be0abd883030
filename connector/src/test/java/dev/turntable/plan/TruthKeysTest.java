package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.plan.TruthRuns.Known;
import dev.turntable.source.ErrorKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Keys that a statement names are read, however many they are and whatever is known. What {@code
 * #7} stands for is told by {@link TruthService}; the task {@code #100} is in no property.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TruthKeysTest {
  private final TruthRuns truth = new TruthRuns();

  @AfterAll
  void stop() {
    truth.close();
  }

  /** 1.3: the number of keys decides nothing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT id FROM tasks WHERE id IN ('#100', '#101', '#102') | 3",
        "SELECT id FROM tasks WHERE id IN ('#100', '#101', '#102', '#103') | 4",
        "SELECT id FROM tasks WHERE id = '#100' OR id = '#101' OR id = '#102' OR id = '#103' | 4",
        "SELECT id FROM tasks WHERE id IN ('#0', '#1', '#2', '#103') | 4",
        "SELECT id FROM tasks WHERE id IN ('#100', '#101', '#102', '#103') AND status = 'error' |"
            + " 1",
        "SELECT id FROM tasks WHERE id BETWEEN '#100' AND '#100' | 1",
        "SELECT id FROM tasks WHERE CAST(id AS VARCHAR) IN ('#100', '#101', '#102', '#103') | 4",
        "SELECT id FROM turns WHERE task_id IN ('#100', '#101', '#102') | 6",
        "SELECT id FROM turns WHERE task_id IN ('#100', '#101', '#102', '#103') | 8",
        "SELECT id FROM turns WHERE task_id IN ('#100', '#101', '#102', '#103') AND seq = 0 | 4",
        "SELECT t.id FROM tasks t JOIN turns u ON u.task_id = t.id WHERE t.id IN"
            + " ('#100', '#101', '#102', '#103') | 8",
        "SELECT t.id FROM tasks t JOIN (VALUES ('#100'), ('#101'), ('#102'), ('#103')) v (k)"
            + " ON t.id = v.k | 4",
      })
  void keysInTheStatementAreRead(String sql, int rows) {
    truth.counts(Known.K3, sql, rows);
    truth.counts(Known.K24, sql, rows);
  }

  @Test
  void sumsOverKeysInTheStatement() {
    String tasks = "SELECT SUM(credits) FROM tasks WHERE id IN ('#100', '#101', '#102', '#103')";
    truth.gives(Known.K3, tasks, "40");
    String turns =
        "SELECT SUM(credits) FROM turns WHERE task_id IN ('#100', '#101', '#102', '#103')";
    truth.gives(Known.K3, turns, "40");
    truth.gives(Known.NONE, turns, "40");
  }

  /** 1.4: {@code workerIds} is a default, no limit. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT id FROM webhook_executions WHERE worker_id = 'wrk_1' | 3",
        "SELECT id FROM webhook_executions WHERE worker_id IN ('wrk_1', 'wrk_2') | 6",
        "SELECT id FROM webhook_executions WHERE worker_id = 'wrk_1' OR worker_id = 'wrk_2' | 6",
        "SELECT id FROM webhook_executions WHERE worker_id IN ('wrk_0', 'wrk_1', 'wrk_2') | 56",
        "SELECT id FROM webhook_executions WHERE worker_id = 'wrk_1' OR request_status = 'error' |"
            + " 20",
        "SELECT id FROM workers WHERE id IN ('wrk_1', 'wrk_2') | 2",
        "SELECT id FROM workers WHERE id IN ('wrk_1', 'wrk_2', 'wrk_3') AND status IS NOT NULL | 3",
        "SELECT id FROM workers WHERE id = 'wrk_1' AND task_id IN ('#1', '#5') | 2",
        "SELECT id FROM worker_schedules WHERE worker_id IN ('wrk_1', 'wrk_2') | 5",
        "SELECT id FROM worker_schedules WHERE worker_id IN ('wrk_1', 'wrk_2') OR id LIKE 'sch_0%'"
            + " | 6",
        "SELECT t.id FROM tasks t JOIN workers k ON k.id = t.worker_id WHERE t.id IN ('#1', '#2') |"
            + " 2",
        "SELECT t.id FROM tasks t LEFT JOIN workers k ON k.id = t.worker_id WHERE k.id IS NULL AND"
            + " t.id IN ('#1', '#2', '#3') | 0",
        "SELECT t.id FROM tasks t WHERE t.id IN ('#1', '#2', '#3') AND NOT EXISTS (SELECT 1 FROM"
            + " worker_schedules s WHERE s.worker_id = t.worker_id) | 0",
        "SELECT t.id FROM tasks t WHERE t.id IN ('#1', '#2') AND t.worker_id NOT IN (SELECT"
            + " w.worker_id FROM webhook_executions w) | 0",
      })
  void workersInTheStatementAreRead(String sql, int rows) {
    truth.counts(Known.WORKER, sql, rows);
  }

  /** 1.5: ids that are gone do not forbid others. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT id FROM tasks WHERE id IN ('#100', '#101', '#102', '#103') | 4",
        "SELECT id FROM tasks WHERE id = '#100' | 1",
        "SELECT id FROM tasks WHERE id = '#100' OR status = 'error' | 1",
        "SELECT id FROM turns WHERE task_id IN ('#100', '#101', '#102', '#103') | 8",
        "SELECT t.id FROM tasks t JOIN webhook_executions w ON w.task_id = t.id WHERE"
            + " w.worker_id = 'wrk_0' | 50",
        "SELECT w.id FROM webhook_executions w LEFT JOIN tasks t ON w.task_id = t.id WHERE"
            + " w.worker_id = 'wrk_0' AND t.id IS NULL | 0",
      })
  void knownIdsThatAreGone(String sql, int rows) {
    truth.counts(Known.GONE, sql, rows);
  }

  @Test
  void nothingButIdsThatAreGone() {
    truth.fails(Known.GONE, "SELECT id FROM tasks", ErrorKind.BAD_VALUE);
    truth.fails(Known.GONE, "SELECT id FROM tasks WHERE status = 'error'", ErrorKind.BAD_VALUE);
    truth.fails(Known.GONE, "SELECT COUNT(*) FROM turns", ErrorKind.BAD_VALUE);
    // Answered 404 before, and so not asked again.
    truth.fails(Known.GONE, "SELECT id FROM tasks", ErrorKind.BAD_VALUE);
  }

  /** 1.11: a condition beside the key takes nothing away. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT id FROM tasks WHERE id = '#100' | 1",
        "SELECT id FROM tasks WHERE id = '#100' OR status = 'error' | 2",
        "SELECT id FROM tasks WHERE status = 'error' OR '#100' = id | 2",
        "SELECT id FROM tasks WHERE (id = '#100' AND status = 'completed') OR status = 'error' | 2",
        "SELECT id FROM tasks WHERE id IN ('#100', '#101', '#102') OR title = 'Task 0' | 4",
        "SELECT id FROM tasks WHERE NOT (id = '#100') | 3",
        "SELECT id FROM tasks WHERE id <> '#100' | 3",
        "SELECT id FROM tasks WHERE id NOT IN ('#100', '#0') | 2",
        "SELECT id FROM tasks WHERE id = '#100' OR id <> '#0' | 3",
        "SELECT id FROM tasks WHERE id >= '#100' | 0",
        "SELECT id FROM turns WHERE task_id = '#100' OR seq = 0 | 5",
      })
  void keysInOneBranch(String sql, int rows) {
    truth.counts(Known.K3, sql, rows);
  }

  /** 1.12: a turn is found by its task. */
  @Test
  void aTurnByItsIdAlone() {
    truth.counts(Known.K3, "SELECT id FROM turns WHERE id = 'turn#100'", 0);
    truth.counts(Known.K3, "SELECT id FROM turns WHERE id = 'turn#2'", 1);
    truth.counts(Known.K3, "SELECT id FROM turns WHERE id = 'turn#100' AND task_id = '#100'", 1);
    truth.counts(Known.NONE, "SELECT id FROM turns WHERE id = 'turn#100' AND task_id = '#100'", 1);
    truth.fails(
        Known.NONE, "SELECT id FROM turns WHERE id = 'turn#100'", ErrorKind.INVALID_STATEMENT);
    truth.fails(
        Known.NONE,
        "SELECT u.id FROM turns u JOIN tasks t ON t.id = u.task_id WHERE u.id = 'turn#100'",
        ErrorKind.INVALID_STATEMENT);
    String sql = TruthService.literal("SELECT id FROM turns WHERE id = 'turn#100'");
    assertThat(truth.bench(Known.K3, false).sql(sql).rows().warnings())
        .anySatisfy(warning -> assertThat(warning).contains("turns"));
  }
}
