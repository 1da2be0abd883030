package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.handinger.HandingerState.Shape;
import dev.turntable.simulator.handinger.HandingerTask;
import dev.turntable.source.ErrorKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What RETURNING gives of new and archived tasks and turns, and what reading that sends. Every row of
 * the tables is a promise.
 */
final class ReturningTest {
  private final Bench bench = Bench.handinger(3).explaining();
  private final String worker = bench.simulator().handinger().workerIds().get(0);
  private final String task = bench.taskIds().get(0);

  @AfterEach
  void stop() {
    bench.close();
  }

  private HandingerTask newest() {
    List<HandingerTask> tasks = bench.simulator().handinger().tasks();
    return tasks.get(tasks.size() - 1);
  }

  private String insert(String returning) {
    return "INSERT INTO tasks (worker_id, input) VALUES ('"
        + worker
        + "', 'Say hi') RETURNING "
        + returning;
  }

  /** GET is /api/tasks/{id} of the new task. The answer lacks the credits since July 2026. */
  @ParameterizedTest
  @CsvSource({
    "id, 0, 0",
    "'id, output_text, structured_output', 0, 0",
    "'worker_id, input, budget, files', 0, 0",
    "duration_ms, 0, 0",
    "credits, 0, 1",
    "'output_text, credits', 0, 1",
    "status, 1, 1",
    "'id, output_text, status, credits, turn_count', 1, 1",
    "*, 1, 1",
  })
  void readsOfATask(String returning, int legacyReads, int reads) {
    for (Shape shape : Shape.values()) {
      bench.simulator().handinger().shape(shape);
      Bench.Result result = bench.sql(insert(returning)).rows().hasRows(1);
      List<String> sent = result.requests().stream().map(r -> r.line()).toList();
      String read = "GET /api/tasks/" + newest().id();
      boolean isRead = (shape == Shape.LEGACY ? legacyReads : reads) == 1;
      assertThat(sent)
          .as("%s of %s", returning, shape)
          .isEqualTo(isRead ? List.of("POST /api/tasks", read) : List.of("POST /api/tasks"));
    }
  }

  @Test
  void theRowOfATask() {
    bench
        .sql(insert("output_text AS answer, tasks.\"STATUS\", credits, turn_count, title, input"))
        .rows()
        .is("Done: Say hi | completed | " + newest().credits() + " | 1 | Say hi | Say hi");
    bench
        .sql(insert("id, worker_id, duration_ms, output_text, structured_output"))
        .rows()
        .is(newest().id() + " | " + worker + " | 0 | Done: Say hi | null");
  }

  @Test
  void structuredOutput() {
    bench.simulator().handinger().runStructuredOutput("{\"rain\":true}");
    bench.sql(insert("structured_output, output_text")).rows().is("{\"rain\":true} | Done: Say hi");
  }

  /** A star stands for the columns of the table, as in a query; input is what was given. */
  @Test
  void allColumns() {
    String row = bench.sql(insert("*")).rows().rows().get(0);
    String read = bench.sql("SELECT * FROM tasks WHERE id = ?", newest().id()).rows().rows().get(0);
    assertThat(row).isEqualTo(read.replaceFirst("null \\| null \\| null$", "Say hi | null | null"));
  }

