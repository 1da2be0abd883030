package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.Engine;
import dev.turntable.source.StatementScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Connections plan at the same time: no rule or visitor of plans may keep a state. */
final class PlanningThreadsTest {
  private static final int THREADS = 8;

  private static final List<String> STATEMENTS =
      List.of(
          "SELECT t.title AS %s FROM tasks t JOIN turns u ON u.task_id = t.id WHERE u.task_id = 'x'",
          "SELECT title AS %s FROM tasks WHERE EXISTS (SELECT 1 FROM tasks WHERE status = 'error')",
          "SELECT id AS %s, (SELECT COUNT(*) FROM turns u WHERE u.task_id = t.id) FROM tasks t",
          "SELECT DISTINCT status AS %s FROM tasks WHERE id IN (SELECT task_id FROM turns)",
          "SELECT id AS %s, ROW_NUMBER() OVER (ORDER BY id) FROM tasks ORDER BY id LIMIT 5",
          "SELECT id AS %s FROM tasks UNION SELECT task_id FROM turns WHERE task_id IN ('a', 'b')");

  @Test
  void planStatementsOfTheirOwn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Bench bench = Bench.handinger(3)) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Engine engine = bench.connect(Map.of()).engine(); // a connection plans one at a time
        running.add(threads.submit(() -> plan(engine)));
      }
      for (Future<?> each : running) {
        each.get();
      }
      assertThat(bench.simulator().requests()).isEmpty();
    } finally {
      threads.shutdownNow();
    }
  }

  private static void plan(Engine engine) {
    for (int i = 0; i < 40; i++) {
      for (String statement : STATEMENTS) {
        String sql = String.format(statement, "c" + i);
        try (StatementScope scope = engine.newStatement(sql, Duration.ZERO)) {
          engine.prepare(sql, "handinger", scope);
        }
      }
    }
  }
}
