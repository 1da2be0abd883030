package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.source.StatementScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Many executions may have one plan at once, and some are left in their middle: each has its rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SharedPlanTest {
  private static final Path CASES = Path.of("src/test/resources/judge/cases.txt");

  private static final String NUMBERS =
      "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < %d) SELECT %s FROM r";

  /** A recursion that meets another one may have no end. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private Bench bench;

  /** An execution that is read row by row. */
  private final class Reading implements AutoCloseable {
    private final StatementScope scope;
    private final PreparedSql prepared;
    private final RowCursor cursor;
    private final List<String> rows = new ArrayList<>();

    Reading(String sql) {
      scope = bench.engine().newStatement(sql, LONGEST);
      prepared = bench.engine().prepare(sql, bench.engine().defaultSchema(), scope);
      cursor = prepared.query(List.of(), 0, scope);
    }

    boolean next() {
      if (!cursor.next()) {
        return false;
      }
      StringJoiner row = new StringJoiner(" | ");
      for (int i = 0; i < prepared.columns().size(); i++) {
        row.add(String.valueOf(cursor.value(i)));
      }
      rows.add(row.toString());
      return true;
    }

    List<String> toItsEnd() {
      boolean more = true;
      while (more) {
        more = next();
      }
      return rows.stream().sorted().toList();
    }

    @Override
    public void close() {
      cursor.close();
      scope.close();
    }
  }

  @BeforeAll
  void start() {
    bench = Bench.knowingAll();
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  /** Every construct that once was answered wrongly, and those that keep rows in their middle. */
  static Stream<String> statements() throws IOException {
    List<String> known =
        Files.readAllLines(CASES).stream()
            .filter(line -> line.startsWith("sql ") && !line.contains("?"))
            .map(line -> line.substring("sql ".length()))
            .toList();
    assertThat(known).hasSizeGreaterThan(25);
    return Stream.concat(
        known.stream(),
        Stream.of(
            String.format(NUMBERS, 9, "n"),
            String.format(NUMBERS, 9, "COUNT(*), SUM(n)"),
            String.format(NUMBERS, 9, "n, SUM(n) OVER (ORDER BY n)"),
            "WITH RECURSIVE r (n) AS (SELECT 1 UNION SELECT MOD(n, 5) + 1 FROM r) SELECT n FROM r",
            "WITH RECURSIVE r (i, n) AS (SELECT id, 1 FROM tasks UNION ALL SELECT i, n + 1 FROM r"
                + " WHERE n < 3) SELECT i, COUNT(*) FROM r GROUP BY i",
            "SELECT t.id, (" + String.format(NUMBERS, 4, "SUM(n)") + ") FROM tasks t",
            "SELECT LISTAGG(id, ',') WITHIN GROUP (ORDER BY id) FROM tasks",
            "SELECT JSON_ARRAYAGG(id ORDER BY id) FROM tasks",
            "SELECT status, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY credits) FROM tasks GROUP"
                + " BY status",
            "SELECT id FROM tasks ORDER BY title, id LIMIT 4 OFFSET 1",
            "SELECT DISTINCT status FROM tasks",
            "SELECT id FROM tasks INTERSECT SELECT task_id FROM turns",
            "SELECT t.id, u.id FROM tasks t JOIN turns u ON u.task_id = t.id"));
  }

  @ParameterizedTest
  @MethodSource("statements")
  void executionsOfOnePlanDoNotMeet(String sql) {
    List<String> right;
    try (Reading alone = new Reading(sql)) {
      right = alone.toItsEnd();
    }
    try (Reading left = new Reading(sql)) {
      boolean any = left.next();
      try (Reading first = new Reading(sql);
          Reading second = new Reading(sql)) {
        boolean more = any;
        for (int i = 0; more && i < right.size() / 2; i++) {
          more = first.next() && second.next();
        }
        try (Reading third = new Reading(sql)) {
          assertThat(third.toItsEnd()).isEqualTo(right);
        }
        assertThat(second.toItsEnd()).isEqualTo(right);
        assertThat(first.toItsEnd()).isEqualTo(right);
      }
    }
    try (Reading afterwards = new Reading(sql)) {
      assertThat(afterwards.toItsEnd()).isEqualTo(right);
    }
  }

  /** Two recursions of one name in a statement, side by side and one in the other. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT COUNT(*), SUM(a.n * b.n) FROM (#3) a, (#4) b | 12 | 60",
        "SELECT COUNT(*), SUM(n) FROM (SELECT n FROM (#3) x UNION ALL SELECT n FROM (#4) y) a | 7 | 16",
        "SELECT COUNT(*), SUM(a.n) FROM (#4) a WHERE a.n IN (#2) | 2 | 3",
        "SELECT COUNT(*), SUM(a.n) FROM (#4) a WHERE EXISTS (#3 WHERE n = a.n) | 3 | 6",
        "SELECT COUNT(*), SUM(x.n) FROM (WITH RECURSIVE r (n) AS (SELECT MAX(s.n) FROM (#2) s UNION"
            + " ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r) x | 4 | 14",
      })
  void recursionsOfOneNameDoNotMeet(String template, String count, String sum) {
    String sql = template;
    for (int i = 2; i < 5; i++) {
      sql = sql.replace("#" + i, String.format(NUMBERS, i, "n"));
    }
    try (Reading reading = new Reading(sql)) {
      assertThat(reading.toItsEnd()).containsExactly(count + " | " + sum);
    }
  }
}
