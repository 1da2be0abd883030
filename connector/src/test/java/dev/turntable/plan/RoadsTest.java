package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the operators do not know takes the road of generated code and is right; what neither road can
 * do is refused in words. No text makes anything else of a statement.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoadsTest {
  private static final int MUTANTS = 1500;

  private Bench bench;

  @BeforeAll
  void start() {
    bench = Bench.knowingAll();
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  @Test
  void recursion() {
    String numbers =
        "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 4) ";
    assertThat(bench.sql("EXPLAIN PLAN FOR " + numbers + "SELECT i FROM n").rows().rows().get(0))
        .isEqualTo("Generated code");
    bench.sql(numbers + "SELECT i FROM n ORDER BY i DESC").rows().is("4", "3", "2", "1").sent(0);
    int tasks = bench.taskIds().size();
    bench.sql(numbers + "SELECT COUNT(*) FROM n, tasks").rows().is(String.valueOf(4 * tasks));
    // Twice, since the second execution has the compiled plan of the first.
    bench.sql(numbers + "SELECT COUNT(*) FROM n, tasks").rows().is(String.valueOf(4 * tasks));
    bench.sql(numbers + "SELECT i FROM n WHERE i > ? ORDER BY i", 2).rows().is("3", "4");
  }

  @Test
  void failuresInGeneratedCodeAreOurs() {
    String numbers =
        "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i - 1 FROM n WHERE i > -1) ";
    bench.sql(numbers + "SELECT 1 / i FROM n").fails(ErrorKind.DIVISION_BY_ZERO);
    bench.sql(numbers + "SELECT CAST('x' || i AS INTEGER) FROM n").fails(ErrorKind.BAD_VALUE);
    bench
        .sql(numbers + "SELECT SAFE_CAST('-' || i AS INTEGER) FROM n ORDER BY i DESC")
        .rows()
        .is("-1", "0", "null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY n) FROM (VALUES (1), (4)) x (n) | 2.5",
        "SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY n) FROM (VALUES (1), (4)) x (n) | 1",
        "SELECT LISTAGG(n, '+') WITHIN GROUP (ORDER BY n) FROM (VALUES (2), (1)) x (n) | 1+2",
        "SELECT n FROM (VALUES (1), (2)) x (n) QUALIFY ROW_NUMBER() OVER (ORDER BY n DESC) = 1 | 2",
        "SELECT GROUPING(n) FROM (VALUES (1)) x (n) WHERE n = 2 GROUP BY ROLLUP (n) | 1",
        "SELECT COUNT(*) FROM (SELECT DISTINCT 5 FROM tasks WHERE 1 = 0) | 0",
        "SELECT CHAR_LENGTH('👩🚀') | 2",
        "SELECT SUBSTRING('👩🚀!' FROM 2 FOR 1) | 🚀",
        "SELECT POSITION('!' IN '🚀!') | 2",
        "SELECT n FROM (VALUES (1), (2)) x (n) LIMIT 1 OFFSET 1 | 2",
        "SELECT n FROM (VALUES (1), (2)) x (n) ORDER BY 1 DESC FETCH FIRST ROW ONLY | 2",
        "SELECT 'running and' FROM (VALUES (TRUE)) x (running) WHERE running AND 1=1 | running and",
        "SELECT COUNT(*) OVER () FROM (SELECT 1 FROM tasks LIMIT 1) | 1",
        "SELECT DATE '2026-03-01' - INTERVAL '7 days' | 2026-02-22",
        "SELECT TIMESTAMP '2026-03-01 00:00:00' + interval '-1 Hour' | 2026-02-28T23:00",
        "SELECT DATE '2024-02-29' + INTERVAL'1 year' | 2025-02-28",
        "SELECT 'INTERVAL ''1 day''' FROM (VALUES (1)) FETCH FIRST ROW ONLY | INTERVAL '1 day'",
      })
  void isRight(String sql, String row) {
    bench.sql(sql).rows().is(row);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UNKNOWN_COLUMN | SELECT nope FROM tasks",
        "UNKNOWN_COLUMN | SELECT title FROM tasks WHERE nope = 1",
        "UNKNOWN_TABLE | SELECT * FROM nope",
        "INVALID_STATEMENT | SELECT title FROM tasks GROUP BY id",
        "INVALID_STATEMENT | SELECT COUNT(*) FROM tasks WHERE COUNT(*) > 1",
        "INVALID_STATEMENT | SELECT * FROM tasks ORDER BY 99",
        "INVALID_STATEMENT | SELECT 99999999999999999999999999999999999999999999999999",
        "INVALID_STATEMENT | SELECT 1e999",
        "INVALID_STATEMENT | SELECT DATE '2026-13-45'",
        "INVALID_STATEMENT | SELECT STREAM * FROM tasks",
        "INVALID_STATEMENT | SELECT id FROM tasks UNION SELECT id, title FROM tasks",
        "UNSUPPORTED | SELECT * FROM tasks MATCH_RECOGNIZE (ORDER BY id MEASURES A.id AS a"
            + " PATTERN (A B) DEFINE B AS B.credits > A.credits)",
        "UNSUPPORTED | UPDATE tasks SET title = 'x'",
        "UNSUPPORTED | SELECT 2 ^ 3",
        "UNSUPPORTED | SELECT DISTINCT ON (status) id FROM tasks ORDER BY status, id",
        "UNSUPPORTED | SELECT id FROM tasks ORDER BY id FETCH FIRST 2 ROWS WITH TIES",
        "UNSUPPORTED | CREATE TABLE x (a INTEGER)",
        "SYNTAX | SELECT * FROM tasks LIMIT -1",
        "SYNTAX | SELECT \"",
        "SYNTAX | SELEC 1",
      })
  void isRefused(ErrorKind kind, String sql) {
    assertThat(bench.sql(sql).refused(kind).getMessage()).hasSizeBetween(10, 400);
  }

  @Test
  void aTimeLessATime() {
    bench.sql("SELECT DATE '2026-01-02' - DATE '2026-01-01'").rows().is("1");
    String sql = "SELECT COUNT(*) FROM tasks WHERE completed_at - created_at < INTERVAL '0' SECOND";
    bench.sql(sql).rows().is("0");
    String other = "SELECT TIMESTAMPDIFF(SECOND, DATE '2026-01-01', DATE '2026-01-02')";
    bench.sql(other).rows().is("86400");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 20_000})
  void deepNestingHasAnAnswer(int depth) {
    answers("SELECT " + "(".repeat(depth) + "1" + ")".repeat(depth));
    answers("SELECT id FROM tasks WHERE " + "NOT (".repeat(depth) + "1 = 1" + ")".repeat(depth));
    answers("SELECT 1" + " + 1".repeat(depth));
  }

  /** Statements with words dropped, doubled or exchanged: few make sense, none makes a mess. */
  @Test
  void anyTextHasAnAnswer() {
    List<String> originals =
        List.of(
            "SELECT t.status, COUNT(DISTINCT u.id) AS n FROM tasks t LEFT JOIN turns u ON"
                + " u.task_id = t.id AND u.seq > 0 WHERE t.title LIKE 'W%' OR t.id IN ( SELECT"
                + " task_id FROM webhook_executions ) GROUP BY t.status HAVING COUNT(*) > 1 ORDER"
                + " BY n DESC NULLS LAST LIMIT 3 OFFSET 1",
            "WITH x ( a , b ) AS ( SELECT id , credits / 3 FROM tasks WHERE EXISTS ( SELECT 1 FROM"
                + " turns WHERE task_id = tasks.id ) ) SELECT a , SUM( b ) OVER ( PARTITION BY a"
                + " ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW ) FROM x UNION ALL SELECT"
                + " CAST( NULL AS VARCHAR ) , CASE WHEN 1 = 1 THEN 2 ELSE 3 END",
            "SELECT COALESCE( title , 'none' ) , EXTRACT( YEAR FROM created_at ) , created_at +"
                + " INTERVAL '1' DAY , JSON_VALUE( title , '$.a' ) FROM tasks FULL JOIN ( VALUES ("
                + " 1 , 'a' ) , ( 2 , NULL ) ) AS v ( n , k ) ON v.k = tasks.id WHERE id BETWEEN 'a'"
                + " AND 'z' AND created_at < TIMESTAMP '2026-01-01 00:00:00' GROUP BY ROLLUP ( a )");
    Random random = new Random(7);
    for (int i = 0; i < MUTANTS; i++) {
      List<String> words = new ArrayList<>(List.of(originals.get(i % originals.size()).split(" ")));
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(words.size());
        int other = random.nextInt(words.size());
        switch (random.nextInt(3)) {
          case 0 -> words.remove(at);
          case 1 -> words.add(at, words.get(other));
          default -> words.set(at, words.get(other));
        }
      }
      answers(String.join(" ", words));
    }
  }

  /** Fails unless the statement gives rows or a failure of ours that is no defect. */
  private void answers(String sql) {
    try (StatementScope scope = bench.engine().newStatement(sql, Duration.ZERO)) {
      PreparedSql prepared = bench.engine().prepare(sql, bench.engine().defaultSchema(), scope);
      try (RowCursor cursor = prepared.query(List.of(), 3, scope)) {
        while (cursor.next()) {
          cursor.value(0);
        }
      }
    } catch (TurntableException e) {
      assertThat(e.kind()).as("%s: %s", sql, e.getMessage()).isNotEqualTo(ErrorKind.INTERNAL);
    }
  }
}
