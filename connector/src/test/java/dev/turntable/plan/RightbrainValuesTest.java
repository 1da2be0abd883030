package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.Moshi;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.rightbrain.RightbrainState;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows are what the service answers, field by field. */
final class RightbrainValuesTest {
  private Bench bench;

  @BeforeEach
  void start() {
    start(RightbrainOptions.builder().tasks(3).runsPerTask(90).oldRecords(true).build());
  }

  private void start(RightbrainOptions options) {
    bench = Bench.rightbrain(options);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void runs() throws Exception {
    String task = state().taskId("Task-1");
    int fields = 0;
    for (Map<String, Object> run : results("task/" + task + "/run")) {
      List<String> row =
          List.of(
              bench
                  .sql(
                      "SELECT task_revision_id, is_error, llm_retries, used_fallback_model,"
                          + " total_tokens, charged_credits, llm_call_timing,"
                          + " input_processor_timing, reference, context_id, reporting_group_id,"
                          + " status, user_id, JSON_VALUE(reporting_group, '$.name'),"
                          + " input IS JSON OBJECT FROM task_runs WHERE id = ? AND task_id = ?",
                      run.get("id"),
                      task)
                  .rows()
                  .rows()
                  .get(0)
                  .split(" \\| ", -1));
      boolean error = Boolean.TRUE.equals(run.get("is_error"));
      Map<?, ?> group = (Map<?, ?>) run.get("reporting_group");
      assertThat(row)
          .containsExactly(
              text(run.get("task_revision_id")),
              String.valueOf(error),
              whole(run.getOrDefault("llm_retries", 0.0) == null ? 0.0 : run.get("llm_retries")),
              String.valueOf(Boolean.TRUE.equals(run.get("used_fallback_model"))),
              whole(run.get("total_tokens")),
              credits(run.get("charged_credits")),
              text(run.get("llm_call_timing")),
              text(run.get("input_processor_timing")),
              text(run.get("reference")),
              text(run.get("context_id")),
              text(run.get("reporting_group_id")),
              error ? "error" : "success",
              text(run.get("user_id")),
              text(group == null ? null : group.get("name")),
              "true");
      fields += row.size();
    }
    assertThat(fields).isEqualTo(90 * 15);
  }

  private static String text(Object value) {
    return String.valueOf(value);
  }

  private static String whole(Object number) {
    return number == null ? "0" : String.valueOf(((Double) number).longValue());
  }

  private static String credits(Object text) {
    return text == null ? "null" : new BigDecimal((String) text).setScale(6).toString();
  }

  @Test
  void jsonIsKeptAsItCame() throws Exception {
    String task = state().taskId("Task-3");
    Map<String, Object> run = results("task/" + task + "/run?status=success").get(0);
    bench
        .sql("SELECT response FROM task_runs WHERE task_id = ? AND id = ?", task, run.get("id"))
        .rows()
        .is("\"" + run.get("response") + "\"");
    assertThat(
            bench
                .sql(
                    "SELECT run_data FROM task_runs WHERE task_id = ? AND id = ?",
                    task,
                    run.get("id"))
                .rows()
                .rows()
                .get(0))
        .startsWith("{\"submitted\":{");
  }

  @Test
  void tasksAndRevisions() throws Exception {
    String token = "eyJhbGciOi.";
    Bench.Result tasks = bench.sql("SELECT * FROM tasks").rows().hasRows(3);
    assertThat(tasks.rows()).noneMatch(row -> row.contains(token));
    assertThat(raw("task")).contains(token);
    bench
        .sql(
            "SELECT t.name, COUNT(*), SUM(v.weight), COUNT(v.weight) FROM tasks t JOIN"
                + " task_revisions v ON v.task_id = t.id GROUP BY t.name")
        .rows()
        .isInAnyOrder("Task-1 | 4 | 1.0 | 2", "Task-2 | 1 | 1.0 | 1", "Task-3 | 1 | 1.0 | 1");
    bench.sql("SELECT COUNT(*) FROM task_revisions WHERE test AND weight IS NULL").rows().is("1");
    bench.sql("SELECT name FROM tasks WHERE name = 'task-1'").rows().hasRows(0);
    bench.sql("SELECT public, enabled FROM tasks WHERE name = 'Task-1'").rows().is("false | true");
  }

  /** The service's own sums over the same runs. */
  @Test
  void reports() {
    String task = state().taskId("Task-1");
    String sums =
        bench
            .sql(
                "SELECT COUNT(*), SUM(total_tokens), SUM(charged_credits) FROM task_runs"
                    + " WHERE task_id = ?",
                task)
            .rows()
            .rows()
            .get(0);
    String tokens =
        bench
            .sql(
                "SELECT SUM(task_runs), SUM(total_tokens) FROM token_report WHERE task_id = ?",
                task)
            .rows()
            .rows()
            .get(0);
    String credits =
        bench
            .sql("SELECT SUM(total_credits) FROM credit_report WHERE task_id = ?", task)
            .rows()
            .rows()
            .get(0);
    assertThat(sums).isEqualTo(tokens + " | " + credits);
    bench
        .sql(
            "SELECT COUNT(DISTINCT reporting_group) FROM token_report WHERE task_id = ? AND"
                + " show_reporting_group",
            task)
        .rows()
        .is("3")
        .sent(1);
    bench
        .sql(
            "SELECT SUM(task_runs) FROM timing_report WHERE task_id = ? AND aggregation = 'day' AND"
                + " range_start >= TIMESTAMP '2026-01-01 00:00:00'",
            task)
        .rows()
        .is("90")
        .sent(1);
    bench
        .sql(
            "SELECT DISTINCT aggregation, status FROM usage_report WHERE task_id = ? AND aggregation"
                + " IN ('day', 'week') AND status IN ('SUCCESS', 'FAIL')",
            task)
        .rows()
        .sent(4);
  }

  @Test
  void windowsOfReports() {
    String task = state().taskId("Task-1");
    Bench.Result exact =
        bench
            .sql(
                "SELECT range_start, range_end, task_runs FROM token_report WHERE task_id = ? AND"
                    + " range_start = TIMESTAMP '2026-06-01 00:00:00' AND range_end <= TIMESTAMP"
                    + " '2026-07-01 00:00:00'",
                task)
            .rows();
    assertThat(exact.warnings()).isEmpty();
    assertThat(exact.rows()).isNotEmpty();
    assertThat(exact.requests().get(0).target())
        .contains("start_date=2026-06-01T00%3A00%3A00Z", "end_date=2026-07-01T00%3A00%3A00Z");
    Bench.Result cut =
        bench
            .sql(
                "SELECT * FROM credit_report WHERE task_id = ? AND range_start >="
                    + " TIMESTAMP '2025-01-01 00:00:00'",
                task)
            .rows();
    assertThat(cut.warnings()).singleElement().asString().contains("credit_report", "2025-01-01");
    Bench.Result none =
        bench
            .sql(
                "SELECT * FROM usage_report WHERE task_id = ? AND range_start >="
                    + " TIMESTAMP '2026-01-01 00:00:00'",
                task)
            .rows();
    assertThat(none.warnings()).singleElement().asString().contains("no range", "last day");
  }

  private RightbrainState state() {
    return bench.simulator().rightbrain();
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> results(String path) throws Exception {
    Map<String, Object> page = (Map<String, Object>) parsed(raw(path));
    return (List<Map<String, Object>>) page.get("results");
  }

  private static Object parsed(String text) throws IOException {
    return new Moshi.Builder()
        .build()
        .adapter(Object.class)
        .fromJson(JsonReader.of(new Buffer().writeUtf8(text)));
  }

  private String raw(String path) throws Exception {
    String url =
        bench.simulator().rightbrainUrl()
            + "/org/"
            + state().orgId()
            + "/project/"
            + state().projectId()
            + "/"
            + path;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + RightbrainOptions.KEY)
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
