package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.source.StatementScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a statement DuckDB does with rows of the store: what means the same there, and no more. */
final class StoreSelectionTest {
  private static final String STATUS_AND_TOKENS =
      "SELECT id FROM task_runs WHERE status = 'success' AND input_tokens >= 200 ORDER BY id";

  private final Bench bench =
      Bench.rightbrain(
          RightbrainOptions.builder().tasks(3).runsPerTask(40).span(Duration.ofDays(90)).build());

  @TempDir Path temp;

  @BeforeEach
  void fill() {
    System.setProperty(
        "turntable.operatorsOnly", "true"); // which rows they get is the question here
    bench.store(temp.resolve("store"), "maxAge", "3600");
    bench.sql("SELECT * FROM task_runs").rows().hasRows(120);
    bench.sql("SELECT * FROM tasks").rows().hasRows(3);
  }

  @AfterEach
  void close() {
    System.clearProperty("turntable.operatorsOnly");
    bench.close();
  }

  /** Returns how many rows came out of the store. */
  private long stored(String sql, Object... parameters) {
    try (StatementScope scope = bench.engine().newStatement(sql, Duration.ZERO)) {
      PreparedSql prepared = bench.engine().prepare(sql, bench.engine().defaultSchema(), scope);
      try (RowCursor cursor = prepared.query(List.of(parameters), 0, scope)) {
        while (cursor.next()) {
          cursor.value(0);
        }
      }
      assertThat(scope.requestCount()).as(sql).isZero();
      return scope.storedRows();
    }
  }

  private int count(String where) {
    return bench.sql("SELECT id FROM task_runs WHERE " + where).rows().sent(0).rows().size();
  }

  @Test
  void equalTextsAndComparedIntegersTimesAndTruthValuesAreFilteredThere() {
    for (String where :
        List.of(
            "status = 'error'",
            "status IN ('error', 'none')",
            "input_tokens > 300",
            "input_tokens BETWEEN 100 AND 200 AND NOT is_error",
            "is_error",
            "created >= CURRENT_TIMESTAMP - INTERVAL '20' DAY",
            "created < TIMESTAMP '2020-01-01 00:00:00'")) {
      assertThat(stored("SELECT id FROM task_runs WHERE " + where))
          .as(where)
          .isEqualTo(count(where))
          .isLessThan(120);
    }
  }

  @Test
  void whatMeansSomethingElseThereIsCheckedHere() {
    for (String where :
        List.of("status > 'error'", "UPPER(status) = 'ERROR'", "charged_credits > 0.5")) {
      assertThat(stored("SELECT id FROM task_runs WHERE " + where)).as(where).isEqualTo(120);
    }
    assertThat(stored("SELECT id FROM task_runs WHERE status = 'error' AND id > '5'"))
        .isEqualTo(count("status = 'error'"));
  }

  @Test
  void aLimitStopsThereWhereNothingIsLeftToCheck() {
    assertThat(stored("SELECT id FROM task_runs WHERE NOT is_error LIMIT 7")).isEqualTo(7);
    assertThat(stored("SELECT id FROM task_runs LIMIT 7 OFFSET 3")).isEqualTo(10);
    assertThat(stored("SELECT id FROM task_runs WHERE id > '5' LIMIT 2")).isEqualTo(120);
    String task = bench.simulator().rightbrain().taskIds().get(0);
    String newest = " FROM task_runs WHERE task_id = '" + task + "' ORDER BY created DESC LIMIT 5";
    assertThat(bench.sql("SELECT id" + newest).rows().rows())
        .isEqualTo(bench.sql("SELECT id || ''" + newest).rows().rows());
  }

  @Test
  void theFirstRowsInOrderAreFoundThere() {
    String tokens =
        "SELECT id, input_tokens FROM task_runs ORDER BY input_tokens DESC, created LIMIT 7";
    assertThat(stored(tokens)).isEqualTo(7);
    assertThat(bench.sql(tokens).rows().rows())
        .isEqualTo(bench.sql(tokens.replace("DESC, created", "+ 0 DESC, created")).rows().rows());
    assertThat(bench.sql(tokens).explain())
        .contains("in the store: order by input_tokens DESC, created, limit 7");
    assertThat(stored("SELECT created FROM task_runs WHERE is_error ORDER BY 1 LIMIT 2 OFFSET 3"))
        .isEqualTo(5);

    assertThat(stored("SELECT id FROM task_runs ORDER BY status, id LIMIT 3")).isEqualTo(120);
    assertThat(stored("SELECT id FROM task_runs WHERE id > '5' ORDER BY created LIMIT 3"))
        .isEqualTo(120);
  }

  @Test
  void explainTellsWhatIsDoneThereAndWhatIsCheckedHere() {
    assertThat(bench.sql(STATUS_AND_TOKENS).explain())
        .contains(
            "store: 120 rows, age at most",
            "in the store: status = 'success' AND input_tokens >= 200")
        .doesNotContain("GET");
    assertThat(bench.sql("SELECT id FROM task_runs WHERE is_error AND id > '5' LIMIT 3").explain())
        .contains("in the store: is_error = true\n", "local: id > '5'");
    assertThat(bench.sql("SELECT id FROM task_runs WHERE is_error LIMIT 3").explain())
        .contains("in the store: is_error = true, limit 3");
  }

  /** Texts that SQL writes in a way of its own, and that DuckDB does not hold. */
  @Test
  void textsAreHandedOverAsTheyAre() {
    assertThat(stored("SELECT id FROM task_runs WHERE status = ?", "error' OR '1'='1")).isZero();
    assertThat(stored("SELECT id FROM task_runs WHERE status = ?", "error\u0000")).isZero();
    assertThat(stored("SELECT id FROM task_runs WHERE status = ?", "\ud83d")).isZero();
  }

  @Test
  void theAnswerIsTheSameAsWhereAllIsCheckedHere() {
    List<String> conditions =
        List.of(
            "status = 'error'",
            "input_tokens <> 200",
            "input_tokens > 250.5",
            "input_tokens IN (100, 200, 250.5)",
            "input_tokens = 200 OR status = 'error'",
            "is_error = FALSE AND input_tokens < 300",
            "is_error IS NULL",
            "reference IS NOT NULL AND status = 'success'",
            "reference = ''",
            "created > TIMESTAMP '2026-10-01 00:00:00' AND created <= TIMESTAMP '2026-11-01 12:00:00'",
            "created = (SELECT MIN(created) FROM task_runs)",
            "created IN (SELECT created FROM task_runs WHERE is_error)");
    for (String condition : conditions) {
      for (String rest : List.of("", " LIMIT 1000")) {
        String sql = "SELECT id, status, input_tokens, created FROM task_runs WHERE ";
        assertThat(bench.sql(sql + condition + rest).rows().sent(0).rows())
            .as(condition)
            .containsExactlyInAnyOrderElementsOf(
                bench
                    .sql(sql + "CASE WHEN " + condition + " THEN 1 ELSE 0 END = 1" + rest)
                    .rows()
                    .sent(0)
                    .rows());
      }
    }
  }
}
