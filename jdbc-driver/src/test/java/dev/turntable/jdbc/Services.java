package dev.turntable.jdbc;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.NullMarked;

/** The simulated services of a test, connections to them over HTTP, and what they were asked. */
@NullMarked
final class Services implements AutoCloseable {
  /** The one task of the demo whose data Handinger publishes. */
  static final String TASK = "tsk_2Z-YWz3hFq6VlW";

  final Simulator simulator;

  private final String handingerKey;
  private final String rightbrainKey;

  private Services(Simulator simulator, String handingerKey, String rightbrainKey) {
    this.simulator = simulator;
    this.handingerKey = handingerKey;
    this.rightbrainKey = rightbrainKey;
  }

  static Services demo() throws IOException {
    return new Services(
        Simulator.start(SimulatorOptions.demo()),
        HandingerOptions.DEMO_KEY,
        RightbrainOptions.DEMO_KEY);
  }

  static Services of(SimulatorOptions options) throws IOException {
    return new Services(Simulator.start(options), HandingerOptions.KEY, RightbrainOptions.KEY);
  }

  /** Connects to both services; every demo task of Handinger is in the logs of the workers. */
  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("handinger.workerIds", String.join(",", HandingerState.demoWorkerIds()));
    return connect(properties);
  }

  /** Connects to both services; only tasks that a statement names are known. */
  Connection connect(Properties more) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("handinger.baseUrl", simulator.handingerUrl());
    properties.setProperty("handinger.apiKey", handingerKey);
    properties.setProperty("rightbrain.baseUrl", simulator.rightbrainUrl());
    properties.setProperty("rightbrain.apiKey", rightbrainKey);
    properties.setProperty("rightbrain.orgId", simulator.rightbrain().orgId());
    properties.setProperty("rightbrain.projectId", simulator.rightbrain().projectId());
    more.stringPropertyNames().forEach(name -> properties.put(name, more.getProperty(name)));
    return DriverManager.getConnection("jdbc:turntable:handinger+rightbrain", properties);
  }

  /**
   * Connects to both services; all tasks of Handinger are known by their ids, and read in order.
   *
   * @param more further properties, names and values in turn
   */
  Connection knowing(String... more) throws SQLException {
    Properties properties = new Properties();
    for (int i = 0; i < more.length; i += 2) {
      properties.setProperty(more[i], more[i + 1]);
    }
    properties.setProperty("handinger.taskIds", String.join(",", simulator.handinger().taskIds()));
    properties.setProperty("maxConcurrentRequests", "1");
    return connect(properties);
  }

  /**
   * Runs a statement whose first request is not answered, and returns why it ended: another thread
   * cancels it as soon as the request is there.
   */
  SQLException cancelled(Statement statement, String sql) {
    sent();
    simulator.faults(FaultRule.always(Fault.hangBeforeHeaders(Duration.ofMinutes(5))));
    CompletableFuture<Void> button =
        CompletableFuture.runAsync(
            () -> {
              Until.holds("the request is there", () -> simulator.requestCount() > 0);
              try {
                statement.cancel();
              } catch (SQLException e) {
                throw new AssertionError(e);
              }
            });
    try {
      statement.execute(sql);
      throw new AssertionError("not cancelled: " + rows(statement.getResultSet()));
    } catch (SQLException e) {
      return e;
    } finally {
      button.join();
      simulator.faults(FaultRule.none());
    }
  }

  /** Returns how many requests came since the last call. */
  long sent() {
    long count = simulator.requestCount();
    simulator.clearRequests();
    return count;
  }

  /** Returns the rows that a query gives, cells joined by a bar. */
  static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return rows(statement.executeQuery(sql));
    }
  }

  /** Returns the values of a column in the rows that are left, and closes them. */
  static List<String> column(ResultSet rows, String name) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(name));
      }
    }
    return values;
  }

  /** Returns the rows that are left, cells joined by a bar, and closes them. */
  static List<String> rows(ResultSet result) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (result) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          cells.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", cells));
      }
    }
    return rows;
  }

  @Override
  public void close() {
    simulator.close();
  }
}
