package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.config.ConfigRequest;
import dev.turntable.config.ConfigResolver;
import dev.turntable.config.ConnectionConfig;
import dev.turntable.config.Setting;
import dev.turntable.config.Sources;
import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.engine.UpdateResult;
import dev.turntable.plan.catalog.SourceSet;
import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.ReceivedRequest;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import dev.turntable.source.TurntableException;
import dev.turntable.store.file.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A simulator and an engine on it. A test states the SQL, the requests that the server got, and the
 * rows, together.
 */
public final class Bench implements AutoCloseable {
  private static final Set<String> ADDRESSES = ConcurrentHashMap.newKeySet();

  private final Simulator simulator;
  private final List<String> sources;
  private final Map<String, String> standard;
  private final List<Engine> engines = new ArrayList<>();
  private Engine engine;
  private boolean explaining;

  private Bench(
      SimulatorOptions options,
      List<String> sources,
      Function<Simulator, Map<String, String>> standard) {
    simulator = started(options);
    this.sources = sources;
    this.standard = standard.apply(simulator);
  }

  /** What the JVM has learnt of an address stays with it: each server has one of its own. */
  private static Simulator started(SimulatorOptions options) {
    try {
      Simulator started = Simulator.start(options);
      while (!ADDRESSES.add(started.handingerUrl())) {
        Simulator again = Simulator.start(options);
        started.close();
        started = again;
      }
      return started;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Handinger with so many tasks. */
  public static Bench handinger(int tasks) {
    return handinger(SimulatorOptions.builder().tasks(tasks).build());
  }

  public static Bench handinger(SimulatorOptions options) {
    return new Bench(
            options,
            List.of("handinger"),
            simulator ->
                Map.of("baseUrl", simulator.handingerUrl(), "apiKey", HandingerOptions.KEY))
        .connect(Map.of());
  }

  /** Rightbrain; organization, project and API key are given, so that nothing is asked for them. */
  public static Bench rightbrain(RightbrainOptions options) {
    return new Bench(
            SimulatorOptions.builder().tasks(1).rightbrain(options).build(),
            List.of("rightbrain"),
            simulator ->
                Map.of(
                    "baseUrl", simulator.rightbrainUrl(),
                    "apiKey", RightbrainOptions.KEY,
                    "orgId", simulator.rightbrain().orgId(),
                    "projectId", simulator.rightbrain().projectId()))
        .connect(Map.of());
  }

  /** Both services, Handinger first. */
  static Bench both(SimulatorOptions options) {
    return new Bench(
            options,
            List.of("handinger", "rightbrain"),
            simulator ->
                Map.of(
                    "handinger.baseUrl",
                    simulator.handingerUrl(),
                    "handinger.apiKey",
                    HandingerOptions.KEY,
                    "rightbrain.baseUrl",
                    simulator.rightbrainUrl(),
                    "rightbrain.apiKey",
                    RightbrainOptions.KEY))
        .connect(Map.of());
  }

  /** Opens a new connection with further properties; an empty one is left out. */
  public Bench connect(Map<String, String> properties) {
    engine = Engines.open(config(properties));
    engines.add(engine);
    return this;
  }

  /** Opens a new connection that keeps what it reads. */
  public Bench store(Path directory, String... more) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("store", directory.toString());
    properties.put("storeLibrary", Stores.LIBRARY.toString());
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < more.length; i += 2) {
      (more[i].startsWith("store") ? properties : settings).put(more[i], more[i + 1]);
    }
    engine = Engines.open(config(settings, properties));
    engines.add(engine);
    return this;
  }

  /** Opens a new connection whose statements all take the road of Calcite's generated code. */
  Bench connectGenerated(Map<String, String> properties) {
    engine = Engines.open(config(properties), true);
    engines.add(engine);
    return this;
  }

  /** Opens a new connection that knows some tasks. */
  Bench knowing(List<String> ids) {
    return connect(Map.of("taskIds", String.join(",", ids)));
  }

  /** A Handinger of six tasks and of one worker with five executions, which the engine knows all. */
  static Bench knowingAll() {
    Bench bench = handinger(SimulatorOptions.builder().tasks(6).workers(1).executions(5).build());
    return bench.connect(
        Map.of(
            "taskIds", String.join(",", bench.taskIds()),
            "workerIds", String.join(",", bench.simulator().handinger().workerIds())));
  }

  /** From now on every query is explained before it runs, and must do what EXPLAIN said. */
  Bench explaining() {
    explaining = true;
    return this;
  }

  /** Goes on with a connection that was opened before. */
  Bench use(Engine opened) {
    engine = opened;
    return this;
  }

  private ConnectionConfig config(Map<String, String> properties) {
    return config(properties, Map.of());
  }

  private ConnectionConfig config(Map<String, String> properties, Map<String, String> byHand) {
    Map<String, String> all = new LinkedHashMap<>(standard);
    all.putAll(properties);
    all.values().removeIf(String::isEmpty);
    List<Setting> settings =
        all.entrySet().stream().map(e -> new Setting(e.getKey(), e.getValue())).toList();
    return ConfigResolver.resolve(
            new ConfigRequest(Sources.named(sources), settings, byHand, Map.of(), Map.of()))
        .config();
  }

  /** Opens the sources themselves. */
  public SourceSet sources() {
    return SourceSet.open(config(Map.of()));
  }

  /** Returns the tables by schema, the system schema among them. */
  public Map<String, List<TableDef<?>>> definitions() {
    Map<String, List<TableDef<?>>> definitions = new LinkedHashMap<>();
    try (SourceSet sources = sources()) {
      sources
          .tables()
          .forEach(
              (name, schema) -> definitions.put(name, List.copyOf(schema.definitions().values())));
    }
    return definitions;
  }

