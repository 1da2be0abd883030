package dev.turntable.plan.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.PreparedSql;
import dev.turntable.plan.Bench;
import dev.turntable.plan.statement.QuerySql;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.source.StatementScope;
import dev.turntable.text.SqlStatement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that differ in the values of their conditions only share a plan, and nothing else. */
final class TemplateTest {
  private static Bench bench;

  @BeforeAll
  static void start() {
    bench = Bench.handinger(SimulatorOptions.builder().tasks(12).turns(1, 3).build());
    bench.connect(
        Map.of("taskIds", String.join(",", bench.taskIds()), "maxConcurrentRequests", "1"));
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "SELECT COUNT(*) FROM tasks WHERE status = $A$; 'completed'; 'error'",
        "SELECT COUNT(*), 'x' FROM tasks WHERE status <> $A$; 'it''s'; ''",
        "SELECT status, COUNT(*) FROM tasks WHERE credits > $A$ GROUP BY status ORDER BY 1; 10; 50",
        "SELECT id FROM tasks WHERE credits >= $A$ AND title IS NOT NULL OR id = 'x' ORDER BY id; 1; 2",
        "SELECT SUM(u.seq) FROM turns u WHERE u.seq <= $A$; 0; 1",
        "SELECT title FROM tasks WHERE status = $A$ AND duration_ms < 999999999 ORDER BY id LIMIT 3;"
            + " 'completed'; 'error'",
      })
  void twoValuesGiveTheirOwnRows(String sql, String first, String second) {
    for (String value : List.of(first, second, first)) {
      String text = sql.replace("$A$", value);
      assertThat(plan(text)).as(text).isInstanceOf(TemplateQuery.class);
      Bench.Result shared = bench.sql(text).rows();
      Bench.Result alone = bench.sql("/* alone */ " + text).rows();
      assertThat(shared.rows()).as(text).isEqualTo(alone.rows());
      assertThat(shared.requests()).as(text).hasSameSizeAs(alone.requests());
    }
  }

  @Test
  void onePlanServesBoth() {
    TemplateQuery one = (TemplateQuery) plan("SELECT COUNT(*) FROM tasks WHERE status = 'a'");
    TemplateQuery two = (TemplateQuery) plan("SELECT COUNT(*) FROM tasks WHERE status = 'b'");

    assertThat(two.template()).isSameAs(one.template());
    assertThat(two.values()).containsExactly("b");
    assertThat(two.parameters()).isEmpty();
    assertThat(two.columns()).isEqualTo(plan("SELECT COUNT(*) FROM tasks").columns());
  }

  /** The values decide what a plan may leave out, or which types it has. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT(*) FROM tasks WHERE created_at > '2026-01-01'",
        "SELECT COUNT(*) FROM tasks WHERE credits = '5'",
        "SELECT COUNT(*) FROM tasks WHERE title = 5",
        "SELECT COUNT(*) FROM tasks WHERE credits > 12345678901234567890",
        "SELECT COUNT(*) FROM tasks t JOIN turns u ON u.task_id = t.id WHERE t.status = 'error'",
        "SELECT (SELECT COUNT(*) FROM turns) FROM tasks WHERE status = 'error'",
      })
  void plansThatAreNotShared(String sql) {
    assertThat(plan(sql)).isInstanceOf(QuerySql.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT(*) FROM tasks",
        "SELECT COUNT(*) FROM tasks WHERE status = 'a' AND status = 'b'",
        "SELECT COUNT(*) FROM tasks WHERE status = 'a' OR LOWER(status) = 'b'",
        "SELECT COUNT(*) FROM tasks WHERE status = ? AND title = 'a'",
        "SELECT COUNT(*) FROM tasks WHERE NOT status = 'a'",
        "SELECT COUNT(*) FROM tasks WHERE (status = 'a')",
        "SELECT COUNT(*) FROM tasks WHERE 1 = 1",
        "SELECT COUNT(*) FROM tasks WHERE status = 'a' || 'b'",
        "SELECT COUNT(*) FROM tasks WHERE credits = 5 + 1",
        "SELECT COUNT(*) FROM tasks WHERE credits = -5",
        "SELECT COUNT(*) FROM tasks WHERE credits = 5.0",
        "SELECT COUNT(*) FROM tasks WHERE credits + 1 = 5",
        "SELECT COUNT(*) FROM tasks WHERE status = N'a'",
        "SELECT COUNT(*) FROM tasks WHERE status = {fn UCASE('a')}",
        "SELECT COUNT(*) FROM tasks WHERE status LIKE 'a'",
        "SELECT COUNT(*) FROM tasks WHERE status IN ('a', 'b')",
        "SELECT status = 'a' FROM tasks WHERE id IN ('a')",
        "WITH x AS (SELECT * FROM tasks) SELECT COUNT(*) FROM x WHERE status = 'a'",
        "DELETE FROM tasks WHERE id = 'a'",
        "EXPLAIN PLAN FOR SELECT COUNT(*) FROM tasks WHERE status = 'a'",
        "SELECT COUNT(*) FROM tasks -- WHERE status = 'a'",
      })
  void statementsWithoutTemplate(String sql) {
    assertThat(Template.of(SqlStatement.of(sql))).isNull();
  }

  @Test
  void everyTermCounts() {
    assertThat(
            Template.of(
                SqlStatement.of(
                    "SELECT 'a', 5 FROM t WHERE \"x\" = 'it''s' AND t.y<>5 or z >=7 AND a IN ('b')"
                        + " GROUP BY b HAVING c = 'd' ORDER BY 1")))
        .isEqualTo(
            new Template(
                "SELECT 'a', 5 FROM t WHERE \"x\" = ? AND t.y<>? or z >=? AND a IN ('b')"
                    + " GROUP BY b HAVING c = 'd' ORDER BY 1",
                List.of("it's", 5L, 7L)));
  }

  private static PreparedSql plan(String sql) {
    try (StatementScope scope = bench.engine().newStatement(sql, Duration.ZERO)) {
      return bench.engine().prepare(sql, bench.engine().defaultSchema(), scope);
    }
  }
}
