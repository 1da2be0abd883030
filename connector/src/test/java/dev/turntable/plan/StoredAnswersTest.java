package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.Engine;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.store.file.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store changes no answer: empty, filled by halves, filled and too old, each statement gives what it
 * gives without one, by the same known tasks.
 */
final class StoredAnswersTest {
  @TempDir Path temp;

  private static List<String> sorted(Bench bench, String sql) {
    return bench.sql(sql).rows().rows().stream().sorted().toList();
  }

  private void compare(Bench bench, List<String> statements, List<String> halves, String... known) {
    Map<String, List<String>> live = new HashMap<>();
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < known.length; i += 2) {
      properties.put(known[i], known[i + 1]);
    }
    bench.connect(properties);
    statements.forEach(sql -> live.put(sql, sorted(bench, sql)));
    for (String half : halves) {
      Path store = temp.resolve("store" + halves.indexOf(half));
      List<String> more = new ArrayList<>(List.of(known));
      more.addAll(List.of("maxAge", "3600"));
      Engine engine = bench.store(store, more.toArray(new String[0])).engine();
      bench.sql(half).rows();
      for (String state : List.of("half", "filled", "too old", "filled again")) {
        if (state.equals("too old")) {
          Stores.age(store, Duration.ofDays(2));
        }
        for (String sql : statements) {
          assertThat(sorted(bench.use(engine), sql))
              .as("%s, after %s: %s", state, half, sql)
              .isEqualTo(live.get(sql));
        }
      }
    }
  }

  @Test
  void ofTasksAndTurns() {
    try (Bench bench =
        Bench.handinger(SimulatorOptions.builder().tasks(9).workers(2).executions(6).build())) {
      List<String> ids = bench.taskIds();
      String some = "('" + ids.get(1) + "', '" + ids.get(8) + "', 'tsk_none')";
      String worker = bench.simulator().handinger().workerIds().get(0);
      compare(
          bench,
          List.of(
              "SELECT * FROM tasks",
              "SELECT id, input, seq FROM turns",
              "SELECT id, status FROM tasks WHERE id IN " + some,
              "SELECT * FROM turns WHERE task_id IN " + some,
              "SELECT id FROM tasks WHERE id IN " + some + " OR status = 'completed'",
              "SELECT t.id, u.seq FROM tasks t JOIN turns u ON u.task_id = t.id WHERE t.status = 'completed'",
              "SELECT t.id, u.seq FROM tasks t LEFT JOIN turns u ON u.task_id = t.id AND u.seq > 0",
              "SELECT w.task_id, t.status FROM webhook_executions w LEFT JOIN tasks t ON t.id = w.task_id"
                  + " WHERE w.worker_id = '"
                  + worker
                  + "'",
              "SELECT id FROM tasks WHERE id NOT IN (SELECT task_id FROM webhook_executions WHERE"
                  + " worker_id = '"
                  + worker
                  + "' AND task_id IS NOT NULL)",
              "SELECT id FROM tasks t WHERE EXISTS (SELECT 1 FROM turns u WHERE u.task_id = t.id AND u.seq > 1)",
              "SELECT status, COUNT(*), SUM(credits), MIN(created_at) FROM tasks GROUP BY status",
              "SELECT id FROM tasks ORDER BY created_at DESC, id LIMIT 3",
              "SELECT id FROM webhook_executions WHERE worker_id = '"
                  + worker
                  + "' ORDER BY created_at DESC, id LIMIT 2"),
          List.of(
              "SELECT id FROM tasks WHERE id = '" + ids.get(0) + "'",
              "SELECT id FROM turns WHERE task_id IN " + some,
              "SELECT id FROM webhook_executions WHERE worker_id = '" + worker + "'",
              "SELECT id FROM tasks LIMIT 2"),
          "taskIds",
          String.join(",", ids));
    }
  }

  @Test
  void ofRunsAndTheirTasks() {
    try (Bench bench =
        Bench.rightbrain(
            RightbrainOptions.builder()
                .tasks(4)
                .runsPerTask(30)
                .span(Duration.ofDays(60))
                .build())) {
      List<String> tasks = bench.simulator().rightbrain().taskIds();
      String task = tasks.get(1);
      String deleted = tasks.get(3);
      bench.simulator().rightbrain().deleteTask(deleted);
      compare(
          bench,
          List.of(
              "SELECT * FROM tasks",
              "SELECT id, task_id FROM task_revisions",
              "SELECT id, task_id, status, created FROM task_runs",
              "SELECT id FROM task_runs WHERE task_id = '" + task + "'",
              "SELECT id FROM task_runs WHERE task_id = '" + deleted + "'",
              "SELECT id FROM task_runs WHERE task_id = '" + deleted + "' OR status = 'error'",
              "SELECT id FROM task_runs WHERE status = 'error'",
              "SELECT id FROM task_runs WHERE created >= (SELECT MAX(created) FROM task_runs) - INTERVAL '20' DAY",
              "SELECT t.name, COUNT(r.id) FROM tasks t LEFT JOIN task_runs r ON r.task_id = t.id GROUP BY t.name",
              "SELECT t.name, r.id FROM tasks t JOIN task_runs r ON r.task_id = t.id WHERE r.status = 'error'",
              "SELECT r.id, v.id FROM task_runs r JOIN task_revisions v ON v.id = r.task_revision_id",
              "SELECT id FROM task_runs WHERE task_id = '"
                  + task
                  + "' ORDER BY created DESC LIMIT 4",
              "SELECT id FROM tasks WHERE id = '" + deleted + "' OR name <> ''",
              "SELECT id FROM tasks WHERE id NOT IN (SELECT task_id FROM task_runs WHERE status = 'error')"),
          List.of(
              "SELECT id FROM task_runs WHERE task_id = '" + task + "'",
              "SELECT id FROM task_runs WHERE task_id = '" + deleted + "'",
              "SELECT id FROM task_runs",
              "SELECT id FROM tasks WHERE id = '" + deleted + "'",
              "SELECT id FROM task_runs LIMIT 7"));
    }
  }
}
