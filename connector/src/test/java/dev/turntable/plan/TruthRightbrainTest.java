package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.Engine;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.rightbrain.RightbrainState;
import dev.turntable.source.ErrorKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Truth 1.14: Rightbrain's lists leave out deleted tasks and their runs, which are served to who
 * names the task. Seven tasks with 50 runs each, of which {@code #7} is deleted; {@code #1} to
 * {@code #7} stand for their ids, {@code run#7} for a run of the deleted one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TruthRightbrainTest {
  private static final int TASKS = 7;
  private static final int RUNS = 50;

  private Bench bench;
  private Engine operators;
  private Engine generated;

  @BeforeAll
  void start() {
    bench = Bench.rightbrain(RightbrainOptions.builder().tasks(TASKS).runsPerTask(RUNS).build());
    state().deleteTask(state().taskId("Task-" + TASKS));
    operators = bench.engine();
    generated = bench.connectGenerated(Map.of()).engine();
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  private RightbrainState state() {
    return bench.simulator().rightbrain();
  }

  private String literal(String sql) {
    String text = sql;
    for (int i = 1; i <= TASKS; i++) {
      String id = state().taskId("Task-" + i);
      text = text.replace("run#" + i, state().runIds(id).get(3)).replace("#" + i, id);
    }
    return text.replace("LIVE", in(TASKS - 1)).replace("ALL7", in(TASKS));
  }

  private String in(int tasks) {
    return state().taskIds().subList(0, tasks).stream()
        .map(id -> "'" + id + "'")
        .collect(Collectors.joining(", ", "(", ")"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT id FROM task_runs | 300",
        "SELECT id FROM task_runs WHERE task_id IN LIVE | 300",
        "SELECT id FROM task_runs WHERE task_id IN ALL7 | 350",
        "SELECT id FROM task_runs WHERE task_id = '#7' | 50",
        "SELECT id FROM task_runs WHERE task_id = '#7' OR task_id = '#1' | 100",
        "SELECT id FROM task_runs WHERE task_id = '#7' OR id = 'run#1' | 51",
        "SELECT id FROM task_runs WHERE task_id = '#7' OR task_name = 'Task-1' | 100",
        "SELECT id FROM task_runs WHERE task_id IN ALL7 AND created > TIMESTAMP '2000-01-01"
            + " 00:00:00' | 350",
        "SELECT id FROM task_runs WHERE task_id IN ALL7 AND created < TIMESTAMP '2100-01-01"
            + " 00:00:00' | 350",
        "SELECT id FROM task_runs WHERE id = 'run#7' | 0",
        "SELECT id FROM task_runs WHERE id = 'run#7' AND task_id = '#7' | 1",
        "SELECT id FROM task_runs WHERE id IN ('run#1', 'run#7') | 1",
        "SELECT id FROM task_runs WHERE id IN ('run#1', 'run#7') AND task_id IN ALL7 | 2",
        "SELECT id FROM tasks | 6",
        "SELECT id FROM tasks WHERE id IN ('#5', '#6', '#7') | 3",
        "SELECT id FROM tasks WHERE id IN ('#4', '#5', '#6', '#7') | 4",
        "SELECT id FROM tasks WHERE id IN ALL7 | 7",
        "SELECT id FROM tasks WHERE id = '#7' AND name = 'Task-7' | 1",
        "SELECT id FROM tasks WHERE id = '#7' OR name = 'Task-1' | 2",
        "SELECT id FROM tasks WHERE name = 'Task-7' | 0",
        "SELECT DISTINCT task_id FROM task_revisions WHERE task_id IN ALL7 | 7",
        "SELECT DISTINCT task_id FROM task_revisions | 6",
        "SELECT t.id FROM tasks t JOIN task_runs r ON r.task_id = t.id | 300",
        "SELECT t.id FROM tasks t JOIN task_runs r ON r.task_id = t.id WHERE t.id IN ALL7 | 350",
        "SELECT t.id FROM tasks t JOIN task_runs r ON r.task_id = t.id WHERE r.task_id IN ALL7 |"
            + " 350",
        "SELECT t.id FROM task_runs r LEFT JOIN tasks t ON r.task_id = t.id WHERE r.task_id IN ALL7"
            + " AND t.id IS NULL | 0",
        "SELECT r.id FROM task_runs r WHERE r.task_id IN ALL7 AND NOT EXISTS (SELECT 1 FROM tasks t"
            + " WHERE t.id = r.task_id) | 0",
        "SELECT r.id FROM task_runs r WHERE r.task_id IN ALL7 AND r.task_id NOT IN (SELECT id FROM"
            + " tasks) | 0",
        "SELECT t.id FROM tasks t JOIN (VALUES ('#7'), ('#1')) v (k) ON t.id = v.k | 2",
        "SELECT r.id FROM task_runs r JOIN (VALUES ('#7'), ('#1')) v (k) ON r.task_id = v.k | 100",
        "SELECT r.id FROM task_runs r JOIN (VALUES ('a'), ('b'), ('#1')) v (k) ON r.task_id = v.k"
            + " WHERE r.id IN ('x', 'run#1') | 1",
        "SELECT r.id FROM task_runs r JOIN (VALUES ('a'), ('b'), ('#1'), ('#2'), ('#7')) v (k) ON"
            + " r.task_id = v.k WHERE r.id IN ('run#7', 'run#1', 'run#2') | 3",
        "SELECT r.id FROM task_runs r LEFT JOIN (VALUES ('a'), ('b'), ('#1')) v (k) ON r.task_id ="
            + " v.k WHERE r.id IN ('x', 'run#1') | 1",
        "SELECT r.id FROM task_runs r RIGHT JOIN (VALUES ('#7'), ('#1')) v (k) ON r.task_id = v.k |"
            + " 100",
        "SELECT t.id FROM tasks t FULL JOIN (VALUES ('#7'), ('#1')) v (k) ON t.id = v.k | 7",
        "SELECT id FROM tasks WHERE id IN (SELECT task_id FROM task_runs WHERE task_id IN ('#6',"
            + " '#7')) | 2",
        "SELECT task_id FROM task_runs WHERE task_id IN ALL7 EXCEPT SELECT id FROM tasks | 0",
        "SELECT task_id FROM task_runs WHERE task_id IN ALL7 INTERSECT SELECT id FROM tasks | 7",
        "SELECT DISTINCT c.task_id FROM token_report c JOIN tasks t ON c.task_id = t.id | 6",
        "SELECT DISTINCT c.task_id FROM token_report c JOIN tasks t ON c.task_id = t.id WHERE t.id"
            + " IN ALL7 | 7",
        "SELECT DISTINCT task_id FROM token_report WHERE task_id IN ALL7 | 7",
        "SELECT id FROM rightbrain_runs.\"Task-1\" | 50",
        "SELECT x.id FROM rightbrain_runs.\"Task-1\" x JOIN task_runs r ON r.id = x.id | 50",
        "SELECT x.id FROM rightbrain_runs.\"Task-1\" x LEFT JOIN task_runs r ON r.id = x.id WHERE"
            + " r.id IS NULL | 0",
      })
  void namedTasksAreRead(String sql, int rows) {
    String text = literal(sql);
    for (Engine engine : List.of(operators, generated)) {
      assertThat(bench.use(engine).sql(text).rows().rows()).as(text).hasSize(rows);
    }
    List<Object> values = new java.util.ArrayList<>();
    String marked =
        java.util.regex.Pattern.compile("'([0-9a-f]{8}-[0-9a-f-]{27})'")
            .matcher(text)
            .replaceAll(
                match -> {
                  values.add(match.group(1));
                  return "?";
                });
    assertThat(bench.use(operators).sql(marked, values.toArray()).rows().rows())
        .as(marked)
        .hasSize(rows);
  }

  /** 300 live tasks of which 10 have runs: no request per task. */
  @Test
  void aJoinWithTheListOfTasksReadsTheList() {
    try (Bench many =
        Bench.rightbrain(RightbrainOptions.builder().tasks(300).runsPerTask(0).build())) {
      RightbrainState state = many.simulator().rightbrain();
      state.taskIds().subList(0, 10).forEach(state::addRun);
      many.sql(
              "SELECT t.name FROM task_runs r JOIN tasks t ON r.task_id = t.id WHERE r.created >="
                  + " TIMESTAMP '2026-07-01 00:00:00'")
          .rows()
          .hasRows(10)
          .sentBetween(2, 11);
      String ids =
          state.taskIds().stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
      many.sql("SELECT id FROM task_runs WHERE task_id IN (" + ids + ")")
          .rows()
          .hasRows(10)
          .sentBetween(1, 10);
      many.sql("SELECT id FROM tasks WHERE id IN (" + ids + ")")
          .rows()
          .hasRows(300)
          .sentBetween(3, 4);
    }
  }

  /** Many of the named ones are deleted: the list gives the others, and is not read again for them. */
  @Test
  void manyDeletedTasksAreAskedForAfterTheList() {
    try (Bench many =
        Bench.rightbrain(RightbrainOptions.builder().tasks(60).runsPerTask(1).build())) {
      RightbrainState state = many.simulator().rightbrain();
      List<String> ids = state.taskIds();
      ids.subList(0, 30).forEach(state::deleteTask);
      String named = ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
      for (String sql :
          List.of(
              "SELECT id FROM tasks WHERE id IN (%s)",
              "SELECT id FROM task_runs WHERE task_id IN (%s)",
              "SELECT DISTINCT task_id FROM task_revisions WHERE task_id IN (%s)")) {
        assertThat(many.sql(sql.formatted(named)).rows().rows())
            .as(sql)
            .hasSize(60)
            .doesNotHaveDuplicates();
      }
    }
  }

  /** What an ON says of a table holds for all that is joined to its rows: one report is read. */
  @Test
  void anOnNarrowsTheKeysOfAFurtherJoin() {
    Bench.Result result =
        bench
            .use(operators)
            .sql(
                literal(
                    "SELECT COUNT(DISTINCT r.id) FROM tasks t LEFT JOIN token_report c ON t.id ="
                        + " c.task_id AND c.task_id = '#1' LEFT JOIN task_runs r ON c.task_id = r.task_id"))
            .rows()
            .is("50");
    assertThat(result.requests())
        .filteredOn(each -> each.path().endsWith("token_report"))
        .hasSize(1);
  }

  @Test
  void reportsHaveNoListOfTheirOwn() {
    for (String sql :
        List.of(
            "SELECT * FROM token_report",
            "SELECT * FROM token_report c WHERE NOT (c.task_id = '#1')",
            "SELECT * FROM token_report a JOIN credit_report b ON a.task_id = b.task_id")) {
      bench.use(operators).sql(literal(sql)).refused(ErrorKind.INVALID_STATEMENT);
    }
  }

  /** The lists are told of once per connection and table. */
  @Test
  void listsThatLeaveOutAreToldOfOnce() {
    bench.connect(Map.of());
    assertThat(bench.sql("SELECT id FROM task_runs").rows().warnings())
        .anySatisfy(warning -> assertThat(warning).contains("task_runs", "deleted"));
    assertThat(bench.sql("SELECT id FROM task_runs").rows().warnings()).isEmpty();
    assertThat(bench.sql("SELECT id FROM tasks").rows().warnings())
        .anySatisfy(warning -> assertThat(warning).contains("tasks", "deleted"));
    assertThat(bench.sql("SELECT COUNT(*) FROM tasks").rows().warnings()).isEmpty();
    assertThat(
            bench
                .sql(literal("SELECT id FROM task_revisions WHERE task_id = '#1'"))
                .rows()
                .warnings())
        .isEmpty();
  }
}
