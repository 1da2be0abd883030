package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that the store answers whole, without a request. */
final class WholeStatementsTest {
  private static final String BY_WORKER =
      "SELECT worker_id, status, COUNT(*), SUM(credits) FROM tasks GROUP BY 1, 2";

  private final Bench bench =
      Bench.handinger(SimulatorOptions.builder().tasks(60).turns(1, 4).workers(3).build());

  @TempDir Path temp;

  @BeforeEach
  void fill() {
    bench.store(
        temp.resolve("store"), "maxAge", "3600", "taskIds", String.join(",", bench.taskIds()));
    bench.sql("SELECT * FROM tasks").rows();
    bench.sql("SELECT * FROM turns").rows();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** Returns whether the store answers a statement whole. */
  private boolean isWhole(String sql, Object... parameters) {
    try (StatementScope scope = bench.engine().newStatement(sql, Duration.ZERO)) {
      PreparedSql prepared = bench.engine().prepare(sql, bench.engine().defaultSchema(), scope);
      try (RowCursor cursor = prepared.query(List.of(parameters), 0, scope)) {
        while (cursor.next()) {
          cursor.value(0);
        }
      }
      assertThat(scope.requestCount()).as(sql).isZero();
      return scope.isAnsweredWhole();
    }
  }

  private List<String> byOperators(String sql) {
    System.setProperty("turntable.operatorsOnly", "true");
    try {
      return bench.sql(sql).rows().rows();
    } finally {
      System.clearProperty("turntable.operatorsOnly");
    }
  }

  @Test
  void groupsAreCountedThere() {
    assertThat(isWhole(BY_WORKER)).isTrue();
    List<String> rows = bench.sql(BY_WORKER).rows().sent(0).rows();
    assertThat(rows).hasSize(16).containsExactlyInAnyOrderElementsOf(byOperators(BY_WORKER));
  }

  @Test
  void explainTellsThatTheStatementIsTheStores() {
    assertThat(bench.sql(BY_WORKER).explain())
        .startsWith("store: whole statement, age at most ")
        .contains("known ids only", "\n  Scan handinger.tasks")
        .doesNotContain("GET");
  }

  @Test
  void everyKindOfNodeIsTheStores() {
    String id = bench.taskIds().get(3);
    for (String sql :
        List.of(
            "SELECT id, title FROM tasks WHERE id = '" + id + "'",
            "SELECT id FROM tasks WHERE status <> 'error' ORDER BY credits DESC, id LIMIT 5 OFFSET 2",
            "SELECT t.status, COUNT(DISTINCT u.id) FROM tasks t JOIN turns u ON u.task_id = t.id GROUP BY"
                + " ROLLUP (t.status)",
            "SELECT t.id, u.seq FROM tasks t LEFT JOIN turns u ON u.task_id = t.id AND u.seq > 2",
            "SELECT id FROM tasks WHERE id IN (SELECT task_id FROM turns WHERE seq = 3)",
            "SELECT id FROM tasks t WHERE NOT EXISTS (SELECT 1 FROM turns u WHERE u.task_id = t.id AND"
                + " u.seq > 1)",
            "SELECT status FROM tasks UNION SELECT status FROM turns",
            "SELECT worker_id FROM tasks EXCEPT ALL SELECT worker_id FROM tasks WHERE credits > 100",
            "SELECT id, RANK() OVER (PARTITION BY worker_id ORDER BY credits DESC, id) FROM tasks",
            "SELECT FLOOR(created_at TO DAY), AVG(credits) FROM tasks GROUP BY 1",
            "SELECT MAX(title), MIN(created_at), SUM(credits) FILTER (WHERE status = 'completed') FROM"
                + " tasks")) {
      assertThat(isWhole(sql)).as(sql).isTrue();
      assertThat(bench.sql(sql).rows().sent(0).rows())
          .as(sql)
          .containsExactlyInAnyOrderElementsOf(byOperators(sql));
    }
  }

  @Test
  void parametersAndTheTimeOfTheRunGoAlong() {
    String sql =
        "SELECT COUNT(*) FROM tasks WHERE status = ? AND created_at < CURRENT_TIMESTAMP - INTERVAL '1'"
            + " DAY";
    assertThat(isWhole(sql, "completed")).isTrue();
    assertThat(bench.sql(sql, "completed").rows().rows())
        .isNotEqualTo(bench.sql(sql, "it's").rows().rows());
    assertThat(bench.sql(sql, "it's").rows().rows()).isEqualTo(List.of("0"));
    assertThat(bench.sql(sql, "half \ud83d").rows().rows()).isEqualTo(List.of("0"));
  }

  /** A value that would come out otherwise there is left to the operators, and so is an error. */
  @Test
  void whatTheStoreCannotComputeTheOperatorsDo() {
    assertThat(isWhole("SELECT UPPER(status) FROM tasks")).isTrue();
    assertThat(isWhole("SELECT UPPER(title) FROM tasks")).isFalse();
    assertThatThrownBy(() -> bench.sql("SELECT 1 / (credits - credits) FROM tasks").rows())
        .isInstanceOf(TurntableException.class)
        .hasMessageContaining("zero");
  }

  @Test
  void warningsAreThoseOfAReading() {
    List<String> warnings = bench.sql(BY_WORKER).rows().warnings();
    System.setProperty("turntable.operatorsOnly", "true");
    try {
      assertThat(warnings).isEqualTo(bench.sql(BY_WORKER).rows().warnings()).hasSize(2);
    } finally {
      System.clearProperty("turntable.operatorsOnly");
    }
  }

  @Test
  void aKeyThatTheStoreDoesNotHaveIsAskedFor() {
    String sql =
        "SELECT COUNT(*) FROM tasks WHERE id IN ('" + bench.taskIds().get(0) + "', 'tsk_none')";
    assertThat(bench.sql(sql).rows().sent(1).rows()).isEqualTo(List.of("1"));
  }

  @Test
  void whatTheStoreIsAskedIsShown() {
    List<String> lines =
        bench.sql("EXPLAIN (STORE) SELECT title FROM tasks WHERE status = 'it''s'").rows().rows();
    assertThat(String.join("\n", lines))
        .contains("-- s0: the rows of handinger.tasks that the store has", "= 'it''s'")
        .doesNotContain("account");
    assertThat(bench.sql("EXPLAIN (STORE) SELECT SOUNDEX(title) FROM tasks").rows().rows())
        .isEqualTo(List.of("not for the store: SOUNDEX of [VARCHAR]"));
  }

  @Test
  void whatIsTooOldIsAskedForAsEver() {
    bench.store(temp.resolve("store"), "taskIds", String.join(",", bench.taskIds()));
    assertThat(bench.sql(BY_WORKER).explain()).doesNotContain("whole").contains("GET");
    bench.sql(BY_WORKER).rows().sent(bench.taskIds().size());
  }

  /** A guard repeats what it guards: each level of these would make the text three times as long. */
  @Test
  void guardsInGuardsAreLeftToTheOperators() {
    String sql = "SELECT " + "UPPER(".repeat(30) + "title" + ")".repeat(30) + " FROM tasks";
    assertThat(isWhole(sql)).isFalse();
    assertThat(bench.sql(sql).rows().rows())
        .containsExactlyInAnyOrderElementsOf(
            bench.sql("SELECT UPPER(title) FROM tasks").rows().rows());
  }
}
