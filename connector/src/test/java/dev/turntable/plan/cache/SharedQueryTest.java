package dev.turntable.plan.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.engine.PreparedSql;
import dev.turntable.plan.Bench;
import dev.turntable.plan.statement.QuerySql;
import dev.turntable.plan.statement.SharedQuery;
import dev.turntable.run.Execution;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.server.ReceivedRequest;
import dev.turntable.source.StatementScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statements that differ in literals share a plan where the literals decide nothing but the rows, and
 * nothing else. Parentheses around a statement give it a plan of its own.
 */
final class SharedQueryTest {
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
        "SELECT id FROM tasks WHERE (credits >= $A$ AND title IS NOT NULL OR id = 'x') ORDER BY id; 1; 2",
        "SELECT SUM(u.seq) FROM turns u WHERE $A$ >= u.seq; 0; 1",
        "SELECT title FROM tasks WHERE status = $A$ AND duration_ms < 999999999 ORDER BY id LIMIT 3;"
            + " 'completed'; 'error'",
        "SELECT COUNT(*) FILTER (WHERE status = $A$) AS n, MAX(credits) FROM tasks;"
            + " 'completed'; 'error'",
        "SELECT id FROM tasks WHERE NOT status = $A$ ORDER BY 1; 'completed'; 'error'",
        "SELECT COUNT(*) FROM tasks WHERE status IN ($A$, 'running'); 'completed'; 'error'",
        "SELECT COUNT(*) FROM tasks WHERE id IN ($A$, 'tsk_no') AND title <> 'x'; 'tsk_a'; 'tsk_b'",
        "SELECT COUNT(*) FROM tasks WHERE -credits < 0 AND turn_count > $A$; 1; 2",
        "SELECT status, COUNT(*) FROM tasks WHERE title <> $A$ GROUP BY ROLLUP(status)"
            + " HAVING COUNT(*) > 1 ORDER BY 1; 'a'; 'b'",
      })
  void twoValuesGiveTheirOwnRows(String sql, String first, String second) {
    for (String value : List.of(first, second, first)) {
      same(sql.replace("$A$", value));
    }
    assertThat(plan(sql.replace("$A$", first)).plan())
        .as(sql)
        .isSameAs(plan(sql.replace("$A$", second)).plan());
  }

  /** The same rows, requests, columns and lines of EXPLAIN as by a plan of its own. */
  private static void same(String sql) {
    SharedQuery plan = plan(sql);
    Bench.Result shared = bench.sql(sql).rows();
    Bench.Result alone = bench.sql("(" + sql + ")").rows();
    assertThat(shared.rows()).as(sql).isEqualTo(alone.rows());
    assertThat(lines(shared)).as(sql).isEqualTo(lines(alone));
    PreparedSql own = prepared("(" + sql + ")");
    assertThat(own).as(sql).isInstanceOf(QuerySql.class);
    assertThat(plan.columns()).as(sql).isEqualTo(own.columns());
    assertThat(plan.parameters()).isEmpty();
    assertThat(withoutValues(explained(plan)))
        .as(sql)
        .isEqualTo(withoutValues(bench.sql("EXPLAIN PLAN FOR (" + sql + ")").rows().rows()));
  }

  /** EXPLAIN shows a value that is compared locally as it is planned: as a literal or a parameter. */
  private static List<String> withoutValues(List<String> lines) {
    return lines.stream()
        .map(
            line ->
                line.contains("local: ") ? line.replaceAll("'([^']|'')*'|\\b\\d+\\b", "?") : line)
        .toList();
  }

  private static List<String> lines(Bench.Result result) {
    return result.requests().stream().map(ReceivedRequest::line).toList();
  }

  private static List<String> explained(SharedQuery plan) {
    try (StatementScope scope = bench.engine().newStatement("EXPLAIN", Duration.ZERO)) {
      return plan.explain(new Execution(scope, List.of(), Instant.now()));
    }
  }

  @Test
  void commentsAndBlanksAreNoDifference() {
    SharedQuery one = plan("SELECT COUNT(*) FROM tasks WHERE status = 'a'");
    for (String sql :
        List.of(
            "SELECT COUNT(*) FROM tasks WHERE status = 'b'",
            "/* c */ SELECT /* d */ COUNT(*)FROM tasks\n--d\nWHERE status='b';",
            "SELECT COUNT(*) // 'e'\r\nFROM tasks WHERE status\t=\n'b'")) {
      assertThat(plan(sql).plan()).as(sql).isSameAs(one.plan());
      assertThat(plan(sql).values()).as(sql).containsExactly("b");
    }
  }

  /** Whatever else differs makes another plan: a name's case, which labels keep, and every other literal. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "SELECT DISTINCT Status FROM tasks WHERE title = 'a'; SELECT DISTINCT status FROM tasks WHERE title = 'a'",
        "SELECT status, 'x' FROM tasks WHERE title = 'a'; SELECT status, 'y' FROM tasks WHERE title = 'a'",
        "SELECT status, 1 FROM tasks WHERE title = 'a'; SELECT status, 2 FROM tasks WHERE title = 'a'",
        "SELECT COUNT(*) FROM tasks WHERE title = 'a'; SELECT COUNT( * ) FROM tasks WHERE title = 'a'",
        "SELECT title, status = 'a' FROM tasks; SELECT title, status = 'b' FROM tasks",
        "SELECT id FROM tasks WHERE title <> 'a' LIMIT 1; SELECT id FROM tasks WHERE title <> 'a' LIMIT 2",
        "SELECT id FROM tasks WHERE credits > 1; SELECT id FROM tasks WHERE credits > 1234567890",
        "SELECT id FROM tasks WHERE title <> 'a' AND status <> 'a'; SELECT id FROM tasks WHERE title <> 'a'"
            + " AND status <> 'b'",
        "SELECT COUNT(*) FROM tasks WHERE title IN ('a'); SELECT COUNT(*) FROM tasks WHERE title IN ('a', 'b')",
        "SELECT COUNT(*) FROM tasks WHERE title = 'a'; SELECT COUNT(*) FROM tasks WHERE \"title\" = 'a'",
        "SELECT id AS x FROM tasks WHERE title = 'a'; SELECT id AS \"x\" FROM tasks WHERE title = 'a'",
      })
  void plansAreSharedByNoOthers(String sql, String other) {
    assertThat(plan(sql).plan()).isNotSameAs(plan(other).plan());
  }

  /** The values may decide what a plan leaves out, how it is made, or which types it has. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT(*) FROM tasks",
        "SELECT COUNT(*) FROM tasks WHERE created_at > '2026-01-01'",
        "SELECT COUNT(*) FROM tasks WHERE created_at > TIMESTAMP '2026-01-01 00:00:00'",
        "SELECT COUNT(*) FROM tasks WHERE credits = '5'",
        "SELECT COUNT(*) FROM tasks WHERE title = 5",
        "SELECT COUNT(*) FROM tasks WHERE credits > 12345678901234567890",
        "SELECT COUNT(*) FROM tasks WHERE credits = 5.0",
        "SELECT COUNT(*) FROM tasks WHERE credits = 5e0",
        "SELECT COUNT(*) FROM tasks t JOIN turns u ON u.task_id = t.id WHERE t.status = 'error'",
        "SELECT COUNT(*) FROM tasks t, turns u WHERE t.status = 'error'",
        "SELECT (SELECT COUNT(*) FROM turns) FROM tasks WHERE status = 'error'",
        "SELECT COUNT(*) FROM tasks WHERE status = 'a' AND status = 'b'",
        "SELECT COUNT(*) FROM tasks WHERE status = 'a' AND tasks.STATUS = 'b'",
        "SELECT COUNT(*) FROM tasks WHERE status = 'a' OR LOWER(status) = 'b'",
        "SELECT COUNT(*) FROM tasks WHERE status = 'a' OR status IS NULL",
        "SELECT COUNT(*) FROM tasks WHERE credits > 5 AND credits < 3",
        "SELECT COUNT(*) FROM tasks WHERE credits BETWEEN 5 AND 3",
        "SELECT CASE WHEN credits > 5 THEN 1 END FROM tasks WHERE credits > 3",
        "SELECT credits AS status, COUNT(*) FROM tasks GROUP BY credits HAVING status = 5",
        "SELECT status FROM (SELECT status AS s, status FROM tasks) x WHERE s = 'a'",
        "SELECT COUNT(*) FROM tasks WHERE 1 = 1",
        "SELECT COUNT(*) FROM tasks WHERE status = 'a' || 'b'",
        "SELECT COUNT(*) FROM tasks WHERE status = 'a'\n'b'",
        "SELECT COUNT(*) FROM tasks WHERE status IN ('error', 'completed', 'error')",
        "SELECT COUNT(*) FROM tasks WHERE credits = 5 + 1",
        "SELECT COUNT(*) FROM tasks WHERE credits + 1 = 5",
        "SELECT COUNT(*) FROM tasks WHERE status = N'a'",
        "SELECT COUNT(*) FROM tasks WHERE status = U&'a'",
        "SELECT COUNT(*) FROM tasks WHERE status = {fn UCASE('a')}",
        "SELECT COUNT(*) FROM tasks WHERE status LIKE 'a'",
        "SELECT COUNT(*) FROM tasks WHERE status IN ('a', title)",
        "SELECT COUNT(*) FROM tasks WHERE status IN ('a', NULL)",
        "SELECT COUNT(*) FROM tasks WHERE CURRENT_USER = 'a'",
        "SELECT COUNT(*) FROM tasks ORDER BY 1",
        "SELECT id FROM tasks WHERE LENGTH(title) > 3 LIMIT 5",
        "WITH x AS (SELECT * FROM tasks) SELECT COUNT(*) FROM x WHERE status = 'a'",
        "VALUES 1",
      })
  void plansThatAreNotShared(String sql) {
    for (int i = 0; i < 2; i++) {
      assertThat(prepared(sql)).isInstanceOf(QuerySql.class);
      assertThat(bench.sql(sql).rows().rows()).isEqualTo(bench.sql("(" + sql + ")").rows().rows());
    }
  }

  @Test
  void aLongListIsOfItsOwn() {
    String list =
        IntStream.range(0, 5_000).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(", "));
    assertThat(prepared("SELECT COUNT(*) FROM tasks WHERE status IN (" + list + ")"))
        .isInstanceOf(QuerySql.class);
  }

  /** What is wrong with a statement is said of its own text, each time. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "SELECT nosuch, COUNT(*) FROM tasks WHERE status = '%s'; line 1, column 8: Column $nosuch$",
        "SELECT COUNT(*) FROM nosuch WHERE status = '%s'; line 1, column 22: Object $nosuch$ not found",
        "SELECT COUNT(*) FROM tasks WHERE credits = '%sx'; %sx",
      })
  void whatIsWrongIsSaidOfTheStatement(String sql, String message) {
    for (String value : List.of("a", "b")) {
      String text = sql.replace("%s", value);
      assertThatThrownBy(() -> bench.sql(text).rows())
          .hasMessageContaining(message.replace("%s", value).replace('$', '\''));
    }
  }

  private static SharedQuery plan(String sql) {
    PreparedSql prepared = prepared(sql);
    assertThat(prepared).as(sql).isInstanceOf(SharedQuery.class);
    return (SharedQuery) prepared;
  }

  private static PreparedSql prepared(String sql) {
    try (StatementScope scope = bench.engine().newStatement(sql, Duration.ZERO)) {
      return bench.engine().prepare(sql, bench.engine().defaultSchema(), scope);
    }
  }
}