  @Test
  void manyRowsInTheirOrder() {
    bench
        .sql(
            "INSERT INTO tasks (worker_id, input) SELECT ?, v FROM (VALUES ('a'), ('b'), ('c'),"
                + " ('d'), ('e'), ('f')) AS t(v) ORDER BY v DESC RETURNING input, output_text",
            worker)
        .rows()
        .is(
            "f | Done: f",
            "e | Done: e",
            "d | Done: d",
            "c | Done: c",
            "b | Done: b",
            "a | Done: a")
        .sent(6);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void aTurn(Shape shape) {
    bench.simulator().handinger().shape(shape);
    bench
        .sql(
            "INSERT INTO turns (task_id, input) VALUES (?, 'And now?') RETURNING task_id, input,"
                + " output_text, structured_output",
            task)
        .rows()
        .is(task + " | And now? | Done: And now? | null")
        .sent("GET /api/tasks/" + task, "POST /api/tasks");
    Bench.Result all =
        bench
            .sql("INSERT INTO turns (task_id, input) VALUES (?, 'Thanks') RETURNING *", task)
            .rows()
            .sent(3);
    List<String> rows =
        bench.sql("SELECT * FROM turns WHERE task_id = ? ORDER BY seq", task).rows().rows();
    assertThat(all.rows()).containsExactly(rows.get(rows.size() - 1));
  }

  @Test
  void whatIsArchived() {
    List<String> ids = bench.taskIds().subList(1, 3);
    String in = " WHERE id IN ('" + String.join("', '", ids) + "', 'tsk_nobody')";
    bench
        .sql("DELETE FROM tasks WHERE id = ? RETURNING id AS gone", ids.get(0))
        .rows()
        .is(ids.get(0))
        .sent("DELETE /api/tasks/" + ids.get(0));
    bench
        .sql("DELETE FROM tasks AS t" + in + " RETURNING t.id, t.worker_id")
        .rows()
        .isInAnyOrder(
            ids.stream()
                .map(id -> id + " | " + bench.simulator().handinger().task(id).get().workerId())
                .toArray(String[]::new))
        .sent(3 + 2);
  }

  @Test
  void explained() {
    String three =
        insert("id, output_text").replace(" RETURNING", ", ('w', 'b'), ('w', 'c') RETURNING");
    assertThat(bench.sql(three).explain())
        .startsWith(
            "Insert into handinger.tasks returning id, output_text\n"
                + "  POST /api/tasks x 3 (exact)\n")
        .doesNotContain("GET");
    assertThat(bench.sql(three.replace("output_text", "status")).explain())
        .contains("POST /api/tasks x 3 (exact)\n  GET /api/tasks/{id} x 3 (exact)");
    assertThat(bench.sql(three.replace("output_text", "credits")).explain())
        .contains("POST /api/tasks x 3 (exact)\n  GET /api/tasks/{id} x 3 (at most)");
    assertThat(
            bench
                .sql("INSERT INTO turns (task_id, input) VALUES ('t', 'x') RETURNING output_text")
                .explain())
        .contains("GET /api/tasks/{id} x 1 (exact)\n  POST /api/tasks x 1 (exact)");
  }

  /** The readings are in the budget: what certainly does not suffice is not begun. */
  @Test
  void theBudgetCountsTheReadings() {
    bench.connect(Map.of("maxRequests", "1"));
    bench.sql(insert("id, status")).refused(ErrorKind.BUDGET);
    bench.sql(insert("id, output_text")).rows().hasRows(1).sent(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO tasks (input) VALUES ('x') RETURNING",
        "INSERT INTO tasks (input) VALUES ('x') RETURNING id,",
        "INSERT INTO tasks (input) VALUES ('x') RETURNING id AS",
        "INSERT INTO tasks (input) VALUES ('x') RETURNING UPPER(id)",
        "INSERT INTO tasks (input) VALUES ('x') RETURNING id || 'a'",
        "INSERT INTO tasks (input) VALUES ('x') RETURNING 1",
        "INSERT INTO tasks (input) VALUES ('x') RETURNING ?",
        "INSERT INTO tasks (input) VALUES ('x') RETURNING nothing",
        "INSERT INTO tasks (input) VALUES ('x') RETURNING turns.id",
        "DELETE FROM tasks WHERE id = 'x' RETURNING output_text",
        "SELECT id FROM tasks RETURNING id",
      })
  void whatCannotBeReturned(String sql) {
    ErrorKind kind =
        sql.contains("nothing") || sql.endsWith("output_text")
            ? ErrorKind.UNKNOWN_COLUMN
            : sql.contains("turns.id")
                ? ErrorKind.UNKNOWN_TABLE
                : sql.startsWith("SELECT") || sql.matches(".*(RETURNING|,|AS)$")
                    ? ErrorKind.SYNTAX
                    : ErrorKind.UNSUPPORTED;
    bench.sql(sql).refused(kind);
  }
}
