package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.source.StatementScope;
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
  void whatIsTooOldIsAskedForAsEver() {
    bench.store(temp.resolve("store"), "taskIds", String.join(",", bench.taskIds()));
    assertThat(bench.sql(BY_WORKER).explain()).doesNotContain("whole").contains("GET");
    bench.sql(BY_WORKER).rows().sent(bench.taskIds().size());
  }
}
