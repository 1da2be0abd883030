package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random statements over a store that has every row: what the store answers whole is what the operators
 * answer over its rows, and what DuckDB answers over the same tables.
 *
 * <p>A build runs statements from a fixed seed; {@link JudgeTrial} says how to take others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.HOURS) // as many statements as are asked for
final class WholeJudgeTest {
  private static final int STATEMENTS = Integer.getInteger("judge.statements", 600);

  private final List<String> failures = new ArrayList<>();
  private ServiceTables tables;
  private Judge duck;
  private Engine stored;
  private int whole;
  private int judged;

  @TempDir static Path temp;

  @BeforeAll
  void load() throws SQLException {
    tables = ServiceTables.start();
    duck = DuckDb.open();
    tables.handTo(duck);
    stored = tables.stored(temp.resolve("store"));
  }

  @AfterAll
  void close() throws SQLException {
    duck.close();
    tables.close();
  }

  @Test
  void whatTheStoreAnswersWholeIsTheAnswer() {
    String given = System.getProperty("judge.seed", "20261201");
    long seed =
        given.equals("fresh") ? new Random().nextInt(Integer.MAX_VALUE) : Long.parseLong(given);
    for (int i = 0; i < STATEMENTS; i++) {
      check(seed + i);
    }
    System.out.printf(
        "Whole statements: %d of %d from seed %d, %d wrong%n",
        whole, judged, seed, failures.size());
    assertThat(failures).isEmpty();
  }

  private void check(long seed) {
    RandomStatement statement = new RandomQueries(seed, tables.ofStore()).statement();
    String sql = statement.sql().ours();
    judged++;
    try (StatementScope scope = stored.newStatement(sql, Duration.ofMinutes(1))) {
      PreparedSql prepared = stored.prepare(sql, stored.defaultSchema(), scope);
      try (RowCursor cursor = prepared.query(statement.sql().values(), 0, scope)) {
        if (!scope.isAnsweredWhole()) {
          if (Boolean.getBoolean("turntable.debug")) {
            System.out.println(
                "NOT "
                    + ServiceTables.rows(stored, "EXPLAIN (STORE) " + sql, statement.sql().values())
                        .get(0)
                    + " "
                    + seed
                    + " "
                    + sql);
          }
          return;
        }
        cursor.next();
      }
    } catch (TurntableException e) {
      if (Boolean.getBoolean("turntable.debug")) {
        System.out.println("FAILED " + seed + " " + e.getMessage());
      }
    }
    whole++;
    Judging.Verdict verdict = new Judging(duck).verdict(statement, stored);
    if (verdict.isFinding()) {
      System.setProperty("turntable.operatorsOnly", "true");
      Judging.Verdict operators = new Judging(duck).verdict(statement, stored);
      System.clearProperty("turntable.operatorsOnly");
      if (!operators.isFinding()) {
        failures.add("seed " + seed + ": " + sql + verdict.text());
      }
    }
    tables.forget();
  }
}
