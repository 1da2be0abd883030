package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Threads that none of us made, as there are in servers and tools. */
class ForeignThreadsTest {
  private static final int MANY = 40;

  private Simulator simulator;

  @BeforeEach
  void start() throws Exception {
    // DriverManager looks for drivers once, with the loader of the thread that asks first.
    DriverManager.getDriver("jdbc:turntable:");
    simulator = Simulator.start(SimulatorOptions.builder().tasks(40).build());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  /** Tells one number of each road, and one of metadata. */
  private List<Integer> answers() throws SQLException {
    try (Connection connection = StormServices.connect(simulator);
        Statement statement = connection.createStatement();
        ResultSet columns = connection.getMetaData().getColumns(null, "handinger", "tasks", "id")) {
      return List.of(
          columns.next() ? columns.getInt("ORDINAL_POSITION") : 0,
          number(
              statement,
              "SELECT COUNT(*) FROM handinger.tasks WHERE id IN ('"
                  + String.join("','", simulator.handinger().taskIds())
                  + "')"),
          number(
              statement,
              "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 60) SELECT"
                  + " SUM(n) FROM r"));
    }
  }

  private List<Integer> right() {
    return List.of(1, simulator.handinger().taskIds().size(), 1830);
  }

  private static int number(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }

  private void answersWith(@Nullable ClassLoader loader) throws Exception {
    FutureTask<List<Integer>> work = new FutureTask<>(this::answers);
    Thread thread = new Thread(work);
    thread.setContextClassLoader(loader);
    thread.start();
    assertThat(work.get()).isEqualTo(right());
  }

  /** As in threads that native code attached. */
  @Test
  void withoutContextClassLoader() throws Exception {
    answersWith(null);
  }

  @Test
  void withContextClassLoaderThatKnowsNothingOfUs() throws Exception {
    try (URLClassLoader stranger = new URLClassLoader(new URL[0], null)) {
      answersWith(stranger);
    }
  }

  @Test
  void inVirtualThreads() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "JDK 21 has virtual threads first");
    ExecutorService threads =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    List<Future<List<Integer>>> work = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      work.add(threads.submit(this::answers));
    }
    threads.shutdown();
    for (Future<List<Integer>> each : work) {
      assertThat(each.get()).isEqualTo(right());
    }
  }
}
