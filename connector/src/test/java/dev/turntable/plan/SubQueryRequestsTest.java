package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerState.Shape;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How many requests sub-queries send: as many as joins on the same keys, also where they run once per
 * outer row.
 */
final class SubQueryRequestsTest {
  private static final int TASKS = 20;

  /** Reads each task and its turns once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, (SELECT COUNT(*) FROM turns u WHERE u.task_id = t.id) FROM tasks t",
        "SELECT id, (SELECT u.status FROM turns u WHERE u.task_id = t.id ORDER BY u.seq LIMIT 1)"
            + " FROM tasks t",
        "SELECT id FROM tasks t WHERE NOT EXISTS (SELECT 1 FROM turns u WHERE u.task_id = t.id AND"
            + " u.seq > 1)",
        "SELECT id FROM tasks t WHERE t.turn_count NOT IN (SELECT u.seq FROM turns u WHERE u.task_id"
            + " = t.id)",
        "SELECT id FROM tasks t WHERE t.turn_count > ALL (SELECT u.seq FROM turns u WHERE u.task_id ="
            + " t.id AND u.status <> t.status)",
        "SELECT id, t.turn_count IN (SELECT u.seq FROM turns u WHERE u.task_id = t.id) FROM tasks t",
        "SELECT id FROM tasks t WHERE t.credits < 0 OR EXISTS (SELECT 1 FROM turns u WHERE u.task_id ="
            + " t.id AND u.seq > 2)",
        "SELECT t.id, x.seq FROM tasks t CROSS JOIN LATERAL (SELECT seq FROM turns u WHERE u.task_id ="
            + " t.id ORDER BY seq LIMIT 1) x",
        "SELECT t.id, x.seq FROM tasks t LEFT JOIN LATERAL (SELECT seq FROM turns u WHERE u.task_id ="
            + " t.id AND u.seq > 1) x ON TRUE",
        "SELECT u.id, (SELECT t.title FROM tasks t WHERE t.id = u.task_id) FROM turns u",
        "SELECT id FROM tasks t WHERE NOT EXISTS (SELECT 1 FROM turns u WHERE u.task_id = t.id AND NOT"
            + " EXISTS (SELECT 1 FROM tasks v WHERE v.id = u.task_id AND v.credits >= t.credits))",
      })
  void tasksAndTheirTurns(String sql) {
    for (Shape shape : Shape.values()) {
      try (Bench bench = handinger(shape)) {
        bench.sql(sql).rows().sent(shape == Shape.LEGACY ? TASKS : 2 * TASKS);
      }
    }
  }

  private static Bench handinger(Shape shape) {
    Bench bench = Bench.handinger(SimulatorOptions.builder().tasks(TASKS).turns(1, 4).build());
    bench.simulator().handinger().shape(shape);
    bench.knowing(bench.taskIds().subList(0, TASKS));
    bench.sql("SELECT * FROM tasks WHERE id = ?", bench.taskIds().get(0)).rows(); // tells the shape
    return bench;
  }

  /** Sixty entries of two workers: once per worker, whatever the sub-query is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(SELECT s.type FROM worker_schedules s WHERE s.worker_id = w.worker_id ORDER BY s.id LIMIT 1)",
        "(SELECT MAX(s.type) FROM worker_schedules s WHERE s.worker_id = w.worker_id)",
        "w.duration_ms > ALL (SELECT s.delay_in_seconds FROM worker_schedules s WHERE s.worker_id ="
            + " w.worker_id)",
        "(SELECT COUNT(*) FROM (SELECT DISTINCT s.type FROM worker_schedules s WHERE s.worker_id ="
            + " w.worker_id UNION ALL SELECT w.worker_id) x)",
      })
  void distinctOuterValuesShareARun(String column) {
    SimulatorOptions options =
        SimulatorOptions.builder().tasks(5).workers(2).executions(30).build();
    try (Bench bench = Bench.handinger(options)) {
      String workers = String.join(",", bench.simulator().handinger().workerIds());
      bench.connect(Map.of("workerIds", workers));
      int alone = bench.sql("SELECT id FROM webhook_executions").rows().requests().size();
      bench
          .sql("SELECT w.id, " + column + " FROM webhook_executions w")
          .rows()
          .hasRows(60)
          .sent(alone + 2);
    }
  }

  /** A list that many keys would be read from one by one is read whole. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT id, (SELECT r.status FROM task_runs r WHERE r.task_id = t.id ORDER BY r.created DESC"
            + " LIMIT 1) FROM tasks t | 3",
        "SELECT r.id, (SELECT COUNT(*) FROM task_runs q WHERE q.task_id = r.task_id AND q.created >"
            + " r.created) FROM task_runs r | 2",
        "SELECT r.id, (SELECT t.name FROM tasks t WHERE t.id = r.task_id) FROM task_runs r | 3",
      })
  void listsAreReadWhole(String sql, int requests) {
    RightbrainOptions options = RightbrainOptions.builder().tasks(12).runsPerTask(15).build();
    try (Bench bench = Bench.rightbrain(options)) {
      bench.sql(sql).rows().sent(requests);
    }
  }

  /** A limit above ends the reading of outer rows, and of what is read for them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aLimitEndsIt(int limit) {
    try (Bench bench = handinger(Shape.NEW)) {
      String sql =
          "SELECT id, (SELECT u.status FROM turns u WHERE u.task_id = t.id ORDER BY u.seq LIMIT 1)"
              + " FROM tasks t LIMIT "
              + limit;
      // Up to eight tasks are asked for at a time.
      bench.sql(sql).rows().hasRows(limit).sentBetween(2 * limit, 2 * limit + 8);
    }
  }

  /** What certainly runs counts against the budget; a sub-query may not run at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 FROM (VALUES (1)) o (k) WHERE k > 1 AND (k = 2 OR k > ALL (SELECT credits FROM"
            + " tasks t WHERE t.turn_count <> k))",
      })
  void whatMayNotRunIsNotCounted(String sql) {
    try (Bench bench = handinger(Shape.NEW)) {
      String ids = String.join(",", bench.taskIds().subList(0, TASKS));
      bench.connect(Map.of("taskIds", ids, "maxRequests", "1"));
      bench.sql(sql).rows().hasRows(0).sent(0);
      assertThat(bench.sql(sql).explain()).contains("Sub-query, once per distinct k");
    }
  }
}
