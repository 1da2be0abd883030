package dev.turntable.plan;

import dev.turntable.simulator.SimulatorOptions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a sub-query names the ids of tasks, exactly these are asked for. */
final class KeyListsTest {
  private static Bench bench;

  @BeforeAll
  static void start() {
    bench = Bench.handinger(SimulatorOptions.builder().tasks(4).turns(1, 1).build());
    bench.connect(Map.of("maxConcurrentRequests", "1"));
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  private static String named(String sql) {
    return sql.replace("$1", bench.taskIds().get(1)).replace("$2", bench.taskIds().get(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM tasks WHERE id IN (VALUES ('$1'), ('$2'))",
        "SELECT id FROM tasks WHERE id IN (SELECT '$1' UNION ALL SELECT '$2')",
        "SELECT id FROM tasks WHERE id = ANY (SELECT x FROM (VALUES ('$1'), ('$2')) v (x))",
        "SELECT id FROM tasks WHERE id IN (VALUES ('$1')) OR id IN (VALUES ('$2'))",
        "SELECT id FROM tasks WHERE id IN (VALUES ('$1'), ('$2')) OR id = '$1'",
        "SELECT id FROM tasks WHERE id IN (SELECT '$1' UNION ALL SELECT '$2') OR id = '$2'",
        "SELECT t.id FROM tasks t JOIN (VALUES ('$1'), ('$2')) v (x) ON t.id = v.x",
        "SELECT t.id FROM tasks t JOIN (SELECT '$1' AS x UNION ALL SELECT '$2') v ON t.id = v.x",
      })
  void aListOfValuesIsAListOfKeys(String sql) {
    bench
        .sql(named(sql))
        .rows()
        .isInAnyOrder(bench.taskIds().get(1), bench.taskIds().get(2))
        .sent(named("GET /api/tasks/$1"), named("GET /api/tasks/$2"));
  }

  @Test
  void aSubQueryOfOneValueIsAKey() {
    bench
        .sql(
            named(
                "SELECT title IS NULL FROM tasks WHERE id = (SELECT MAX(task_id) FROM turns WHERE task_id = '$1')"))
        .rows()
        .hasRows(1)
        .sent(named("GET /api/tasks/$1/turns"), named("GET /api/tasks/$1"));
  }
}
