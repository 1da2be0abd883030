package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
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
  private static final int ROUNDS = 40;

  /** So many plans are made for each that is run. */
  private static final int PLANS_PER_RUN = 8;

  private static final List<String> STATEMENTS =
      List.of(
          "SELECT t.title AS %s FROM tasks t JOIN turns u ON u.task_id = t.id WHERE u.task_id = 'A'",
          "SELECT title AS %s FROM tasks WHERE EXISTS (SELECT 1 FROM tasks WHERE credits >= 0)",
          "SELECT id AS %s, (SELECT COUNT(*) FROM turns u WHERE u.task_id = t.id) FROM tasks t",
          "SELECT DISTINCT status AS %s FROM tasks WHERE id IN (SELECT task_id FROM turns)",
          "SELECT id AS %s, ROW_NUMBER() OVER (ORDER BY id) FROM tasks ORDER BY id LIMIT 5",
          "SELECT id AS %s FROM tasks UNION SELECT task_id FROM turns WHERE task_id IN ('A', 'B')");

  /** What a statement is planned as and gives, whatever its column is called. */
  private record Answer(List<String> plan, List<String> rows) {}

  @Test
  void planStatementsOfTheirOwn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Bench bench = Bench.handinger(3)) {
      Map<String, String> known = Map.of("taskIds", String.join(",", bench.taskIds()));
      List<String> statements =
          STATEMENTS.stream()
              .map(sql -> sql.replace("'A'", "'" + bench.taskIds().get(0) + "'"))
              .map(sql -> sql.replace("'B'", "'" + bench.taskIds().get(1) + "'"))
              .toList();
      List<Answer> alone = new ArrayList<>();
      Engine first = bench.connect(known).engine();
      statements.forEach(sql -> rows(first, sql.formatted("tells"))); // where turns are
      for (String sql : statements) {
        alone.add(new Answer(plan(first, sql, "alone"), rows(first, sql.formatted("alone"))));
        assertThat(alone.get(alone.size() - 1).rows()).as(sql).isNotEmpty();
      }
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Engine engine = bench.connect(known).engine(); // a connection plans one at a time
        running.add(threads.submit(() -> compare(engine, statements, alone)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void compare(Engine engine, List<String> statements, List<Answer> alone) {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < statements.size(); i++) {
        String sql = statements.get(i);
        String name = "c" + round;
        assertThat(plan(engine, sql, name)).as(sql).isEqualTo(alone.get(i).plan());
        if (round % PLANS_PER_RUN == 0) {
          assertThat(rows(engine, sql.formatted(name))).as(sql).isEqualTo(alone.get(i).rows());
        }
      }
    }
  }

  private static List<String> plan(Engine engine, String sql, String name) {
    return rows(engine, "EXPLAIN PLAN FOR " + sql.formatted(name)).stream()
        .map(line -> line.replaceAll("\\b" + name + "\\b", "%s"))
        .toList();
  }

  private static List<String> rows(Engine engine, String sql) {
    try (StatementScope scope = engine.newStatement(sql, Duration.ZERO)) {
      PreparedSql prepared = engine.prepare(sql, "handinger", scope);
      List<String> rows = new ArrayList<>();
      try (RowCursor cursor = prepared.query(List.of(), 0, scope)) {
        while (cursor.next()) {
          List<String> cells = new ArrayList<>();
          for (int i = 0; i < prepared.columns().size(); i++) {
            cells.add(String.valueOf(cursor.value(i)));
          }
          rows.add(String.join(" | ", cells));
        }
      }
      return rows;
    }
  }
}
