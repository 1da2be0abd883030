package dev.turntable.plan;

import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.plan.RandomScope.Field;
import dev.turntable.plan.RandomScope.Type;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerTask;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.source.StatementScope;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tables of both services, simulated, read once and handed to every judge; and the engines that
 * answer over them, through requests.
 */
final class ServiceTables implements AutoCloseable {
  private static final int SAMPLES = 12;
  private static final int LONGEST_SAMPLE = 60;

  private final Bench bench;
  private final Engine operators;
  private final Engine generated;
  private final Map<RandomSources.Table, List<List<@Nullable Object>>> rows = new LinkedHashMap<>();
  private final int ofHandinger;

  private ServiceTables() {
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
    ServiceColumns columns = new ServiceColumns(bench.simulator().rightbrain()::taskId, this::load);
    columns.ofHandinger();
    ofHandinger = rows.size();
    columns.ofRightbrain();
  }

  static ServiceTables start() {
    return new ServiceTables();
  }

  /** The engine whose statements take the road of the operators. */
  Engine operators() {
    return operators;
  }

  /** The engine whose statements all take the road of Calcite's generated code. */
  Engine generated() {
    return generated;
  }

  /** Opens an engine whose store has all rows of the tables that stores keep. */
  Engine stored(Path directory) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("handinger.taskIds", String.join(",", taskIds()));
    List<String> workers = workersOfAllTables();
    properties.put("handinger.workerIds", String.join(",", workers));
    properties.put("maxAge", "360000");
    List<String> more = new ArrayList<>();
    properties.forEach((name, value) -> more.addAll(List.of(name, value)));
    Engine engine = bench.store(directory, more.toArray(new String[0])).engine();
    String named = String.join("', '", workers);
    for (RandomSources.Table table : ofStore()) {
      String name = table.source().ours();
      boolean ofWorkers = name.startsWith("w");
      rows(
          engine,
          "SELECT * FROM " + name + (ofWorkers ? " WHERE worker_id IN ('" + named + "')" : ""),
          List.of());
    }
    return engine;
  }

  /** That a worker has no row is nothing that a store remembers. */
  private List<String> workersOfAllTables() {
    return rows(
            operators,
            "SELECT DISTINCT w.worker_id FROM webhook_executions w JOIN worker_schedules s ON"
                + " s.worker_id = w.worker_id",
            List.of())
        .stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }

  /** The tables whose rows a store keeps, rather than computes from others. */
  List<RandomSources.Table> ofStore() {
    return rows.keySet().stream()
        .filter(table -> !table.source().ours().startsWith("("))
        .filter(table -> !table.source().ours().startsWith("rightbrain_runs"))
        .toList();
  }

  List<RandomSources.Table> all() {
    return List.copyOf(rows.keySet());
  }

  List<RandomSources.Table> ofHandinger() {
    return all().subList(0, ofHandinger);
  }

  List<List<@Nullable Object>> rows(RandomSources.Table table) {
    return Objects.requireNonNull(rows.get(table));
  }

  void handTo(Judge judge) throws SQLException {
    for (Map.Entry<RandomSources.Table, List<List<@Nullable Object>>> table : rows.entrySet()) {
      judge.load(table.getKey(), table.getValue());
    }
  }

  /**
   * The rows of a table as VALUES, with the columns that a statement names.
   *
   * @param source the table, as our side reads it
   */
  TwoSql values(String source, String alias, String statement) {
    RandomSources.Table table =
        rows.keySet().stream()
            .filter(candidate -> candidate.source().ours().equals(source))
            .findFirst()
            .orElseThrow();
    List<Integer> named = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      String column = alias + "." + table.columns().get(i).reference().ours();
      if (Pattern.compile("\\b" + Pattern.quote(column) + "\\b").matcher(statement).find()) {
        named.add(i);
      }
    }
    List<Integer> kept = named.isEmpty() ? List.of(0) : named;
    List<TwoSql> values = new ArrayList<>();
    for (List<@Nullable Object> row : rows(table)) {
      List<TwoSql> cells = new ArrayList<>();
      for (int i : kept) {
        Object value = row.get(i);
        cells.add(
            value == null
                ? RandomLiterals.nothing(table.columns().get(i).type())
                : RandomLiterals.literal(value));
      }
      values.add(RandomRows.row(cells));
    }
    String names =
        kept.stream()
            .map(i -> table.columns().get(i).reference().ours())
            .collect(Collectors.joining(", "));
    return TwoSql.of("(VALUES #) AS " + alias + " (" + names + ")", TwoSql.join(", ", values));
  }

  /** Forgets the requests that the server has noted. */
  void forget() {
    bench.simulator().clearRequests();
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

  private void load(TwoSql source, List<String> columns) {
    String names = String.join(", ", columns).replaceAll(":\\w+", "");
    String sql = "SELECT " + names + " FROM " + source.ours();
    PreparedSql prepared =
        operators.prepare(
            sql, operators.defaultSchema(), operators.newStatement(sql, Duration.ZERO));
    List<List<@Nullable Object>> read = rows(operators, sql, List.of());
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      Type type =
          switch (prepared.columns().get(i).type()) {
            case BIGINT, INTEGER -> Type.WHOLE;
            case TIMESTAMP -> Type.TIME;
            case DOUBLE -> Type.REAL;
            case DECIMAL -> Type.DECIMAL;
            case BOOLEAN -> Type.TRUTH;
            default -> Type.TEXT;
          };
      List<Object> samples =
          read.stream()
              .<Object>map(row -> row.get(column))
              .filter(Objects::nonNull)
              .filter(value -> value.toString().length() <= LONGEST_SAMPLE)
              .distinct()
              .limit(SAMPLES)
              .toList();
      String[] name = columns.get(i).split(":");
      fields.add(new Field(TwoSql.of(name[0]), type, name.length > 1 ? name[1] : "", samples));
    }
    RandomSources.Table loaded = new RandomSources.Table(source, fields, read.size());
    rows.put(loaded, read);
  }

  static List<List<@Nullable Object>> rows(Engine engine, String sql, List<Object> parameters) {
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

  @Override
  public void close() {
    bench.close();
  }
}
