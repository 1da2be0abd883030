package dev.turntable.plan.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.plan.Bench;
import dev.turntable.plan.catalog.SchemaTables;
import dev.turntable.plan.catalog.SourceSet;
import dev.turntable.plan.statement.QuerySql;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.ReceivedRequest;
import dev.turntable.source.Column;
import dev.turntable.source.ColumnType;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A plain query gives what Calcite's road gives: the same columns, rows, requests and failures, for
 * every table of every source, however it is written. Parentheses send it down Calcite's road.
 */
final class PlainQueryTest {
  private static Bench tasks;
  private static Bench runs;

  /** What a statement came to. */
  private record Outcome(
      List<ColumnInfo> columns,
      List<String> rows,
      List<String> requests,
      @Nullable String failure) {}

  @BeforeAll
  static void start() {
    tasks =
        Bench.handinger(
            SimulatorOptions.builder().tasks(12).workers(2).executions(60).turns(1, 3).build());
    runs = Bench.rightbrain(RightbrainOptions.builder().tasks(2).runsPerTask(30).build());
  }

  @AfterAll
  static void stop() {
    tasks.close();
    runs.close();
  }

  @TestFactory
  Stream<DynamicTest> handinger() {
    String task = tasks.taskIds().get(0);
    String worker = tasks.simulator().handinger().workerIds().get(0);
    tasks.connect(
        Map.of(
            "maxConcurrentRequests",
            "1",
            "taskIds",
            String.join(",", tasks.taskIds()),
            "workerIds",
            worker));
    return tests(tasks, Map.of("id", task, "task_id", task, "worker_id", worker));
  }

  @TestFactory
  Stream<DynamicTest> rightbrain() {
    runs.simulator().rightbrain().switches().stopClock(true);
    runs.connect(Map.of("maxConcurrentRequests", "1"));
    String task = runs.sql("SELECT id FROM tasks LIMIT 1").rows().rows().get(0);
    return tests(runs, Map.of("task_id", task, "status", "success", "name", "O'Neill"));
  }

  private static Stream<DynamicTest> tests(Bench bench, Map<String, String> values) {
    return bench.definitions().entrySet().stream()
        .filter(schema -> !schema.getKey().equals("rightbrain_runs")) // lazy: always Calcite's
        .flatMap(
            schema ->
                schema.getValue().stream()
                    .map(
                        table ->
                            DynamicTest.dynamicTest(
                                schema.getKey() + "." + table.name(),
                                () ->
                                    statements(schema.getKey(), table, values)
                                        .forEach(sql -> same(bench, sql)))));
  }

  private static List<String> statements(
      String schema, TableDef<?> table, Map<String, String> values) {
    List<String> names = table.columns().stream().<String>map(Column::name).toList();
    String from = " FROM " + schema + "." + table.name();
    String key =
        table.columns().stream()
            .filter(column -> column.type() == ColumnType.VARCHAR)
            .map(Column::name)
            .filter(values::containsKey)
            .findFirst()
            .map(name -> " WHERE " + name + " = '" + values.get(name).replace("'", "''") + "'")
            .orElse("");
    List<String> statements = new ArrayList<>();
    statements.add("SELECT *" + from + key);
    statements.add("select * " + from + " limit 2");
    statements.add("/* all */ Select  *\n" + from + key + "\tlimit 3 -- of them");
    statements.add("SELECT \"" + names.get(0) + "\"\r\n// the first\r\n" + from + key);
    statements.add("SELECT *" + from + " LIMIT 0");
    statements.add(
        "SELECT " + names.get(names.size() - 1) + ", \"" + names.get(0) + "\"" + from + key);
    for (Column<?> column : table.columns()) {
      if (column.type() == ColumnType.VARCHAR) {
        String value = values.getOrDefault(column.name(), "completed").replace("'", "''");
        String and = key.isEmpty() || key.contains(column.name()) ? " WHERE " : key + " AND ";
        statements.add(
            "SELECT " + names.get(0) + from + and + column.name() + " = '" + value + "'");
        statements.add(
            "SELECT *"
                + from
                + and
                + column.name()
                + " IN ('"
                + value
                + "', '', '"
                + value
                + "') LIMIT 3");
        statements.add("SELECT *" + from + and + column.name() + " = '" + value + " '");
      }
    }
    return statements;
  }

  private static void same(Bench bench, String sql) {
    Outcome plain = run(bench, sql, PlainQuery.class);
    assertThat(plain).as(sql).isEqualTo(run(bench, "(" + sql + "\n)", QuerySql.class));
  }

