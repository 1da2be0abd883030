package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.RowCursor;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calcite's generated code, in which a whole statement may run, ends with the statement. */
class GeneratedEndingTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);

  /** Slow rounds but one are the machine's fault, not ours. */
  private static final int ROUNDS = 4;

  private static Bench bench;

  /** Statements that run for minutes or for ever, each busy in another operator. */
  enum Endless {
    PRODUCT("SELECT COUNT(*) FROM " + product(10)),
    PRODUCT_THAT_FINDS_NOTHING(
        "SELECT a.x FROM " + product(10) + " WHERE a.x + b.x + c.x + d.x + e.x + f.x + g.x < 0"),
    OUTER_PRODUCT(
        "SELECT COUNT(*) FROM (SELECT a.x FROM "
            + product(5)
            + ") AS l LEFT JOIN (SELECT a.x FROM "
            + product(5)
            + ") AS r ON l.x + r.x < 0"),
    EQUAL_KEYS(
        "SELECT COUNT(*) FROM (SELECT a.x FROM "
            + product(5)
            + ") AS l JOIN (SELECT a.x FROM "
            + product(5)
            + ") AS r ON l.x = r.x AND l.x + r.x < 0"),
    SORT("SELECT a.x FROM " + product(7) + " ORDER BY a.x * 7919 + b.x * c.x, d.x"),
    GROUPS("SELECT a.x, COUNT(*) FROM " + product(10) + " GROUP BY a.x"),
    DISTINCT("SELECT DISTINCT a.x FROM " + product(10)),
    DISTINCT_COUNT("SELECT COUNT(DISTINCT a.x + b.x) FROM " + product(10)),
    LISTAGG("SELECT LENGTH(LISTAGG(CAST(a.x AS VARCHAR), ',')) FROM " + product(10)),
    FRAMES(
        "SELECT MAX(s) FROM (SELECT MIN(a.x) OVER (ORDER BY a.x, b.x, c.x, d.x, e.x ROWS BETWEEN"
            + " 50000 PRECEDING AND 1 PRECEDING) AS s FROM "
            + product(5)
            + ") AS w"),
    UNION("SELECT COUNT(*) FROM (SELECT a.x FROM " + product(10) + " UNION SELECT 1) AS t"),
    INTERSECT("SELECT a.x FROM " + product(10) + " INTERSECT SELECT a.x FROM " + product(10)),
    EXCEPT("SELECT a.x FROM " + product(10) + " EXCEPT SELECT 1"),
    UNNESTED(
        "SELECT COUNT(*) FROM " + product(9) + ", UNNEST(ARRAY[a.x, 2]) AS u(y) WHERE u.y > 30"),
    RLIKE("SELECT x FROM " + text() + " WHERE x RLIKE '(.*a){20}b'"),
    REGEXP_REPLACE("SELECT REGEXP_REPLACE(x, '(.*a){20}b', '-') FROM " + text()),
    REGEXP_OPERATOR("SELECT x FROM " + text() + " WHERE x ~ '(.*a){20}b'"),
    SIMILAR("SELECT x FROM " + text() + " WHERE x SIMILAR TO '(%a){20}b'"),
    LIKE_MANY(
        "SELECT x FROM (SELECT REPEAT(x, 20000) AS x FROM "
            + text()
            + ") AS t WHERE x LIKE '%' || REPEAT('a', 500000) || '_b%'"),
    LIKE_OF_CONSTANT(
        "SELECT x FROM (SELECT REPEAT(x, 200000) AS x FROM "
            + text()
            + ") AS t WHERE x LIKE '%"
            + "a_".repeat(20_000)
            + "b%'"),
    RECURSION(
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r"),
    RECURSION_OF_DISTINCT_ROWS(
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n + 1 FROM r) SELECT COUNT(*) FROM r"),
    RECURSION_IN_A_JOIN(
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT r.n + 1 FROM r JOIN (VALUES (1), (2)) AS"
            + " v(x) ON r.n > v.x - 2) SELECT COUNT(*) FROM r WHERE n < 0");

    private final String sql;

    Endless(String sql) {
      this.sql = sql;
    }

    private static String text() {
      return "(VALUES ('" + "a".repeat(60) + "')) AS t(x)";
    }

    private static String product(int tables) {
      String ten = "(VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)) AS ";
      return IntStream.range(0, tables)
          .mapToObj(i -> ten + (char) ('a' + i) + "(x)")
          .collect(Collectors.joining(", "));
    }
  }

  @BeforeAll
  static void start() {
    bench = Bench.handinger(3).connectGenerated(java.util.Map.of());
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  private static TurntableException failure(String sql) {
    long count = 0;
    try (StatementScope scope = bench.engine().newStatement(sql, LIMIT)) {
      RowCursor rows =
          bench
              .engine()
              .prepare(sql, bench.engine().defaultSchema(), scope)
              .query(java.util.List.of(), 0, scope);
      while (rows.next()) {
        count++;
      }
      throw new AssertionError("not ended, but complete after " + count + " rows");
    } catch (TurntableException e) {
      return e;
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTimeOutHoldsWithinATenth(Endless endless) throws Exception {
    Duration most = LIMIT.plus(LIMIT.dividedBy(10));
    boolean kept = false;
    List<Long> nanos = new ArrayList<>();
    for (int round = 0; round < ROUNDS && !kept; round++) {
      CompletableFuture<TurntableException> ended = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  ended.complete(failure(endless.sql));
                } catch (Throwable e) {
                  ended.completeExceptionally(e);
                }
              });
      thread.setDaemon(true);
      long start = System.nanoTime();
      thread.start();
      TurntableException failure = ended.get(60, TimeUnit.SECONDS);
      long took = System.nanoTime() - start;
      nanos.add(took);
      kept = took <= most.toNanos() || took <= Promise.here(most).toNanos();
      assertThat(failure.kind()).as(failure.toString()).isEqualTo(ErrorKind.TIMEOUT);
    }
    assertThat(kept).as("one of %s ns is within %s", nanos, most).isTrue();
  }
}
