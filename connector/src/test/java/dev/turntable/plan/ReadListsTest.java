package dev.turntable.plan;

import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A list that a statement reads more than once, and whose answers are too large to be kept: 6 tasks
 * with 200 runs each, 12 pages of 3 MB.
 */
final class ReadListsTest {
  private static final int RUNS = 1200;
  private static final int PAGES = 12;
  private static final Fault LARGE =
      real -> real.get().withText(real.get().text() + " ".repeat(3 << 20));

  private Bench bench;

  @BeforeEach
  void start() {
    bench = Bench.rightbrain(RightbrainOptions.defaults());
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a.id, b.total_tokens FROM task_runs a JOIN task_runs b ON a.id = b.id",
        "SELECT a.id, b.reference FROM task_runs a JOIN task_runs b ON a.id = b.id"
            + " WHERE MOD(a.total_tokens, 4) <> 1 AND MOD(b.output_tokens, 3) < 2",
        "SELECT id FROM task_runs WHERE id IN (SELECT id FROM task_runs WHERE total_tokens > 9)",
        "SELECT a.id FROM task_runs a FULL JOIN task_runs b ON a.id = b.id AND a.total_tokens > 9",
        "SELECT * FROM task_runs UNION ALL SELECT * FROM task_runs",
        "SELECT id FROM task_runs EXCEPT SELECT id FROM task_runs WHERE total_tokens > 9",
        "SELECT id, total_tokens - (SELECT MIN(total_tokens) FROM task_runs) FROM task_runs"
      })
  void isReadOnce(String sql) {
    List<String> expected = bench.sql(sql).rows().rows();
    bench.simulator().faults(FaultRule.always(LARGE));
    bench.sql(sql).rows().isInAnyOrder(expected.toArray(String[]::new)).sent(PAGES);
  }

  /** What a LIMIT has cut is no list: the other scan reads its own. */
  @Test
  void notWhereOneReadsAPart() {
    bench.simulator().faults(FaultRule.always(LARGE));
    bench
        .sql(
            "SELECT a.id FROM (SELECT id FROM task_runs LIMIT 5) a"
                + " UNION ALL SELECT id FROM task_runs")
        .rows()
        .hasRows(RUNS + 5)
        .sentBetween(PAGES, PAGES + 1);
  }
}
