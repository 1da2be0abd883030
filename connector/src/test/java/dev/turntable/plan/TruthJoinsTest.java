package dev.turntable.plan;

import dev.turntable.plan.TruthRuns.Known;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Joins and sub-queries read what the other side names, and agree with each other. What {@code #7}
 * stands for is told by {@link TruthService}; the task {@code #100} is in no property.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TruthJoinsTest {
  private final TruthRuns truth = new TruthRuns();

  @AfterAll
  void stop() {
    truth.close();
  }

  /** 1.6: a join reads what its other side names. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT w.id FROM webhook_executions w JOIN tasks t ON t.id = w.task_id WHERE"
            + " w.worker_id = 'wrk_0' | 50",
        "SELECT w.id FROM webhook_executions w JOIN tasks t ON t.id = w.task_id WHERE"
            + " w.worker_id = 'wrk_0' LIMIT 1000 | 50",
        "SELECT w.id FROM tasks t JOIN webhook_executions w ON t.id = w.task_id WHERE"
            + " w.worker_id = 'wrk_0' | 50",
        "SELECT w.id FROM tasks t, webhook_executions w WHERE t.id = w.task_id AND"
            + " w.worker_id = 'wrk_0' LIMIT 1000 | 50",
        "SELECT w.id FROM webhook_executions w JOIN turns u ON u.task_id = w.task_id WHERE"
            + " w.worker_id = 'wrk_0' | 100",
        "SELECT w.id FROM webhook_executions w JOIN tasks t ON t.id = w.task_id JOIN turns u ON"
            + " u.task_id = t.id WHERE w.worker_id = 'wrk_0' | 100",
        "SELECT w.id FROM turns u JOIN tasks t ON u.task_id = t.id JOIN webhook_executions w ON"
            + " t.id = w.task_id WHERE w.worker_id = 'wrk_0' LIMIT 1000 | 100",
        "SELECT w.id FROM webhook_executions w LEFT JOIN tasks t ON t.id = w.task_id WHERE"
            + " w.worker_id = 'wrk_0' AND t.title IS NOT NULL | 50",
        "SELECT t.id FROM webhook_executions w RIGHT JOIN tasks t ON t.id = w.task_id AND"
            + " w.worker_id = 'wrk_0' | 68",
        "SELECT t.id FROM tasks t LEFT JOIN webhook_executions w ON t.id = w.task_id AND"
            + " w.worker_id = 'wrk_0' | 68",
        "SELECT t.id FROM webhook_executions w FULL JOIN tasks t ON t.id = w.task_id AND"
            + " w.worker_id = 'wrk_0' | 68",
        "SELECT w.id, (SELECT t.title FROM tasks t WHERE t.id = w.task_id) FROM"
            + " webhook_executions w WHERE w.worker_id = 'wrk_0' | 50",
        "SELECT task_id FROM webhook_executions WHERE worker_id = 'wrk_0' INTERSECT SELECT id FROM"
            + " tasks | 50",
        "SELECT id FROM tasks INTERSECT SELECT task_id FROM webhook_executions WHERE"
            + " worker_id = 'wrk_0' | 50",
        "SELECT d.task_id FROM (SELECT task_id, COUNT(*) AS n FROM turns GROUP BY task_id) d JOIN"
            + " webhook_executions w ON w.task_id = d.task_id WHERE w.worker_id = 'wrk_0' | 50",
        "SELECT d.task_id FROM (SELECT DISTINCT task_id FROM turns) d JOIN webhook_executions w ON"
            + " w.task_id = d.task_id WHERE w.worker_id = 'wrk_0' | 50",
        "SELECT x.id FROM webhook_executions w JOIN (SELECT id FROM tasks UNION ALL SELECT task_id"
            + " FROM turns) x ON x.id = w.task_id WHERE w.worker_id = 'wrk_0' | 150",
      })
  void joinsReadWhatTheOtherSideNames(String sql, int rows) {
    truth.counts(Known.K24, sql, rows);
    truth.counts(Known.K24, sql + (sql.contains("LIMIT") ? "" : " LIMIT 100000"), rows);
  }

  /** Where the other side is all that names tasks, the outer joins keep no more than that. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT w.id FROM webhook_executions w JOIN tasks t ON t.id = w.task_id WHERE"
            + " w.worker_id = 'wrk_0' | 50",
        "SELECT t.id FROM webhook_executions w RIGHT JOIN tasks t ON t.id = w.task_id AND"
            + " w.worker_id = 'wrk_0' | 50",
        "SELECT t.id FROM webhook_executions w FULL JOIN tasks t ON t.id = w.task_id AND"
            + " w.worker_id = 'wrk_0' | 50",
        "SELECT id FROM tasks WHERE id IN (SELECT task_id FROM webhook_executions WHERE"
            + " worker_id = 'wrk_0') | 50",
        "SELECT task_id FROM webhook_executions WHERE worker_id = 'wrk_0' EXCEPT SELECT id FROM"
            + " tasks | 0",
      })
  void joinsWithNothingKnown(String sql, int rows) {
    truth.counts(Known.NONE, sql, rows);
  }

  @Test
  void countsOverAJoin() {
    String from =
        "SELECT COUNT(*) FROM webhook_executions w JOIN tasks t ON t.id = w.task_id WHERE"
            + " w.worker_id = 'wrk_0'";
    truth.gives(Known.K24, from, "50");
    truth.gives(Known.K3, from, "50");
    truth.gives(Known.NONE, from, "50");
    truth.gives(Known.K24, from.replace("COUNT(*)", "SUM(t.credits)"), "500");
  }

  /** 1.7: a weaker bound never gives fewer rows. */
  @Test
  void weakerBoundsGiveNoFewerRows() {
    for (int from = 0; from <= 50; from += 5) {
      String bound = "TIMESTAMP '2026-06-01 00:00:%02d'".formatted(from);
      truth.counts(
          Known.K24,
          "SELECT w.id FROM webhook_executions w JOIN tasks t ON t.id = w.task_id WHERE"
              + " w.worker_id = 'wrk_0' AND w.created_at >= "
              + bound,
          TruthService.LOGGED - from);
    }
  }

  /** 1.8: a task that exists is never shown as missing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LEFT JOIN tasks t ON t.id = w.task_id WHERE w.worker_id = 'wrk_0' AND t.id IS NULL",
        "LEFT JOIN turns u ON u.task_id = w.task_id WHERE w.worker_id = 'wrk_0' AND u.id IS NULL",
        "LEFT JOIN tasks t ON t.id = w.task_id LEFT JOIN turns u ON u.task_id = t.id WHERE"
            + " w.worker_id = 'wrk_0' AND u.id IS NULL",
        "FULL JOIN tasks t ON t.id = w.task_id AND w.worker_id = 'wrk_0' WHERE t.id IS NULL",
        "WHERE w.worker_id = 'wrk_0' AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.id = w.task_id)",
        "WHERE w.worker_id = 'wrk_0' AND NOT EXISTS (SELECT 1 FROM turns u WHERE u.task_id ="
            + " w.task_id)",
        "WHERE w.worker_id = 'wrk_0' AND w.task_id NOT IN (SELECT t.id FROM tasks t)",
        "WHERE w.worker_id = 'wrk_0' AND w.task_id <> ALL (SELECT t.id FROM tasks t)",
        "WHERE w.worker_id = 'wrk_0' AND w.task_id NOT IN (SELECT u.task_id FROM turns u)",
        "WHERE w.worker_id = 'wrk_0' AND (SELECT t.title FROM tasks t WHERE t.id = w.task_id) IS"
            + " NULL",
        "WHERE w.worker_id = 'wrk_0' AND (SELECT COUNT(*) FROM tasks t WHERE t.id = w.task_id) = 0",
        "WHERE w.worker_id = 'wrk_0' AND (SELECT COUNT(*) FROM turns u WHERE u.task_id = w.task_id)"
            + " < 2",
        ", LATERAL (SELECT COUNT(*) AS n FROM tasks t WHERE t.id = w.task_id) x WHERE"
            + " w.worker_id = 'wrk_0' AND x.n = 0",
        "LEFT JOIN (SELECT task_id, COUNT(*) AS n FROM turns GROUP BY task_id) x ON x.task_id ="
            + " w.task_id WHERE w.worker_id = 'wrk_0' AND x.n IS NULL",
        "LEFT JOIN (SELECT id FROM tasks UNION SELECT task_id FROM turns) x ON x.id = w.task_id"
            + " WHERE w.worker_id = 'wrk_0' AND x.id IS NULL",
      })
  void tasksThatExistAreNotMissing(String rest) {
    truth.counts(Known.K24, "SELECT w.id FROM webhook_executions w " + rest, 0);
    truth.counts(Known.K3, "SELECT w.id FROM webhook_executions w " + rest, 0);
    truth.counts(Known.NONE, "SELECT w.id FROM webhook_executions w " + rest, 0);
  }

  @Test
  void nothingIsMissingByDifference() {
    String log = "SELECT task_id FROM webhook_executions WHERE worker_id = 'wrk_0'";
    truth.counts(Known.K24, log + " EXCEPT SELECT id FROM tasks", 0);
    truth.counts(Known.K24, log + " EXCEPT SELECT task_id FROM turns", 0);
    truth.counts(Known.K24, log + " EXCEPT ALL SELECT id FROM tasks", 0);
  }

  /** 1.9: a semi-join and the join agree. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT id FROM tasks WHERE id IN (SELECT task_id FROM webhook_executions WHERE"
            + " worker_id = 'wrk_0' AND id IN ('log#30', 'log#31')) | 2",
        "SELECT id FROM tasks WHERE id = ANY (SELECT task_id FROM webhook_executions WHERE"
            + " worker_id = 'wrk_0' AND id IN ('log#30', 'log#31')) | 2",
        "SELECT id FROM tasks t WHERE EXISTS (SELECT 1 FROM webhook_executions w WHERE"
            + " w.worker_id = 'wrk_0' AND w.id IN ('log#30', 'log#31') AND w.task_id = t.id) | 2",
        "SELECT t.id FROM tasks t JOIN webhook_executions w ON w.task_id = t.id WHERE"
            + " w.worker_id = 'wrk_0' AND w.id IN ('log#30', 'log#31') | 2",
        "SELECT id FROM tasks WHERE id = (SELECT task_id FROM webhook_executions WHERE"
            + " worker_id = 'wrk_0' AND id = 'log#30') | 1",
        "SELECT id FROM turns WHERE task_id IN (SELECT task_id FROM webhook_executions WHERE"
            + " worker_id = 'wrk_0' AND id IN ('log#30', 'log#31')) | 4",
        "SELECT id FROM tasks WHERE id IN (SELECT task_id FROM webhook_executions WHERE"
            + " worker_id = 'wrk_0' ORDER BY created_at DESC LIMIT 2) | 2",
        "SELECT id FROM tasks WHERE id IN (SELECT task_id FROM webhook_executions WHERE"
            + " worker_id = 'wrk_0' GROUP BY task_id HAVING COUNT(*) > 0) | 50",
      })
  void semiJoinsAgreeWithJoins(String sql, int rows) {
    truth.counts(Known.K3, sql, rows);
    truth.counts(Known.NONE, sql, rows);
  }

  /** 1.13: what an outer join keeps holds at least what the inner one gives. */
  @Test
  void outerJoinsKeepWhatTheInnerOneGives() {
    String log =
        "(SELECT task_id FROM webhook_executions WHERE worker_id = 'wrk_0' AND id IN"
            + " ('log#25', 'log#26', 'log#27')) w";
    truth.counts(Known.K24, "SELECT t.id FROM " + log + " JOIN tasks t ON t.id = w.task_id", 3);
    truth.counts(
        Known.K24, "SELECT t.id FROM " + log + " LEFT JOIN tasks t ON t.id = w.task_id", 3);
    truth.counts(
        Known.K24, "SELECT t.id FROM " + log + " RIGHT JOIN tasks t ON t.id = w.task_id", 27);
    truth.counts(
        Known.K24, "SELECT t.id FROM " + log + " FULL JOIN tasks t ON t.id = w.task_id", 27);
    truth.counts(
        Known.K24, "SELECT t.id FROM tasks t LEFT JOIN " + log + " ON t.id = w.task_id", 27);
    truth.counts(
        Known.K24, "SELECT u.id FROM " + log + " RIGHT JOIN turns u ON u.task_id = w.task_id", 54);
  }
}
