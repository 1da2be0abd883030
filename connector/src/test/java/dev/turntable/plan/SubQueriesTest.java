package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.source.ErrorKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sub-queries and null, each with what PostgreSQL 15 answers; most were found by {@link
 * RandomNestedQueries} and reduced. Both roads are run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SubQueriesTest {
  private Bench operators;
  private Bench generated;

  @BeforeAll
  void start() {
    SimulatorOptions options = SimulatorOptions.builder().tasks(4).workers(1).build();
    operators = Bench.handinger(options);
    operators.knowing(operators.taskIds());
    generated = Bench.handinger(options);
    generated.connectGenerated(Map.of("taskIds", String.join(",", generated.taskIds())));
  }

  @AfterAll
  void stop() {
    operators.close();
    generated.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        // A sub-query in a correlated one that names columns of both outer levels.
        "SELECT k, (SELECT COUNT(*) FROM (VALUES (1), (2)) t (x) WHERE NOT EXISTS (SELECT y FROM"
            + " (VALUES (9)) u (y) WHERE t.x = o.k)) FROM (VALUES (1), (2), (3)) o (k)"
            + " ! 1 | 1, 2 | 1, 3 | 2",
        "SELECT DISTINCT d.w FROM (VALUES ('p', 1), ('p', 2), ('q', 1)) d (w, st) WHERE NOT EXISTS"
            + " (SELECT 1 FROM (VALUES (1), (2)) s (st) WHERE NOT EXISTS (SELECT 1 FROM (VALUES"
            + " ('p', 1), ('p', 2), ('q', 1)) t (w, st) WHERE t.w = d.w AND t.st = s.st)) ! p",
        "SELECT k, (SELECT SUM(x) FROM (VALUES (1), (2)) t (x) WHERE x IN (SELECT y FROM (VALUES"
            + " (1), (2), (3)) u (y) WHERE EXISTS (SELECT 1 FROM (VALUES (1), (2)) v (z) WHERE z ="
            + " u.y AND z = t.x AND z >= o.k))) FROM (VALUES (1), (2), (3)) o (k)"
            + " ! 1 | 3, 2 | 2, 3 | null",
        // Three values, in every place.
        "SELECT (3 IN (SELECT y FROM (VALUES (5), (NULL)) u (y))) IS FALSE ! false",
        "SELECT (3 IN (SELECT y FROM (VALUES (5), (NULL)) u (y))) IS UNKNOWN ! true",
        "SELECT (3 NOT IN (SELECT y FROM (VALUES (5), (NULL)) u (y))) IS NOT TRUE ! true",
        "SELECT k, k < ANY (SELECT y FROM (VALUES (2), (NULL)) u (y)), k >= ALL (SELECT y FROM"
            + " (VALUES (2), (NULL)) u (y)), k <> ALL (SELECT y FROM (VALUES (2), (NULL)) u (y))"
            + " FROM (VALUES (1), (2), (NULL)) o (k)"
            + " ! 1 | true | false | null, 2 | null | null | false, null | null | null | null",
        "SELECT k FROM (VALUES (1), (NULL)) o (k) WHERE k NOT IN (SELECT y FROM (VALUES (1)) u (y)"
            + " WHERE y > 5) ! 1, null",
        "SELECT k FROM (VALUES (1), (2), (NULL)) o (k) WHERE (k IN (SELECT y FROM (VALUES (1),"
            + " (NULL)) u (y))) IS NOT TRUE ! 2, null",
        "SELECT k, CASE WHEN k NOT IN (SELECT y FROM (VALUES (1), (NULL)) u (y)) THEN 'in' WHEN k IN"
            + " (SELECT y FROM (VALUES (1), (NULL)) u (y)) THEN 'not' ELSE 'unknown' END FROM (VALUES"
            + " (1), (2)) o (k) ! 1 | not, 2 | unknown",
        "SELECT a, (a, b) IN (SELECT x, y FROM (VALUES (1, NULL), (2, 2)) u (x, y)) FROM (VALUES (1,"
            + " 1), (2, 2), (2, NULL), (3, NULL)) o (a, b)"
            + " ! 1 | null, 2 | true, 2 | null, 3 | false",
        "SELECT a FROM (VALUES (1, 1), (2, 3), (4, NULL)) o (a, b) WHERE (a, b) NOT IN (SELECT x, y"
            + " FROM (VALUES (1, NULL), (2, 2)) u (x, y)) ! 2, 4",
        "SELECT k, COUNT(*) FROM (VALUES (1), (1), (NULL)) o (k) GROUP BY k HAVING k NOT IN (SELECT y"
            + " FROM (VALUES (2)) u (y)) IS NOT FALSE ! 1 | 2, null | 1",
        // Over outer joins.
        "SELECT o.k FROM (VALUES (1, 1), (2, NULL)) o (k, x) LEFT JOIN (VALUES (1, 5)) p (k, x) ON"
            + " o.x = p.k WHERE p.x NOT IN (SELECT y FROM (VALUES (1, 7)) t (k, y) WHERE t.k = o.x)"
            + " ! 1, 2",
        "SELECT o.k, p.j FROM (VALUES (1), (2)) o (k) LEFT JOIN (VALUES (1), (2)) p (j) ON EXISTS"
            + " (SELECT 1 FROM (VALUES (3)) u (y) WHERE y = p.j + o.k AND o.k = 1) ! 1 | 2, 2 | null",
        "SELECT o.k, p.j FROM (VALUES (1), (2)) o (k) RIGHT JOIN (VALUES (1), (2)) p (j) ON p.j > ALL"
            + " (SELECT y FROM (VALUES (0), (1)) u (y) WHERE y < o.k) AND o.k = 2"
            + " ! null | 1, 2 | 2",
        "SELECT p.j FROM (VALUES (1)) o (k) RIGHT JOIN (VALUES (CAST(NULL AS VARCHAR)), (CAST(NULL AS"
            + " VARCHAR))) p (j) ON p.j = 'a' ! null, null",
        "SELECT o.k, p.j FROM (VALUES (1), (2)) o (k) FULL JOIN (VALUES (2), (3)) p (j) ON o.k = p.j"
            + " AND o.k IN (SELECT y FROM (VALUES (1)) u (y)) ! 1 | null, 2 | null, null | 2, null | 3",
        // Totals of nothing, and what is made of them.
        "SELECT k, (SELECT COUNT(*) + 1 FROM (VALUES (1)) t (x) WHERE x = k) FROM (VALUES (1), (2),"
            + " (NULL)) o (k) ! 1 | 2, 2 | 1, null | 1",
        "SELECT k, (SELECT COALESCE(SUM(x), -k) FROM (VALUES (1)) t (x) WHERE x = k) FROM (VALUES"
            + " (1), (2)) o (k) ! 1 | 1, 2 | -2",
        "SELECT k, c FROM (VALUES (1), (2)) o (k) CROSS JOIN LATERAL (SELECT COUNT(*) AS c FROM"
            + " (VALUES (1), (1)) t (x) WHERE x = k) l ! 1 | 2, 2 | 0",
        "SELECT k, (SELECT MAX(x) FROM (VALUES (1)) t (x) WHERE x = k HAVING COUNT(*) = 0) FROM"
            + " (VALUES (1), (2)) o (k) ! 1 | null, 2 | null",
        "SELECT k FROM (VALUES (1), (2)) o (k) WHERE 0 IN (SELECT COUNT(*) FROM (VALUES (1)) t (x)"
            + " WHERE x = k) ! 2",
        "SELECT k FROM (VALUES (1), (2)) o (k) WHERE EXISTS (SELECT COUNT(*) FROM (VALUES (1)) t (x)"
            + " WHERE x = k ORDER BY 1) ! 1, 2",
        // Whole numbers beyond those of a double, which compares as equal to two of them.
        "SELECT d FROM (VALUES (CAST(9007199254740992 AS DOUBLE))) o (d) WHERE d IN (SELECT x FROM"
            + " (VALUES (9007199254740992), (9007199254740993)) t (x)) ! 9.007199254740992E15",
        // An outer column beside an aggregate.
        "SELECT k, (SELECT COUNT(*) + o.k FROM (VALUES (1), (2)) t (x) WHERE x > o.k) FROM (VALUES"
            + " (1), (3)) o (k) ! 1 | 2, 3 | 3",
        "SELECT k, (SELECT MAX(x) FROM (VALUES (1), (2)) t (x) HAVING COUNT(*) > o.k) FROM (VALUES"
            + " (1), (2)) o (k) ! 1 | 2, 2 | null",
        // A limit, an order, a set operation, a window inside.
        "SELECT 1 FROM (VALUES (1)) o (k) WHERE EXISTS (SELECT x FROM (VALUES (1), (2)) t (x) LIMIT"
            + " 2) ! 1",
        "SELECT k, (SELECT x FROM (VALUES (1), (2), (3)) t (x) WHERE x > k ORDER BY x LIMIT 1) FROM"
            + " (VALUES (1), (3)) o (k) ! 1 | 2, 3 | null",
        "SELECT k, k IN ((SELECT x FROM (VALUES (1), (2)) t (x) WHERE x > k) UNION (SELECT 3 - k FROM"
            + " (VALUES (1)) u (y))) FROM (VALUES (1), (2)) o (k) ! 1 | false, 2 | false",
        "SELECT k, (SELECT MAX(s) FROM (SELECT SUM(x + k) OVER (ORDER BY x) AS s FROM (VALUES (1),"
            + " (2)) t (x)) w) FROM (VALUES (1), (2)) o (k) ! 1 | 5, 2 | 7",
        // COALESCE and CASE have an operand twice.
        "SELECT k, COALESCE((SELECT COUNT(b) FROM (VALUES (1, 'y')) t (b, s) WHERE s <> ALL (SELECT"
            + " r FROM (VALUES ('z')) u (r) WHERE t.b = o.k)), 9) FROM (VALUES (1), (2)) o (k)"
            + " ! 1 | 1, 2 | 1",
        "SELECT CASE (SELECT MAX(x) FROM (VALUES (1), (2)) t (x) WHERE EXISTS (SELECT 1 FROM (VALUES"
            + " (1)) u (y) WHERE y = x AND y = k)) WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'none' END"
            + " FROM (VALUES (1), (2)) o (k) ! one, none",
      })
  void isRight(String sql, String rows) {
    String[] expected = rows.split(", ");
    operators.sql(sql).rows().isInAnyOrder(expected).sent(0);
    generated.sql(sql).rows().isInAnyOrder(expected).sent(0);
  }

  /** Whose tasks have every status; sub-queries of two levels over requests. */
  @Test
  void divisionOverRequests() {
    String sql =
        "SELECT t.id FROM tasks t WHERE NOT EXISTS (SELECT 1 FROM (VALUES (t.id), ('x')) s (k) WHERE"
            + " NOT EXISTS (SELECT 1 FROM tasks u WHERE u.id = t.id AND (s.k = u.id OR s.k = 'x')))";
    int tasks = operators.taskIds().size();
    operators.sql(sql).rows().hasRows(tasks).sent(tasks);
    generated.sql(sql).rows().hasRows(tasks);
  }

  @Test
  void twoRowsForOneValueFail() {
    String sql =
        "SELECT (SELECT x FROM (VALUES (1), (1)) t (x) WHERE x = k) FROM (VALUES (%s)) o (k)";
    operators.sql(String.format(sql, 2)).rows().is("null");
    operators.sql(String.format(sql, 1)).fails(ErrorKind.INVALID_STATEMENT);
    generated.sql(String.format(sql, 1)).fails(ErrorKind.INVALID_STATEMENT);
  }

  /** Equal outer rows share a run, but not of what differs each time. */
  @Test
  void volatileOnesRunOncePerRow() {
    String sql =
        "SELECT COUNT(DISTINCT r) FROM (SELECT (SELECT MAX(RAND() + x) FROM (VALUES (1)) t (x) WHERE"
            + " x = k) AS r FROM (VALUES (1), (1), (1)) o (k)) v";
    operators.sql(sql).rows().is("3");
    generated.sql(sql).rows().is("3");
  }

  @Test
  void explainSaysHowOften() {
    String some = "SELECT k FROM (VALUES (1), (2)) o (k) WHERE k = 1 OR ";
    assertThat(
            operators
                .sql(some + "k > ALL (SELECT x FROM (VALUES (1)) t (x) WHERE x <> k)")
                .explain())
        .contains("Sub-query, once per distinct k of the first input");
    assertThat(operators.sql(some + "k > ALL (SELECT x FROM (VALUES (1)) t (x))").explain())
        .contains("Sub-query, once\n");
    assertThat(
            operators.sql(some + "k > ALL (SELECT x + RAND() FROM (VALUES (1)) t (x))").explain())
        .contains("Sub-query, once per row of the first input");
  }

  @Test
  void isRefusedBeforeAnyRequest() {
    String both =
        "SELECT 1 FROM (VALUES (1)) o (k) FULL JOIN tasks t ON EXISTS (SELECT 1 FROM tasks u WHERE"
            + " u.turn_count = o.k AND u.id = t.id)";
    String ungrouped =
        "SELECT (SELECT COUNT(*) FROM tasks u WHERE u.credits = t.credits), COUNT(*) FROM tasks t"
            + " GROUP BY t.status";
    for (Bench bench : List.of(operators, generated)) {
      assertThat(bench.sql(both).refused(ErrorKind.UNSUPPORTED))
          .hasMessageContaining("a sub-query in the ON of a FULL JOIN");
      assertThat(bench.sql(ungrouped).refused(ErrorKind.INVALID_STATEMENT))
          .hasMessageContaining("'t.credits'");
    }
  }
}
