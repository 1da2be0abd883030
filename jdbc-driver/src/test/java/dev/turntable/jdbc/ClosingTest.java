package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Rows are read by one thread, and closed by others at any moment: the reader gets all rows or is
 * told that it was ended, nobody hangs, and no close throws.
 */
class ClosingTest {
  private static final int ROUNDS = 800;
  private static final int MOST_CLOSERS = 3;

  /** Statements that are busy in different ways while their rows are read. */
  private static final List<String> STATEMENTS =
      List.of(
          "SELECT id, title, credits FROM tasks",
          "SELECT t.id, u.id FROM tasks t JOIN turns u ON u.task_id = t.id",
          "SELECT id FROM tasks ORDER BY title",
          "SELECT t.id, (SELECT COUNT(*) FROM turns u WHERE u.task_id = t.id) FROM tasks t",
          "SELECT title, COUNT(*) FROM tasks GROUP BY title UNION ALL SELECT id, 1 FROM turns",
          "SELECT a.x, b.x FROM (VALUES (1), (2), (3)) AS a(x), (VALUES (1), (2), (3)) AS b(x)",
          "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 50) SELECT n"
              + " FROM r");

  /** What closes. */
  private enum Closing {
    RESULT_SET,
    STATEMENT,
    CONNECTION,
    CANCEL
  }

  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final Random random = new Random(11);

  @Test
  void whoReadsGetsAllRowsOrIsToldThatItWasEnded() throws Exception {
    SimulatorOptions options = SimulatorOptions.builder().tasks(40).build();
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Simulator simulator = Simulator.start(options)) {
      Connection connection = connect(simulator);
      Map<String, Integer> counts = new HashMap<>();
      for (String sql : STATEMENTS) {
        try (Statement statement = connection.createStatement()) {
          counts.put(sql, read(statement, sql, new AtomicReference<>()));
        }
      }
      for (int round = 0; round < ROUNDS; round++) {
        String sql = STATEMENTS.get(round % STATEMENTS.size());
        Closing closing = Closing.values()[random.nextInt(Closing.values().length)];
        round(connection, sql, closing, counts.get(sql), threads);
        if (connection.isClosed()) {
          connection = connect(simulator);
        }
      }
      assertThat(Wait.slots(connection).availablePermits()).isEqualTo(Wait.READS);
      connection.close();
    } finally {
      threads.shutdownNow();
    }
    System.out.println("closed while rows were read: " + outcomes);
    assertThat(outcomes.keySet()).anyMatch(outcome -> outcome.endsWith("all"));
    for (Closing closing : Closing.values()) {
      String state = closing == Closing.CONNECTION ? "08003" : "57014";
      assertThat(outcomes.getOrDefault(closing + " " + state, 0)).as(closing + "").isPositive();
    }
  }

  private void round(
      Connection connection, String sql, Closing closing, int all, ExecutorService threads)
      throws Exception {
    int closers = 1 + random.nextInt(MOST_CLOSERS);
    CyclicBarrier start = new CyclicBarrier(closers + 1);
    Statement statement = connection.createStatement();
    AtomicReference<ResultSet> rows = new AtomicReference<>();
    Future<String> reader =
        threads.submit(
            () -> {
              start.await();
              try {
                int count = read(statement, sql, rows);
                assertThat(count).as(sql + " ended early").isEqualTo(all);
                return "all";
              } catch (SQLException e) {
                String state = closing == Closing.CONNECTION ? "08003" : "57014";
                assertThat(e.getSQLState()).as(sql + " " + closing + stack(e)).isEqualTo(state);
                return state;
              }
            });
    List<Future<?>> ended = new ArrayList<>();
    for (int i = 0; i < closers; i++) {
      long delay = (long) (random.nextDouble() * random.nextDouble() * 6_000_000);
      ended.add(
          threads.submit(
              () -> {
                start.await();
                long end = System.nanoTime() + delay;
                while (System.nanoTime() < end) {
                  Thread.onSpinWait();
                }
                close(connection, statement, rows.get(), closing);
                return null;
              }));
    }
    for (Future<?> each : ended) {
      each.get(30, TimeUnit.SECONDS);
    }
    outcomes.merge(closing + " " + reader.get(30, TimeUnit.SECONDS), 1, Integer::sum);
    statement.close();
  }

  private static void close(
      Connection connection, Statement statement, ResultSet rows, Closing closing)
      throws SQLException {
    switch (closing) {
      case RESULT_SET -> {
        if (rows != null) {
          rows.close();
        }
      }
      case STATEMENT -> statement.close();
      case CONNECTION -> connection.close();
      case CANCEL -> statement.cancel();
    }
  }

  private static int read(Statement statement, String sql, AtomicReference<ResultSet> shown)
      throws SQLException {
    ResultSet rows = statement.executeQuery(sql);
    shown.set(rows);
    int count = 0;
    while (rows.next()) {
      assertThat(rows.getString(1)).isNotEmpty();
      count++;
    }
    return count;
  }

  private static String stack(SQLException e) {
    return java.util.Arrays.stream(e.getStackTrace())
        .map(frame -> "\n  " + frame)
        .collect(Collectors.joining("", " " + e, ""));
  }

  private static Connection connect(Simulator simulator) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("baseUrl", simulator.handingerUrl());
    properties.setProperty("password", HandingerOptions.KEY);
    properties.setProperty("taskIds", String.join(",", simulator.handinger().taskIds()));
    return DriverManager.getConnection("jdbc:turntable:handinger", properties);
  }
}
