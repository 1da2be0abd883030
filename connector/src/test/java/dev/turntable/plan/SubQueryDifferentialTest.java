package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.source.StatementScope;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Sub-queries within sub-queries give the same rows here as in DuckDB, over VALUES and over tables that
 * are read by requests. {@code -Dturntable.judge=} names another judge by its JDBC URL: PostgreSQL runs
 * nearly all of the statements, DuckDB two thirds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SubQueryDifferentialTest {
  private static final int STATEMENTS = Integer.getInteger("turntable.subqueries", 250);
  private static final long SEED = Long.getLong("turntable.seed", 20261129L);
  private static final String JUDGE = System.getProperty("turntable.judge", "jdbc:duckdb:");
  private static final boolean IS_DUCK = JUDGE.startsWith("jdbc:duckdb:");

  /** One in so many statements takes the road of generated code too. */
  private static final int GENERATED = Integer.getInteger("turntable.generated", 20);

  private static final int SHOWN = Integer.getInteger("turntable.shown", 5);

  private static final List<String> TABLES =
      List.of(
          "(SELECT credits, turn_count, duration_ms, id FROM tasks)",
          "(SELECT credits, turn_count, duration_ms, worker_id FROM tasks)",
          "(SELECT seq, credits, input_tokens, task_id FROM turns)",
          "(SELECT duration_ms, response_status, 1, task_id FROM webhook_executions)",
          "(SELECT duration_ms, response_status, 2, worker_id FROM webhook_executions)");

  private Bench bench;
  private Engine operators;
  private Engine generated;
  private Connection judge;

  @BeforeAll
  void load() throws SQLException {
    bench =
        Bench.handinger(
            SimulatorOptions.builder().tasks(5).turns(1, 2).workers(2).executions(4).build());
    Map<String, String> properties =
        Map.of(
            "taskIds", String.join(",", bench.taskIds()),
            "workerIds", String.join(",", bench.simulator().handinger().workerIds()),
            "maxAge", "3600");
    operators = bench.connect(properties).engine();
    generated = bench.connectGenerated(properties).engine();
    judge = DriverManager.getConnection(JUDGE);
    if (IS_DUCK) {
      run("SET default_null_order = 'nulls_last_on_asc_first_on_desc'");
      run("SET threads = 1");
    }
    load(
        "tasks",
        "credits BIGINT",
        "turn_count BIGINT",
        "duration_ms BIGINT",
        "id VARCHAR",
        "worker_id VARCHAR");
    load("turns", "seq BIGINT", "credits BIGINT", "input_tokens BIGINT", "task_id VARCHAR");
    load(
        "webhook_executions",
        "duration_ms BIGINT",
        "response_status BIGINT",
        "task_id VARCHAR",
        "worker_id VARCHAR");
  }

  private void load(String table, String... columns) throws SQLException {
    run("CREATE TEMPORARY TABLE " + table + " (" + String.join(", ", columns) + ")");
    List<String> names = List.of(columns).stream().map(column -> column.split(" ")[0]).toList();
    String marks = String.join(", ", names.stream().map(name -> "?").toList());
    try (PreparedStatement insert =
        judge.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")")) {
      for (List<@Nullable Object> row :
          ours(operators, "SELECT " + String.join(", ", names) + " FROM " + table)) {
        for (int i = 0; i < row.size(); i++) {
          insert.setObject(i + 1, row.get(i));
        }
        insert.executeUpdate();
      }
    }
  }

  @AfterAll
  void close() throws SQLException {
    bench.close();
    judge.close();
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = judge.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void sameRowsOverValues() {
    compare(List.of(), STATEMENTS);
  }

  @Test
  void sameRowsOverRequests() {
    compare(TABLES, STATEMENTS / 4);
  }

  private void compare(List<String> tables, int statements) {
    List<String> failures = new ArrayList<>();
    int judged = 0;
    for (int i = 0; i < statements; i++) {
      String sql = new RandomNestedQueries(SEED + i, tables, !IS_DUCK).statement();
      List<List<@Nullable Object>> expected;
      try {
        expected = judged(sql);
      } catch (SQLException e) {
        continue; // what the judge cannot run; the share is checked below
      }
      judged++;
      String failure = difference(operators, sql, expected);
      if (failure.isEmpty() && i % GENERATED == 0) {
        failure = difference(generated, sql, expected);
      }
      bench.simulator().clearRequests();
      if (!failure.isEmpty()) {
        failures.add("seed " + (SEED + i) + ": " + sql + failure);
      }
    }
    assertThat(failures.size())
        .as(() -> String.join("\n\n", failures.subList(0, Math.min(SHOWN, failures.size()))))
        .isZero();
    assertThat(judged).as("statements that the judge can run").isGreaterThan(statements / 2);
  }

  private static String difference(
      Engine engine, String sql, List<List<@Nullable Object>> expected) {
    try {
      return new RowBag(expected).difference(new RowBag(ours(engine, sql)));
    } catch (RuntimeException | Error e) {
      return "\n  " + e;
    }
  }

  private List<List<@Nullable Object>> judged(String sql) throws SQLException {
    try (Statement statement = judge.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  private static List<List<@Nullable Object>> ours(Engine engine, String sql) {
    try (StatementScope scope = engine.newStatement(sql, Duration.ZERO)) {
      PreparedSql prepared = engine.prepare(sql, engine.defaultSchema(), scope);
      List<List<@Nullable Object>> rows = new ArrayList<>();
      try (RowCursor cursor = prepared.query(List.of(), 0, scope)) {
        while (cursor.next()) {
          List<@Nullable Object> row = new ArrayList<>();
          for (int i = 0; i < prepared.columns().size(); i++) {
            row.add(cursor.value(i));
          }
          rows.add(row);
        }
      }
      return rows;
    }
  }
}
