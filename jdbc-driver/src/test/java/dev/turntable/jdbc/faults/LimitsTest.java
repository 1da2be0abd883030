package dev.turntable.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.jdbc.Until;
import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.server.ReceivedRequest;
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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of a connection hold, also while many statements run at once. */
class LimitsTest {
  private static final int STATEMENTS = 12;

  private final ExecutorService threads = Executors.newFixedThreadPool(STATEMENTS);
  private Simulator simulator;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorOptions.builder().tasks(60).workers(3).build());
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    simulator.close();
  }

  private Connection openAt(String url, String... settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("apiKey", HandingerOptions.KEY);
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    return DriverManager.getConnection("jdbc:turntable:handinger:baseUrl=" + url, properties);
  }

  private Connection open(String... settings) throws SQLException {
    return openAt(simulator.handingerUrl(), settings);
  }

  /** A statement that reads so many tasks, one request each. */
  private String tasks(int first, int count) {
    return simulator.handinger().taskIds().subList(first, first + count).stream()
        .map(id -> "'" + id + "'")
        .collect(Collectors.joining(", ", "SELECT id FROM tasks WHERE id IN (", ")"));
  }

  private static int rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }

  private <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> each : threads.invokeAll(tasks)) {
      results.add(each.get());
    }
    return results;
  }

  @Test
  void readsInFlight() throws Exception {
    simulator.latency(Duration.ofMillis(10));
    try (Connection connection = open("maxConcurrentRequests", "3")) {
      List<Callable<Integer>> statements = new ArrayList<>();
      for (int i = 0; i < STATEMENTS; i++) {
        String sql = tasks(i * 5, 5);
        statements.add(() -> rows(connection, sql));
      }
      assertThat(atOnce(statements)).containsOnly(5);
    }
    assertThat(simulator.requests()).hasSize(STATEMENTS * 5);
    assertThat(ReceivedRequest.peakConcurrency(simulator.requests())).isBetween(2, 3);
  }

  @Test
  void writesInFlight() throws Exception {
    simulator.handinger().runDuration(Duration.ofMillis(10));
    String worker = simulator.handinger().workerIds().get(0);
    String values =
        String.join(", ", java.util.Collections.nCopies(4, "('" + worker + "', 'do it')"));
    try (Connection connection = open("maxConcurrentWrites", "2")) {
      List<Callable<Integer>> statements = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        statements.add(
            () -> {
              try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(
                    "INSERT INTO tasks (worker_id, input) VALUES " + values);
              }
            });
      }
      assertThat(atOnce(statements)).containsOnly(4);
    }
    List<ReceivedRequest> posts =
        simulator.requests().stream().filter(request -> request.method().equals("POST")).toList();
    assertThat(posts).hasSize(24);
    assertThat(ReceivedRequest.peakConcurrency(posts)).isBetween(1, 2);
  }

  @Test
  void readsGoOnWhileAllWritesAreTaken() throws Exception {
    simulator.handinger().runDuration(Duration.ofMinutes(5));
    String worker = simulator.handinger().workerIds().get(0);
    try (Connection connection = open("maxConcurrentRequests", "1", "maxConcurrentWrites", "1");
        Statement writer = connection.createStatement()) {
      Future<Integer> write =
          threads.submit(
              () ->
                  writer.executeUpdate(
                      "INSERT INTO tasks (worker_id, input) VALUES ('" + worker + "', 'x')"));
      Until.holds(
          "the write is under way",
          () -> simulator.requests().stream().anyMatch(each -> each.method().equals("POST")));
      assertThat(rows(connection, tasks(0, 3))).isEqualTo(3);
      assertThat(write.isDone()).isFalse();
      writer.cancel();
    }
  }

  @Test
  void paceOfAllConnectionsWithOneKey() throws Exception {
    long start = System.nanoTime();
    try (Connection one = open("requestsPerSecond", "40");
        Connection other = open("requestsPerSecond", "40")) {
      List<Callable<Integer>> statements = new ArrayList<>();
      for (int i = 0; i < STATEMENTS; i++) {
        String sql = tasks(i * 4, 4);
        Connection connection = i % 2 == 0 ? one : other;
        statements.add(() -> rows(connection, sql));
      }
      assertThat(atOnce(statements)).containsOnly(4);
    }
    int requests = STATEMENTS * 4;
    assertThat(simulator.requests()).hasSize(requests);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis((requests - 1) * 1000L / 40));
  }

  @Test
  void requestsOfAStatement() throws Exception {
    try (Connection connection = open("maxRequests", "3")) {
      List<Callable<String>> statements = new ArrayList<>();
      for (int i = 0; i < STATEMENTS; i++) {
        String sql = tasks(i * 4, i % 2 == 0 ? 3 : 4);
        statements.add(
            () -> {
              try {
                return rows(connection, sql) + " rows";
              } catch (SQLException e) {
                return e.getSQLState();
              }
            });
      }
      assertThat(atOnce(statements)).containsOnly("3 rows", "53400");
    }
    // What certainly needs a fourth request sends none.
    assertThat(simulator.requests()).hasSize(STATEMENTS / 2 * 3);
  }

  @Test
  void everyAttemptCounts() throws Exception {
    try (Line line =
            Line.open(
                new Upstream(simulator.handingerUrl()),
                (number, request) -> Trouble.status(503, "retry-after-ms", "1"));
        Connection connection = openAt(line.url(), "maxRequests", "3")) {
      SQLException failure =
          catchThrowableOfType(SQLException.class, () -> rows(connection, tasks(0, 1)));
      assertThat(failure.getSQLState()).isEqualTo("53400");
      assertThat(line.received()).hasSize(3);
    }
  }

  private static int refusals(Connection connection) {
    try {
      return rows(connection, "SELECT * FROM turntable.requests WHERE status = 429");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The server asks the one that it has refused to wait, and means all with that key. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a429SlowsAllStatements(boolean ofOneConnection) throws Exception {
    AtomicReference<String> refused = new AtomicReference<>();
    AtomicLong refusedAt = new AtomicLong();
    AtomicLong nextAt = new AtomicLong();
    Line.Plan plan =
        (number, request) -> {
          if (refused.compareAndSet(null, request.target())) {
            refusedAt.set(System.nanoTime());
            return Trouble.status(429, "Retry-After", "1");
          }
          nextAt.compareAndSet(0, System.nanoTime());
          return null;
        };
    try (Line line = Line.open(new Upstream(simulator.handingerUrl()), plan);
        Connection connection = openAt(line.url());
        Connection second = openAt(line.url())) {
      Future<Integer> first = threads.submit(() -> rows(connection, tasks(0, 1)));
      Until.holds("the first request is refused", () -> refusals(connection) > 0);
      Connection next = ofOneConnection ? connection : second;
      assertThat(rows(next, tasks(1, 3))).isEqualTo(3);
      assertThat(first.get()).isEqualTo(1);
    }
    assertThat(Duration.ofNanos(nextAt.get() - refusedAt.get()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(990));
  }

  @Test
  void noPauseIsLongerThanTheQueryMayTake() throws Exception {
    try (Line line =
            Line.open(
                new Upstream(simulator.handingerUrl()),
                (number, request) -> Trouble.status(503, "Retry-After", "120"));
        Connection connection = openAt(line.url());
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(60);
      long start = System.nanoTime();
      SQLException failure =
          catchThrowableOfType(
              SQLException.class, () -> statement.executeQuery(tasks(0, 1)).next());
      assertThat(failure.getSQLState()).isEqualTo("HYT00");
      assertThat(failure.getMessage()).contains(Trouble.WORDS);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }
  }
}
