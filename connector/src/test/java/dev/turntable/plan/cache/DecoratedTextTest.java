package dev.turntable.plan.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.engine.PreparedSql;
import dev.turntable.plan.Bench;
import dev.turntable.plan.statement.QuerySql;
import dev.turntable.plan.statement.SharedQuery;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.ReceivedRequest;
import dev.turntable.source.Column;
import dev.turntable.source.ColumnType;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random statements of one table, each written in three ways and with three sets of literals: whichever
 * road the plan cache takes, rows, columns and requests are those of a plan of the statement's own, as
 * which it is planned in parentheses.
 */
final class DecoratedTextTest {
  private static final int STATEMENTS = 150;

  private final Random random = new Random(131);
  private int plain;
  private int shared;

  /** What a statement came to. */
  private record Outcome(List<ColumnInfo> columns, List<String> rows, List<String> requests) {}

  @Test
  void handinger() {
    try (Bench bench =
        Bench.handinger(
            SimulatorOptions.builder().tasks(5).workers(1).executions(8).turns(1, 3).build())) {
      bench.connect(
          Map.of(
              "maxConcurrentRequests", "1",
              "taskIds", String.join(",", bench.taskIds()),
              "workerIds", String.join(",", bench.simulator().handinger().workerIds())));
      run(bench, List.of("tasks", "turns", "webhook_executions"));
    }
  }

  @Test
  void rightbrain() {
    try (Bench bench =
        Bench.rightbrain(RightbrainOptions.builder().tasks(2).runsPerTask(9).build())) {
      bench.simulator().rightbrain().switches().stopClock(true);
      bench.connect(Map.of("maxConcurrentRequests", "1"));
      run(bench, List.of("tasks", "task_revisions", "task_runs"));
    }
  }

  private void run(Bench bench, List<String> tables) {
    List<TableDef<?>> definitions =
        bench.definitions().get(bench.engine().defaultSchema()).stream()
            .filter(table -> tables.contains(table.name()))
            .toList();
    for (int i = 0; i < STATEMENTS; i++) {
      TableDef<?> table = definitions.get(i % definitions.size());
      String statement = statement(table);
      for (int j = 0; j < 3; j++) {
        String sql = decorated(withValues(statement));
        assertThat(outcome(bench, sql)).as(sql).isEqualTo(outcome(bench, "(" + sql + "\n)"));
      }
    }
    assertThat(plain).as("plain statements").isGreaterThan(STATEMENTS / 10);
    assertThat(shared).as("statements with a shared plan").isGreaterThan(STATEMENTS);
  }

  /** Tokens with blanks between; {@code 'T'} is to be a text and {@code 0N} a number. */
  private String statement(TableDef<?> table) {
    List<String> texts = names(table, ColumnType.VARCHAR);
    List<String> numbers = names(table, ColumnType.INTEGER, ColumnType.BIGINT);
    List<String> terms = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      terms.add(numbers.isEmpty() || random.nextBoolean() ? text(texts) : number(numbers));
    }
    String where = " WHERE " + String.join(pick(" AND ", " AND ", " OR "), terms);
    String columns = pick(texts) + " , " + pick(texts) + " AS x";
    return switch (random.nextInt(6)) {
      case 0 -> "SELECT * FROM " + table.name() + pick(where, " LIMIT 2");
      case 1 -> "SELECT " + pick(texts) + " FROM " + table.name() + where + " LIMIT 1";
      case 2 -> "SELECT COUNT ( * ) , MAX ( " + pick(texts) + " ) FROM " + table.name() + where;
      case 3 -> "SELECT " + columns + " FROM " + table.name() + " t" + where + " ORDER BY 1 , 2";
      case 4 -> "SELECT CASE WHEN " + text(texts) + " THEN 'T' END FROM " + table.name() + where;
      default -> "SELECT " + pick(texts) + " FROM " + table.name() + " WHERE " + text(texts);
    };
  }

  private static List<String> names(TableDef<?> table, ColumnType... types) {
    return table.columns().stream()
        .filter(column -> List.of(types).contains(column.type()))
        .<String>map(Column::name)
        .toList();
  }

  private String text(List<String> columns) {
    String column = pick(columns);
    return pick(
        column + " = 'T'",
        column + " = 'T'",
        "'T' <> " + column,
        "( " + column + " >= 'T' )",
        column + " IN ( 'T' , 'T' )",
        "NOT " + column + " = 'T'");
  }

  private String number(List<String> columns) {
    return pick(columns) + pick(" > 0N", " <= 0N", " <> 0N", " = 0N");
  }

  private String withValues(String statement) {
    String sql = statement;
    while (sql.contains("'T'") || sql.contains("0N")) {
      sql = sql.replaceFirst("'T'", pick("'completed'", "'success'", "''", "'it''s'", "'a -- b'"));
      sql = sql.replaceFirst("0N", pick("1", "2", "300", "12345678901"));
    }
    return sql;
  }

  /** The same tokens, in other cases of keywords and with blanks and comments between. */
  private String decorated(String statement) {
    String sql =
        List.of(statement.split(" (?=([^']*'[^']*')*[^']*$)")).stream()
            .map(
                token ->
                    token.matches("[A-Z]+") ? pick(token, token.toLowerCase(Locale.ROOT)) : token)
            .collect(Collectors.joining("\u0000"));
    while (sql.indexOf('\u0000') >= 0) {
      sql =
          sql.replaceFirst("\u0000", pick(" ", " ", "\n", "\t", " /* 'c' */ ", " -- d\n", "\r\n"));
    }
    return sql;
  }

  private String pick(String... of) {
    return pick(List.of(of));
  }

  private String pick(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private Outcome outcome(Bench bench, String sql) {
    Bench.Result result = bench.sql(sql).rows();
    try (StatementScope scope = bench.engine().newStatement(sql, Duration.ZERO)) {
      PreparedSql prepared = bench.engine().prepare(sql, bench.engine().defaultSchema(), scope);
      plain += prepared instanceof PlainQuery ? 1 : 0;
      shared += prepared instanceof SharedQuery ? 1 : 0;
      assertThat(prepared instanceof QuerySql || !sql.startsWith("(")).as(sql).isTrue();
      return new Outcome(
          prepared.columns(),
          result.rows(),
          result.requests().stream().map(ReceivedRequest::line).sorted().toList());
    }
  }
}
