package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.handinger.HandingerTask;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One connection used by many threads, against a server of which one answer in a hundred is bad. */
class ManyThreadsTest {
  private static final int THREADS = 64;
  private static final int STATEMENTS = 300;
  private final AtomicInteger failures = new AtomicInteger();

  @Test
  void noAnswerIsWrong() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Simulator simulator =
            Simulator.start(SimulatorOptions.builder().tasks(200).turns(1, 3).build());
        Connection connection = connect(simulator)) {
      List<HandingerTask> tasks = simulator.handinger().tasks();
      simulator.faults(
          (request, ordinal) ->
              ordinal % 100 == 0
                  ? Optional.of(
                      StormServices.FAULTS.get((int) (ordinal / 100 % StormServices.FAULTS.size())))
                  : Optional.empty());
      long start = System.nanoTime();
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int seed = thread * 7919;
        running.add(threads.submit(() -> work(connection, tasks, seed)));
      }
      for (Future<?> each : running) {
        each.get();
      }
      System.out.printf(
          "%d statements in %d threads, %d requests, %.1f s: none answered wrongly, %d failed%n",
          THREADS * STATEMENTS,
          THREADS,
          simulator.requestCount(),
          Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0,
          failures.get());
      assertThat(simulator.requestCount()).isGreaterThan(THREADS * STATEMENTS);
      // Garbage and cut JSON are a quarter of the faults, and each fails one statement.
      assertThat(failures.get()).isBetween(1, (int) (simulator.requestCount() / 200));
    } finally {
      threads.shutdownNow();
    }
  }

  private Void work(Connection connection, List<HandingerTask> tasks, int seed)
      throws SQLException {
    try (PreparedStatement title =
            connection.prepareStatement("SELECT title, credits FROM tasks WHERE id = ?");
        PreparedStatement sums =
            connection.prepareStatement(
                "SELECT COUNT(*), SUM(credits) FROM tasks WHERE id IN (?, ?, ?)");
        PreparedStatement turns =
            connection.prepareStatement(
                "SELECT COUNT(*) FROM tasks t JOIN turns u ON u.task_id = t.id WHERE t.id = ?")) {
      for (int i = 0; i < STATEMENTS; i++) {
        HandingerTask task = tasks.get(at(seed, i, tasks));
        HandingerTask second = tasks.get(at(seed + 1, i, tasks));
        HandingerTask third = tasks.get(at(seed + 2, i, tasks));
        switch (i % 20) {
          case 5 -> {
            long sum = task.credits() + second.credits() + third.credits();
            check(sums, List.of("3", String.valueOf(sum)), task.id(), second.id(), third.id());
          }
          case 15 -> check(turns, List.of(String.valueOf(task.turns().size())), task.id());
          default -> check(title, List.of(task.title(), String.valueOf(task.credits())), task.id());
        }
      }
    }
    return null;
  }

  private static int at(int seed, int i, List<HandingerTask> tasks) {
    return Math.floorMod(seed + i * 31, tasks.size());
  }

  private void check(PreparedStatement statement, List<String> expected, String... ids)
      throws SQLException {
    for (int i = 0; i < ids.length; i++) {
      statement.setString(i + 1, ids[i]);
    }
    List<String> answer = new ArrayList<>();
    int rows = 0;
    try (ResultSet result = statement.executeQuery()) {
      for (; result.next(); rows++) {
        for (int i = 1; i <= expected.size(); i++) {
          answer.add(result.getString(i));
        }
      }
    } catch (SQLException e) {
      assertThat(e.getSQLState()).as(String.valueOf(e)).isEqualTo("58000");
      failures.incrementAndGet();
      return;
    }
    assertThat(rows).isEqualTo(1);
    assertThat(answer).isEqualTo(expected);
  }

  private static Connection connect(Simulator simulator) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("baseUrl", simulator.handingerUrl());
    properties.setProperty("password", HandingerOptions.KEY);
    return DriverManager.getConnection("jdbc:turntable:handinger", properties);
  }
}