  private static Outcome run(Bench bench, String sql, Class<? extends PreparedSql> road) {
    List<String> rows = new ArrayList<>();
    List<ColumnInfo> columns = List.of();
    String failure = null;
    bench.simulator().clearRequests();
    try (StatementScope scope = bench.engine().newStatement(sql, Duration.ZERO)) {
      PreparedSql prepared = bench.engine().prepare(sql, bench.engine().defaultSchema(), scope);
      assertThat(prepared).as(sql).isInstanceOf(road);
      columns = prepared.columns();
      try (RowCursor cursor = prepared.query(List.of(), 0, scope)) {
        while (cursor.next()) {
          List<@Nullable Object> row = new ArrayList<>();
          for (int i = 0; i < columns.size(); i++) {
            row.add(cursor.value(i));
          }
          rows.add(row.toString());
        }
      }
    } catch (TurntableException e) {
      failure = e.kind() + ": " + e.getMessage();
    }
    List<String> requests =
        bench.simulator().requests().stream().map(ReceivedRequest::line).toList();
    return new Outcome(columns, rows, requests, failure);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id AS x FROM tasks",
        "SELECT id x FROM tasks",
        "SELECT DISTINCT id FROM tasks",
        "SELECT ALL id FROM tasks",
        "SELECT t.id FROM tasks t",
        "SELECT id FROM tasks t",
        "SELECT id FROM tasks, turns",
        "SELECT COUNT(*) FROM tasks",
        "SELECT 'id' FROM tasks",
        "SELECT user FROM tasks",
        "SELECT current_date FROM tasks",
        "SELECT id FROM tasks WHERE id = 'a' OR id = 'b'",
        "SELECT id FROM tasks WHERE id = 'a' AND id = 'b'",
        "SELECT id FROM tasks WHERE id = 'a' 'b'",
        "SELECT id FROM tasks WHERE id = U&'a'",
        "SELECT id FROM tasks WHERE id = _UTF8'a'",
        "SELECT id FROM tasks WHERE NOT id = 'a'",
        "SELECT id FROM tasks WHERE id <> 'a'",
        "SELECT id FROM tasks WHERE id = ?",
        "SELECT id FROM tasks WHERE id = title",
        "SELECT id FROM tasks WHERE credits = 5",
        "SELECT id FROM tasks WHERE id IN ('a', NULL)",
        "SELECT id FROM tasks WHERE id IN ()",
        "SELECT id FROM tasks WHERE id = 'a",
        "SELECT id FROM tasks WHERE and = 'a'",
        "SELECT id FROM tasks LIMIT 5 OFFSET 2",
        "SELECT id FROM tasks LIMIT 2, 5",
        "SELECT id FROM tasks LIMIT 5.5",
        "SELECT id FROM tasks LIMIT 12345678901",
        "SELECT id FROM tasks LIMIT ALL",
        "SELECT id FROM tasks ORDER BY id",
        "SELECT id FROM a.b.tasks",
        "SELECT id FROM tasks; SELECT id FROM tasks",
        "SELECT /*+ hint */ id FROM tasks",
        "SELECT id FROM \"tasks\"\"\"\"",
        "EXPLAIN PLAN FOR SELECT id FROM tasks",
        "VALUES 1",
        "DELETE FROM tasks WHERE id = 'a'",
        "",
      })
  void anythingElseIsCalcites(String sql) {
    Map<String, SchemaTables> none = Map.of();
    assertThat(
            PlainSelect.of(SqlStatement.of(sql)) == null
                || PlainQuery.of(SqlStatement.of(sql), "handinger", none) == null)
        .isTrue();
  }

  /** These look plain; what they name decides. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT ID FROM tasks",
        "SELECT id, id FROM tasks",
        "SELECT nothing FROM tasks",
        "SELECT id FROM tasks WHERE credits = '5'",
        "SELECT id FROM tasks WHERE created_at = '2026-01-01'",
        "SELECT id FROM tasks WHERE ID = 'a'",
        "SELECT id FROM nothing",
        "SELECT id FROM nothing.tasks",
      })
  void namesAndTypesThatCalciteHasToJudge(String sql) {
    assertThat(PlainSelect.of(SqlStatement.of(sql))).isNotNull();
    try (SourceSet sources = tasks.sources()) {
      assertThat(PlainQuery.of(SqlStatement.of(sql), "handinger", sources.tables())).isNull();
    }
  }

  @Test
  void aTextMayHoldAnything() {
    PlainSelect select =
        PlainSelect.of(
            SqlStatement.of(
                "SELECT \"id\", title FROM \"handinger\" . TASKS WHERE title = 'O''Neill; -- \"x\" ?'"
                    + " AND status IN('a','b') LIMIT 7 ;"));

    assertThat(select)
        .isEqualTo(
            new PlainSelect(
                List.of("id", "title"),
                "handinger",
                "TASKS",
                Map.of("title", List.of("O'Neill; -- \"x\" ?"), "status", List.of("a", "b")),
                7));
  }
}
