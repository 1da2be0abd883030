package dev.turntable.handinger;

import dev.turntable.http.TestConfig;
import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.server.ReceivedRequest;
import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import dev.turntable.source.TaskSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** A simulator of its own, whose answer shape nobody knows yet, and one connection to it. */
final class Fixture implements AutoCloseable {
  final Simulator simulator;
  private final TestConfig config;
  private ConnectionLimits limits = ConnectionLimits.DEFAULT;
  private ConnectionScope connection;
  private TaskSource source;

  Fixture(SimulatorOptions options) {
    try {
      simulator = Simulator.start(options);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Shapes.forget(simulator.handingerUrl());
    config = TestConfig.at(simulator.handingerUrl()).with("apiKey", HandingerOptions.KEY);
  }

  static Fixture small() {
    return new Fixture(
        SimulatorOptions.builder().tasks(20).workers(2).executions(120).turns(2, 3).build());
  }

  Fixture with(String property, String value) {
    config.with(property, value);
    return this;
  }

  Fixture limits(ConnectionLimits newLimits) {
    limits = newLimits;
    return this;
  }

  Fixture shape(HandingerState.Shape shape) {
    simulator.handinger().shape(shape);
    return this;
  }

  TaskSource source() {
    if (source == null) {
      connection = new ConnectionScope(limits);
      source = new HandingerProvider().open(config.source("handinger"), connection);
    }
    return source;
  }

  ConnectionScope connection() {
    source();
    return connection;
  }

  StatementScope statement() {
    return connection().statement("SELECT 1", Duration.ZERO);
  }

  StatementScope statement(Duration timeout) {
    return connection().statement("SELECT 1", timeout);
  }

  /** Forgets the connection, and with it what it has created and archived. */
  Fixture reconnect() {
    closeSource();
    return this;
  }

  List<String> ids(int count) {
    return simulator.handinger().taskIds().subList(0, count);
  }

  String worker(int index) {
    return simulator.handinger().workerIds().get(index);
  }

  TableDef<?> table(String name) {
    return source().schemas().get(0).loader().apply(statement()).stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static ScanRequest keys(Object... keys) {
    return all().withKeys(Arrays.stream(keys).map(List::of).toList());
  }

  static ScanRequest all() {
    return ScanRequest.all(java.util.Set.of());
  }

  /** Reads a path to its end and returns one column of the rows. */
  List<Object> read(String table, String path, ScanRequest request, String column) {
    try (StatementScope scope = statement()) {
      return read(table(table), path, request, column, scope, Integer.MAX_VALUE);
    }
  }

  /** Reads a path step by step until there are enough rows. */
  <T> List<Object> read(
      TableDef<T> table,
      String path,
      ScanRequest request,
      String column,
      StatementScope scope,
      int limit) {
    Column<T> shown = table.column(column);
    List<Object> values = new ArrayList<>();
    for (T row : rows(table, path, request, scope, limit)) {
      values.add(shown.reader().apply(row));
    }
    return values;
  }

  private static <T> List<T> rows(
      TableDef<T> table, String path, ScanRequest request, StatementScope scope, int limit) {
    Deque<Fetch<T>> steps = new ArrayDeque<>(path(table, path).open(request, scope));
    List<T> rows = new ArrayList<>();
    while (!steps.isEmpty() && rows.size() < limit) {
      Page<T> page = steps.removeFirst().fetch(scope);
      rows.addAll(page.rows());
      for (int i = page.next().size() - 1; i >= 0; i--) {
        steps.addFirst(page.next().get(i));
      }
    }
    return rows;
  }

  static <T> AccessPath<T> path(TableDef<T> table, String name) {
    return table.paths().stream()
        .filter(path -> path.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Returns method and path of what the service got since this was last asked. */
  List<String> requests() {
    List<String> lines =
        simulator.requests().stream().map(ReceivedRequest::line).collect(Collectors.toList());
    simulator.clearRequests();
    return lines;
  }

  private void closeSource() {
    if (source != null) {
      source.close();
      connection.close();
      source = null;
    }
  }

  @Override
  public void close() {
    closeSource();
    simulator.close();
  }
}