  public Simulator simulator() {
    return simulator;
  }

  public Engine engine() {
    return engine;
  }

  public List<String> taskIds() {
    return simulator.handinger().taskIds();
  }

  /** Prepares to run a statement. */
  public Run sql(String sql, Object... parameters) {
    return new Run(sql, Arrays.asList(parameters));
  }

  /** One statement and what is expected of it. */
  public final class Run {
    private final String sql;
    private final List<Object> parameters;
    private long maxRows;
    private boolean unforeseen;

    private Run(String sql, List<Object> parameters) {
      this.sql = sql;
      this.parameters = parameters;
    }

    Run maxRows(long rows) {
      maxRows = rows;
      return this;
    }

    /** Runs a query to its end. */
    public Result rows() {
      if (!explaining || unforeseen || sql.startsWith("EXPLAIN")) {
        return run();
      }
      if (sql.contains("rightbrain_runs")) {
        // Whatever names them first reads the list of tasks, EXPLAIN too.
        Result result = run();
        ExplainedRequests.check(sql, explained(), List.of("/task"), result);
        return result;
      }
      List<String> lines = explained();
      Result result = run();
      ExplainedRequests.check(sql, lines, List.of(), result);
      return result;
    }

    /** Something at the service makes it send what EXPLAIN could not foresee. */
    Run unforeseen() {
      unforeseen = true;
      return this;
    }

    private Result run() {
      simulator.clearRequests();
      try (StatementScope scope = engine.newStatement(sql, Duration.ZERO)) {
        Result result = run(scope);
        return new Result(result.rows(), 0, List.of(), scope.warnings(), simulator.requests());
      }
    }

    private Result run(StatementScope scope) {
      PreparedSql prepared = engine.prepare(sql, engine.defaultSchema(), scope);
      List<String> rows = new ArrayList<>();
      try (RowCursor cursor = prepared.query(parameters, maxRows, scope)) {
        while (cursor.next()) {
          StringJoiner row = new StringJoiner(" | ");
          for (int i = 0; i < prepared.columns().size(); i++) {
            row.add(String.valueOf(cursor.value(i)));
          }
          rows.add(row.toString());
        }
      }
      return new Result(rows, 0, List.of(), List.of(), List.of());
    }

    /** Runs a write. */
    public Result update() {
      simulator.clearRequests();
      try (StatementScope scope = engine.newStatement(sql, Duration.ZERO)) {
        PreparedSql prepared = engine.prepare(sql, engine.defaultSchema(), scope);
        UpdateResult result = prepared.update(List.of(parameters), true, scope);
        return new Result(
            List.of(), result.total(), result.keys(), scope.warnings(), simulator.requests());
      }
    }

    /** Expects a failure before any request. */
    TurntableException refused(ErrorKind kind) {
      TurntableException failure = fails(kind);
      assertThat(simulator.requests()).as(sql).isEmpty();
      return failure;
    }

    TurntableException fails(ErrorKind kind) {
      simulator.clearRequests();
      TurntableException failure =
          catchThrowableOfType(
              TurntableException.class,
              () -> {
                try (StatementScope scope = engine.newStatement(sql, Duration.ZERO)) {
                  PreparedSql prepared = engine.prepare(sql, engine.defaultSchema(), scope);
                  if (prepared.kind() == PreparedSql.Kind.UPDATE) {
                    prepared.update(List.of(parameters), true, scope);
                  } else {
                    try (RowCursor cursor = prepared.query(parameters, maxRows, scope)) {
                      while (cursor.next()) {
                        cursor.value(0);
                      }
                    }
                  }
                }
              });
      assertThat(failure).as(sql).isNotNull();
      assertThat(failure.kind()).as("%s: %s", sql, failure.getMessage()).isEqualTo(kind);
      return failure;
    }

    /** Runs EXPLAIN and returns its lines; fails if it sent anything. */
    String explain() {
      return String.join("\n", explained());
    }

    private List<String> explained() {
      // What an earlier statement sent ahead may still arrive: the scope counts its own.
      try (StatementScope scope = engine.newStatement(sql, Duration.ZERO)) {
        Run explain = new Run("EXPLAIN PLAN FOR " + sql, parameters).maxRows(maxRows);
        List<String> lines = explain.run(scope).rows();
        assertThat(scope.requestCount()).as("EXPLAIN sends nothing: %s", sql).isZero();
        return lines;
      }
    }
  }

  /** What a statement gave. */
  public record Result(
      List<String> rows,
      long count,
      List<? extends List<?>> keys,
      List<String> warnings,
      List<ReceivedRequest> requests) {

    public Result sent(int expected) {
      assertThat(requests).as("requests").hasSize(expected);
      return this;
    }

    Result sentBetween(int least, int most) {
      assertThat(requests.size()).as("requests").isBetween(least, most);
      return this;
    }

    /** Expects exactly these requests, in any order. */
    Result sent(String... lines) {
      assertThat(requests.stream().map(ReceivedRequest::line)).containsExactlyInAnyOrder(lines);
      return this;
    }

    Result hasRows(int expected) {
      assertThat(rows).hasSize(expected);
      return this;
    }

    public Result is(String... expected) {
      assertThat(rows).containsExactly(expected);
      return this;
    }

    Result isInAnyOrder(String... expected) {
      assertThat(rows).containsExactlyInAnyOrder(expected);
      return this;
    }
  }

  @Override
  public void close() {
    engines.forEach(Engine::close);
    simulator.close();
  }
}
