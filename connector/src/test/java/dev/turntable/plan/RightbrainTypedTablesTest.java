package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.rightbrain.RightbrainState;
import dev.turntable.source.StatementScope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every task is a table with a column for each input and output. */
final class RightbrainTypedTablesTest {
  private Bench bench;

  @BeforeEach
  void start() {
    start(RightbrainOptions.builder().runsPerTask(60).build());
  }

  private void start(RightbrainOptions options) {
    bench = Bench.rightbrain(options).explaining();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private List<String> columns(String table) {
    String sql = "SELECT * FROM rightbrain_runs.\"" + table + "\"";
    try (StatementScope scope = bench.engine().newStatement(sql, Duration.ZERO)) {
      return bench.engine().prepare(sql, bench.engine().defaultSchema(), scope).columns().stream()
          .map(ColumnInfo::name)
          .toList();
    }
  }

  @Test
  void columnsOfActiveRevisions() {
    List<String> fixed =
        List.of(
            "id",
            "created",
            "status",
            "charged_credits",
            "input_tokens",
            "output_tokens",
            "total_tokens");
    assertThat(columns("Task-1"))
        .startsWith(fixed.toArray(String[]::new))
        .endsWith(
            "text", "reader", "summary", "score", "share", "useful", "mood", "topics", "source");
    assertThat(columns("Task-2"))
        .endsWith("total_tokens", "text", "output_text", "grade", "certain");
    assertThat(columns("Task-3")).endsWith("person", "subject", "response");
  }

  @Test
  void nothingLoadsTheListButWhatNeedsIt() {
    bench.sql("SELECT id FROM task_runs LIMIT 1").rows().sent(1);
    bench.sql("SELECT 1").rows().sent(0);
    bench.sql("SELECT COUNT(*) FROM rightbrain_runs.\"Task-2\"").rows().is("60").sent(1 + 1);
  }

  @Test
  void values() {
    String task = bench.simulator().rightbrain().taskId("Task-2");
    bench
        .sql(
            "SELECT COUNT(*) FROM rightbrain_runs.\"Task-2\" a JOIN task_runs b ON a.id = b.id WHERE"
                + " b.task_id = ? AND a.status = 'success' AND a.grade ="
                + " CAST(JSON_VALUE(b.response, '$.grade') AS BIGINT) AND a.output_text ="
                + " JSON_VALUE(b.response, '$.text') AND a.text = JSON_VALUE(b.input, '$.text')"
                + " AND a.certain = CAST(JSON_VALUE(b.response, '$.certain') AS BOOLEAN)",
            task)
        .rows()
        .is(succeeded("Task-2"));
    bench
        .sql(
            "SELECT COUNT(*) FROM rightbrain_runs.\"Task-2\" WHERE status = 'error' AND grade IS NULL"
                + " AND output_text IS NULL")
        .rows()
        .is(failed("Task-2"));
    bench
        .sql(
            "SELECT COUNT(*) FROM rightbrain_runs.\"Task-3\" WHERE status = 'success' AND response"
                + " LIKE 'A text about%'")
        .rows()
        .is(succeeded("Task-3"));
  }

  private String succeeded(String task) {
    return count(task, "success");
  }

  private String failed(String task) {
    return count(task, "error");
  }

  private String count(String task, String status) {
    return bench
        .sql(
            "SELECT COUNT(*) FROM task_runs WHERE task_id = ? AND status = ?",
            state().taskId(task),
            status)
        .rows()
        .rows()
        .get(0);
  }

  @Test
  void valuesThatDoNotFitReadAsNull() {
    bench.close();
    start(RightbrainOptions.builder().runsPerTask(60).misfits(3).build());
    Bench.Result result =
        bench.sql("SELECT grade, certain FROM rightbrain_runs.\"Task-2\"").rows().hasRows(60);
    assertThat(result.warnings()).hasSize(2).allMatch(text -> text.contains("declared type"));
    assertThat(result.rows()).anyMatch(row -> row.startsWith("null |"));
    assertThat(bench.sql("SELECT id FROM rightbrain_runs.\"Task-2\"").rows().warnings()).isEmpty();
  }

  @Test
  void predicatesReachTheList() {
    columns("Task-1");
    Bench.Result errors =
        bench
            .sql("SELECT id FROM rightbrain_runs.\"Task-1\" WHERE status = 'error' LIMIT 3")
            .rows()
            .sent(1);
    assertThat(errors.requests().get(0).target()).contains("status=error", "page_limit=3");
    bench
        .sql("SELECT id FROM rightbrain_runs.\"Task-1\" ORDER BY created DESC LIMIT 2")
        .rows()
        .isInAnyOrder(state().runIds(state().taskId("Task-1")).subList(0, 2).toArray(String[]::new))
        .sent(1);
  }

  @Test
  void insertRunsTheTask() {
    Bench.Result result =
        bench
            .sql("INSERT INTO rightbrain_runs.\"Task-1\" (text, reader) VALUES ('a \"b\"', 'me')")
            .update();
    assertThat(result.requests().get(result.requests().size() - 1).body())
        .isEqualTo("{\"task_input\":{\"text\":\"a \\\"b\\\"\",\"reader\":\"me\"}}");
    bench
        .sql("SELECT text, reader FROM rightbrain_runs.\"Task-1\" LIMIT 1")
        .rows()
        .is("a \"b\" | me");
  }

  @Test
  void bothServicesAtOnce() {
    bench.close();
    bench = Bench.both(SimulatorOptions.builder().tasks(5).build()).explaining();
    Bench.Result result =
        bench
            .sql(
                "SELECT d, SUM(h), SUM(r) FROM (SELECT FLOOR(created_at TO DAY) AS d, credits AS h,"
                    + " 0 AS r FROM tasks WHERE id IN (?, ?) UNION ALL SELECT FLOOR(created TO"
                    + " DAY), 0, charged_credits FROM rightbrain.task_runs) c GROUP BY d ORDER BY d",
                bench.taskIds().get(0),
                bench.taskIds().get(1))
            .rows();
    assertThat(result.rows().size()).isGreaterThan(30);
    bench
        .sql("SELECT COUNT(*) FROM rightbrain.tasks r LEFT JOIN tasks h ON h.id = r.id")
        .rows()
        .hasRows(1);
  }

  private RightbrainState state() {
    return bench.simulator().rightbrain();
  }
}
