package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.rightbrain.RightbrainState;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.source.ErrorKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** INSERT runs a task, once, whatever happens. */
final class RightbrainWritesTest {
  private Bench bench;
  private String task;

  @BeforeEach
  void start() {
    bench = Bench.rightbrain(RightbrainOptions.builder().runsPerTask(10).build());
    task = state().taskId("Task-1");
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private RightbrainState state() {
    return bench.simulator().rightbrain();
  }

  private static String insert(String input) {
    return "INSERT INTO task_runs (task_id, input) VALUES (?, '" + input + "')";
  }

  private static final String INPUT = "{\"text\": \"a\", \"reader\": \"me\"}";

  @Test
  void oneRun() {
    Bench.Result result = bench.sql(insert(INPUT), task).update().sent(1);
    assertThat(result.count()).isEqualTo(1);
    assertThat(result.keys()).hasSize(1);
    String id = result.keys().get(0).get(0).toString();
    assertThat(state().runIds(task)).hasSize(11).first().isEqualTo(id);
    bench
        .sql("SELECT input, status FROM task_runs WHERE id = ? AND task_id = ?", id, task)
        .rows()
        .is("{\"text\":\"a\",\"reader\":\"me\"} | success");
  }

  @Test
  void everythingThatCanBeGiven() {
    String revision = state().revisionIds(task).get(3);
    Bench.Result result =
        bench
            .sql(
                "INSERT INTO task_runs (task_id, input, task_revision_id, reference, context_id,"
                    + " reporting_group) VALUES (?, '{\"text\": 1.50}', ?, 'ORD-1', 'c', 'Q 3')",
                task,
                revision)
            .update()
            .sent(1);
    assertThat(result.requests().get(0).target())
        .contains("revision_id=" + revision)
        .containsAnyOf("reporting_group=Q%203", "reporting_group=Q+3")
        .doesNotContain("fallback");
    assertThat(result.requests().get(0).body())
        .contains("\"task_input\":{\"text\": 1.50}")
        .contains(
            "\"reference\":\"ORD-1\"", "\"task_reference\":\"ORD-1\"", "\"context_id\":\"c\"");
    bench
        .sql(
            "SELECT task_revision_id, reference, context_id, JSON_VALUE(reporting_group, '$.name')"
                + " FROM task_runs WHERE task_id = ? LIMIT 1",
            task)
        .rows()
        .is(revision + " | ORD-1 | c | Q 3");
  }

  @Test
  void theFallbackModel() {
    String sql =
        "INSERT INTO task_runs (task_id, input, use_fallback_model) VALUES (?, '" + INPUT + "', ";
    assertThat(bench.sql(sql + "TRUE)", task).update().requests().get(0).target())
        .contains("use_fallback_model=true");
    assertThat(bench.sql(sql + "FALSE)", task).update().requests().get(0).target())
        .doesNotContain("fallback");
  }

  @Test
  void aRunThatFailsIsARow() {
    state().switches().failRuns(input -> input.contains("bad"));
    Bench.Result result =
        bench.sql(insert("{\"text\": \"bad\", \"reader\": \"x\"}"), task).update().sent(1);
    assertThat(result.count()).isEqualTo(1);
    assertThat(result.warnings())
        .singleElement()
        .asString()
        .contains("failed", result.keys().get(0).get(0).toString());
    bench.sql("SELECT is_error FROM task_runs WHERE task_id = ? LIMIT 1", task).rows().is("true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "{", "{} {}", "\"text\"", "{a: 1}"})
  void inputsThatAreNoObject(String input) {
    assertThat(bench.sql(insert(input), task).refused(ErrorKind.BAD_VALUE))
        .hasMessageContaining("JSON object");
  }

  @Test
  void valuesThatCannotBe() {
    bench.sql(insert(INPUT), "no uuid").refused(ErrorKind.BAD_VALUE);
    bench.sql("INSERT INTO task_runs (input) VALUES ('{}')").refused(ErrorKind.MISSING_VALUE);
    bench.sql("INSERT INTO task_runs (task_id) VALUES (?)", task).refused(ErrorKind.MISSING_VALUE);
    bench
        .sql(
            "INSERT INTO task_runs (task_id, input, reference) VALUES (?, '{}', ?)",
            task,
            "x".repeat(65))
        .refused(ErrorKind.BAD_VALUE);
    bench.sql("INSERT INTO tasks (name) VALUES ('x')").refused(ErrorKind.UNSUPPORTED);
    bench.sql("DELETE FROM task_runs WHERE id = 'x'").refused(ErrorKind.UNSUPPORTED);
    bench.connect(Map.of("readOnly", "true"));
    bench.sql(insert(INPUT), task).refused(ErrorKind.READ_ONLY);
    assertThat(state().runs()).isZero();
  }

  @Test
  void whatTheServiceRefuses() {
    String none = state().revisionIds(task).get(0);
    bench.sql(insert(INPUT), none).fails(ErrorKind.UNKNOWN_PARENT);
    bench.sql(insert("{}"), task).fails(ErrorKind.BAD_VALUE);
    state().disableTask(task);
    bench.sql(insert(INPUT), task).fails(ErrorKind.BAD_VALUE);
    assertThat(state().runs()).isZero();
  }

  @Test
  void neverTwice() {
    Fault nothing = Fault.answer(200, Map.of("Content-Type", "application/json"), "{}");
    for (Fault fault :
        List.of(Fault.afterActing(Fault.cutBeforeHeaders()), Fault.status(503), nothing)) {
      int before = state().runs();
      bench.simulator().faults(FaultRule.when(r -> r.method().equals("POST"), fault));
      assertThat(bench.sql(insert(INPUT), task).fails(ErrorKind.OUTCOME_UNKNOWN))
          .hasMessageContaining(task)
          .hasMessageContaining("look for the run")
          .hasNoCause();
      assertThat(bench.simulator().requests()).hasSize(1);
      assertThat(state().runs()).isLessThanOrEqualTo(before + 1);
      bench.simulator().faults(FaultRule.none());
    }
  }

  /** The answer to the POST holds the whole run: whatever is returned of it, nothing is read. */
  @Test
  void whatIsReturnedOfARunIsNotRead() {
    String row = bench.sql(insert(INPUT) + " RETURNING *", task).rows().sent(1).rows().get(0);
    bench.sql("SELECT * FROM task_runs WHERE task_id = ? LIMIT 1", task).rows().is(row);
    bench
        .sql(
            "INSERT INTO task_runs (task_id, input, reference, use_fallback_model) VALUES (?, '"
                + INPUT
                + "', 'R 1', FALSE) RETURNING reference, input, use_fallback_model, status",
            task)
        .rows()
        .is("R 1 | {\"text\":\"a\",\"reader\":\"me\"} | false | success")
        .sent(1);
  }

  @Test
  void theSameOfATypedTable() {
    String insert = "INSERT INTO rightbrain_runs.\"Task-2\" (text) VALUES ('x') RETURNING ";
    String row = bench.sql(insert + "*").rows().sent(2).rows().get(0); // the list of tasks, the run
    bench.sql("SELECT * FROM rightbrain_runs.\"Task-2\" LIMIT 1").rows().is(row);
    bench.sql(insert + "text AS given, status").rows().is("x | success").sent(1);
    assertThat(bench.sql(insert + "text, charged_credits").explain())
        .startsWith(
            "Insert into rightbrain_runs.Task-2 returning text, charged_credits\n"
                + "  POST .../task/{task_id}/run x 1 (exact)\n");
  }

  @Test
  void aTaskOverAWholeResult() {
    Bench.Result result =
        bench
            .sql(
                "INSERT INTO rightbrain_runs.\"Task-2\" (text) SELECT id FROM task_runs WHERE task_id"
                    + " = ?",
                task)
            .update();
    assertThat(result.count()).isEqualTo(10);
    assertThat(result.keys()).hasSize(10);
    assertThat(state().runs()).isEqualTo(10);
  }
}
