package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.plan.RandomScope.Field;
import dev.turntable.plan.RandomScope.Type;
import dev.turntable.simulator.HandingerTask;
import dev.turntable.simulator.RightbrainOptions;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.source.StatementScope;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Random statements give the same rows here as in DuckDB, which holds the same tables: down the road of
 * the operators all of them, down that of Calcite's generated code, which has to be compiled, some.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DifferentialTest {
  private static final int STATEMENTS = Integer.getInteger("turntable.statements", 3000);
  private static final long SEED = Long.getLong("turntable.seed", 20260720L);

  /** So many of them read the tables of both services. */
  private static final int OF_BOTH = Integer.getInteger("turntable.statements.both", 400);

  /** One in so many statements takes the road of generated code too. */
  private static final int GENERATED = Integer.getInteger("turntable.generated", 20);

  /**
   * What Calcite's generated code gets wrong: it has no grand total of no rows, fails at the first value
   * of an empty frame, and counts the halves of an emoji.
   */
  private static final Pattern WRONG_IN_CALCITE =
      Pattern.compile(
          "ROLLUP|CUBE|GROUPING SETS|(?:FIRST|LAST)_VALUE|CHAR_LENGTH|SUBSTRING|POSITION");

  private static final int SHOWN = Integer.getInteger("turntable.shown", 10);
  private static final int SAMPLES = 12;
  private static final int LONGEST_SAMPLE = 60;

  private final List<RandomSources.Table> tables = new ArrayList<>();
  private Bench bench;
  private Engine operators;
  private Engine generated;
  private DuckDb duck;
  private int ofHandinger;
  private int skipped;

  @BeforeAll
  void load() throws SQLException {
    bench =
        Bench.both(
            SimulatorOptions.builder()
                .tasks(60)
                .turns(1, 5)
                .workers(3)
                .executions(40)
                .schedules(5)
                .rightbrain(RightbrainOptions.builder().tasks(4).runsPerTask(45).build())
                .build());
    bench.simulator().rightbrain().switches().stopClock(true);
    Map<String, String> properties =
        Map.of(
            "handinger.taskIds", String.join(",", taskIds()),
            "handinger.workerIds", String.join(",", bench.simulator().handinger().workerIds()),
            "maxAge", "3600");
    operators = bench.connect(properties).engine();
    generated = bench.connectGenerated(properties).engine();
    duck = DuckDb.open();
    loadHandinger();
    loadRightbrain();
  }

  private void loadHandinger() throws SQLException {
    load(
        "tasks",
        "id:task",
        "title",
        "status",
        "triggered_by",
        "worker_id:worker",
        "created_by_user_id",
        "created_at",
        "completed_at",
        "credits",
        "duration_ms",
        "turn_count:few");
    load(
        "turns",
        "id",
        "task_id:task",
        "seq",
        "status",
        "input",
        "structured_output",
        "input_tokens",
        "output_tokens",
        "credits",
        "duration_ms",
        "started_at",
        "completed_at");
    load(
        "webhook_executions",
        "id",
        "worker_id:worker",
        "task_id:task",
        "task_title",
        "created_at",
        "duration_ms",
        "request_status",
        "response_status",
        "error_message");
    load(
        "worker_schedules",
        "id",
        "worker_id:worker",
        "type",
        "budget",
        "input",
        "next_run_at",
        "delay_in_seconds",
        "interval_seconds",
        "cron");
    ofHandinger = tables.size();
  }

  /** What both services tell in small numbers joins them. */
  private void loadRightbrain() throws SQLException {
    load(
        TwoSql.each("rightbrain.tasks", "rb_tasks"),
        "id:rbtask",
        "name",
        "description",
        "enabled",
        "output_modality",
        "task_run_visibility",
        "created",
        "deleted");
    load(
        TwoSql.each("rightbrain.task_revisions", "rb_revisions"),
        "id:rbrevision",
        "task_id:rbtask",
        "created",
        "user_prompt",
        "active",
        "test",
        "annotation",
        "tool_choice",
        "weight");
    load(
        TwoSql.each("rightbrain.task_runs", "rb_runs"),
        "id:rbrun",
        "task_id:rbtask",
        "task_revision_id:rbrevision",
        "task_name",
        "created",
        "is_error",
        "status",
        "input_tokens",
        "total_tokens",
        "llm_call_timing",
        "llm_retries:few",
        "used_fallback_model",
        "reference");
    load(
        TwoSql.each("rightbrain_runs.\"Task-1\"", "rb_task_1"),
        "id:rbrun",
        "created",
        "status",
        "output_tokens",
        "reader",
        "summary",
        "score",
        "share",
        "useful",
        "mood");
    String range =
        "range_start >= TIMESTAMP '2026-05-01 00:00:00'"
            + " AND range_end <= TIMESTAMP '2026-06-15 00:00:00'";
    load(
        report("token_report", range + " AND show_reporting_group"),
        "task_id:rbtask",
        "task_revision_id:rbrevision",
        "reporting_group",
        "total_tokens",
        "task_runs:few",
        "range_start");
    load(
        report("timing_report", range + " AND aggregation = 'day'"),
        "task_id:rbtask",
        "task_revision_id:rbrevision",
        "bucket",
        "avg_llm_call_timing",
        "task_runs:few");
    load(
        report("usage_report", "aggregation = 'week' AND status IN ('SUCCESS', 'FAIL')"),
        "task_id:rbtask",
        "bucket",
        "task_runs:few",
        "status");
  }

  /** A report needs its task, and the rows depend on how it is asked for. */
  private TwoSql report(String table, String asked) {
    List<String> ids =
        List.of("Task-1", "Task-2", "Task-3").stream()
            .map(bench.simulator().rightbrain()::taskId)
            .toList();
    return TwoSql.each(
        "(SELECT * FROM rightbrain."
            + table
            + " WHERE task_id IN ('"
            + String.join("', '", ids)
            + "') AND "
            + asked
            + ")",
        "rb_" + table);
  }

  @AfterAll
  void close() throws SQLException {
    bench.close();
    duck.close();
  }

  /** Few unfinished ones: their answers are never kept, so that each statement asks for them again. */
  private List<String> taskIds() {
    List<String> unfinished = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (HandingerTask task : bench.simulator().handinger().tasks()) {
      boolean over = !List.of("running", "pending").contains(task.status());
      (over ? ids : unfinished).add(task.id());
    }
    ids.addAll(unfinished.subList(0, 2));
    return ids;
  }

  private void load(String table, String... columns) throws SQLException {
    load(TwoSql.of(table), columns);
  }

  private void load(TwoSql source, String... columns) throws SQLException {
    String names = String.join(", ", columns).replaceAll(":\\w+", "");
    String sql = "SELECT " + names + " FROM " + source.ours();
    PreparedSql prepared =
        operators.prepare(
            sql, operators.defaultSchema(), operators.newStatement(sql, Duration.ZERO));
    List<List<@Nullable Object>> rows = rows(operators, sql, List.of());
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      int column = i;
      Type type =
          switch (prepared.columns().get(i).type()) {
            case BIGINT, INTEGER -> Type.WHOLE;
            case TIMESTAMP -> Type.TIME;
            case DOUBLE -> Type.REAL;
            case BOOLEAN -> Type.TRUTH;
            default -> Type.TEXT;
          };
      List<Object> samples =
          rows.stream()
              .<Object>map(row -> row.get(column))
              .filter(Objects::nonNull)
              .filter(value -> value.toString().length() <= LONGEST_SAMPLE)
              .distinct()
              .limit(SAMPLES)
              .toList();
      String[] name = columns[i].split(":");
      fields.add(new Field(TwoSql.of(name[0]), type, name.length > 1 ? name[1] : "", samples));
    }
    RandomSources.Table loaded = new RandomSources.Table(source, fields, rows.size());
    duck.load(loaded, rows);
    tables.add(loaded);
  }

  private static List<List<@Nullable Object>> rows(
      Engine engine, String sql, List<Object> parameters) {
    try (StatementScope scope = engine.newStatement(sql, Duration.ZERO)) {
      PreparedSql prepared = engine.prepare(sql, engine.defaultSchema(), scope);
      List<List<@Nullable Object>> rows = new ArrayList<>();
      try (RowCursor cursor = prepared.query(parameters, 0, scope)) {
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

  @Test
  void sameRowsAsDuckDb() {
    compare(tables.subList(0, ofHandinger), STATEMENTS);
  }

  @Test
  void sameRowsAsDuckDbOfBothServices() {
    compare(tables, OF_BOTH);
  }

  private void compare(List<RandomSources.Table> of, int statements) {
    List<String> failures = new ArrayList<>();
    int skippedBefore = skipped;
    for (int i = 0; i < statements; i++) {
      long seed = SEED + i;
      RandomQueries.Statement statement = new RandomQueries(seed, of).statement();
      String failure = check(statement, operators);
      if (failure.isEmpty()
          && i % GENERATED == 0
          && !WRONG_IN_CALCITE.matcher(statement.sql().ours()).find()) {
        failure = check(statement, generated);
        failure = failure.isEmpty() ? "" : "\n  generated code:" + failure;
      }
      bench.simulator().clearRequests();
      if (!failure.isEmpty()) {
        failures.add(
            "seed "
                + seed
                + ": "
                + statement.sql().ours()
                + "\n  values "
                + statement.sql().values()
                + failure);
      }
    }
    assertThat(failures.size())
        .as(() -> String.join("\n\n", failures.subList(0, Math.min(SHOWN, failures.size()))))
        .isZero();
    assertThat(skipped - skippedBefore)
        .as("statements that DuckDB cannot run")
        .isLessThan(statements / 50 + 1);
  }

  private String check(RandomQueries.Statement statement, Engine engine) {
    List<List<@Nullable Object>> expected;
    try {
      expected =
          duck.rows(Objects.requireNonNullElse(statement.unlimited(), statement.sql()).duck());
    } catch (SQLException e) {
      // Outer joins on sub-queries; functions of what it takes for a NULL without a type.
      String message = String.valueOf(e.getMessage());
      if (message.contains("Not implemented") || message.contains("No function matches")) {
        skipped++;
        return "";
      }
      return "\n  DuckDB: " + e.getMessage();
    }
    List<List<@Nullable Object>> actual;
    try {
      actual = rows(engine, statement.sql().ours(), statement.sql().values());
    } catch (RuntimeException | Error e) {
      return "\n  " + e;
    }
    return difference(statement, expected, actual);
  }

  private static String difference(
      RandomQueries.Statement statement,
      List<List<@Nullable Object>> expected,
      List<List<@Nullable Object>> actual) {
    RowBag expectedBag = new RowBag(expected);
    RowBag actualBag = new RowBag(actual);
    if (statement.unlimited() != null) {
      long size = Math.min(statement.limit(), expected.size());
      return actualBag.size() == size && actualBag.minus(expectedBag).isEmpty()
          ? ""
          : "\n  " + actualBag.size() + " rows instead of " + size + actualBag.minus(expectedBag);
    }
    String difference = expectedBag.difference(actualBag);
    if (difference.isEmpty() && !keys(statement, expected).equals(keys(statement, actual))) {
      return "\n  order: " + keys(statement, expected) + "\n  but was " + keys(statement, actual);
    }
    return difference;
  }

  private static List<String> keys(
      RandomQueries.Statement statement, List<List<@Nullable Object>> rows) {
    return rows.stream()
        .map(row -> RowBag.text(statement.order().stream().map(i -> row.get(i - 1)).toList()))
        .toList();
  }
}
