package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.handinger.HandingerTask;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.Answer;
import dev.turntable.simulator.server.ReceivedRequest;
import dev.turntable.source.ErrorKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a LIMIT, a condition that the service does not check and a budget make of the requests. */
final class ScanRequestsTest {
  /** A page of as many rows as are wanted would be read again and again where some are dropped. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TRUE | 5",
        "status = 'success' | 5",
        "reference IS NULL OR reference LIKE '%' | 100",
        "LENGTH(id) > 3 | 100",
        "status = 'success' AND LENGTH(id) > 3 | 100",
        "status <> 'nothing' | 100",
        "created > TIMESTAMP '2020-01-01 00:00:00' AND LENGTH(id) > 3 | 100",
      })
  void aLimitSizesPagesOnlyWhereEveryRowCounts(String where, int pageLimit) {
    try (Bench bench =
        Bench.rightbrain(RightbrainOptions.builder().tasks(1).runsPerTask(200).build())) {
      String task = bench.simulator().rightbrain().taskId("Task-1");
      Bench.Result result =
          bench
              .sql("SELECT id FROM task_runs WHERE task_id = ? AND " + where + " LIMIT 5", task)
              .rows()
              .hasRows(5)
              .sent(1);
      assertThat(result.requests().get(0).target()).contains("page_limit=" + pageLimit);
    }
  }

  private static int firstFailed(Bench bench) {
    List<String> ids = bench.taskIds();
    for (int i = 0; i < ids.size(); i++) {
      HandingerTask task = bench.simulator().handinger().task(ids.get(i)).orElseThrow();
      if (task.status().equals("error")) {
        return i + 1;
      }
    }
    throw new AssertionError("no failed task");
  }

  private static Map<String, String> budget(Bench bench, int requests) {
    return Map.of(
        "taskIds", String.join(",", bench.taskIds()), "maxRequests", String.valueOf(requests));
  }

  /** A request ahead of need must not take the place of one that is needed. */
  @Test
  void aBudgetThatSufficesIsNotUsedUpAhead() {
    try (Bench bench = Bench.handinger(100)) {
      int needed = firstFailed(bench);
      String sql = "SELECT id FROM tasks WHERE status = 'error' LIMIT 1";
      bench.connect(budget(bench, needed));
      bench.sql(sql).rows().hasRows(1).sent(needed);
      // Nor is what is left of a larger one: a later scan of the statement may need it.
      bench.connect(budget(bench, needed + 4));
      bench.sql(sql).rows().hasRows(1).sent(needed);
      bench.sql("SELECT id FROM tasks WHERE status = 'error'").maxRows(1).rows().hasRows(1);
      if (needed > 1) {
        bench.connect(budget(bench, needed - 1));
        bench.sql(sql).fails(ErrorKind.BUDGET);
        assertThat(bench.simulator().requestCount()).isEqualTo(needed - 1);
      }
    }
  }

  /** Of a long scan the budget's rest is asked for, and the rows come that it suffices for. */
  @Test
  void readAheadKeepsWithinTheBudget() {
    try (Bench bench = Bench.handinger(40)) {
      List<String> ids = bench.taskIds();
      bench.connect(budget(bench, ids.size()));
      bench.sql("SELECT COUNT(*) FROM tasks").rows().is(String.valueOf(ids.size()));
      bench
          .sql("SELECT id FROM tasks WHERE id IN ('" + String.join("', '", ids) + "')")
          .rows()
          .hasRows(ids.size())
          .sent(ids.stream().map(id -> "GET /api/tasks/" + id).toArray(String[]::new));
    }
  }

  /** Without a budget the reader of all rows gets them by requests side by side. */
  @Test
  void whoWantsAllIsReadAheadFor() {
    try (Bench bench = Bench.handinger(40)) {
      bench.simulator().latency(java.time.Duration.ofMillis(30));
      bench.knowing(bench.taskIds());
      Bench.Result result = bench.sql("SELECT COUNT(*) FROM tasks").rows();
      assertThat(ReceivedRequest.peakConcurrency(result.requests())).isBetween(2, 8);
    }
  }

  /** Pages shift while a list is read: a row that comes again is the same row. */
  @ParameterizedTest
  @CsvSource({"task_runs, run, 149", "tasks, task, 119"})
  void aRowThatComesAgainIsOne(String table, String resource, int rows) {
    try (Bench bench =
        Bench.rightbrain(RightbrainOptions.builder().tasks(120).runsPerTask(150).build())) {
      String task = bench.simulator().rightbrain().taskId("Task-1");
      String where = resource.equals("run") ? " WHERE task_id = '" + task + "'" : "";
      String sql = "SELECT id FROM " + table + where;
      List<String> ids = bench.sql(sql).rows().hasRows(rows + 1).sent(2).rows();
      bench
          .simulator()
          .faults(
              (request, ordinal) ->
                  request.target().contains("cursor=")
                      ? Optional.of(
                          real -> {
                            Answer page = real.get();
                            return page.withText(page.text().replace(ids.get(110), ids.get(7)));
                          })
                      : Optional.empty());
      assertThat(bench.sql(sql).rows().hasRows(rows).sent(2).rows())
          .contains(ids.get(7))
          .doesNotContain(ids.get(110))
          .doesNotHaveDuplicates();
      bench.sql("SELECT COUNT(*) FROM " + table + where).rows().is(String.valueOf(rows));
    }
  }
}
