package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.turntable.simulator.HandingerState;
import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is closed in the middle of a scan leaves no thread, no open file or socket, no file. */
class NothingLeaksTest {
  private static final int ROUNDS = 1000;

  @Test
  void whatIsClosedInTheMiddleOfAScanLeavesNothing() throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorOptions.builder().tasks(40).build())) {
      String sql =
          simulator.handinger().taskIds().stream()
              .map(id -> "'" + id + "'")
              .collect(Collectors.joining(", ", "SELECT id FROM tasks WHERE id IN (", ")"));
      Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
      rounds(simulator, sql, 30); // loads classes and starts the threads that all share
      until(() -> threadsSince(before).isEmpty());
      Set<Path> files = temporaryFiles();
      long open = openFiles();

      rounds(simulator, sql, ROUNDS);

      until(() -> threadsSince(before).isEmpty());
      // The server in this JVM closes its ends a moment later.
      until(() -> openFiles() <= open + 10);
      assertThat(temporaryFiles()).isSubsetOf(files);
    }
  }

  /** A third of the rounds each: the result is closed, the statement, the connection. */
  private static void rounds(Simulator simulator, String sql, int rounds) throws SQLException {
    try (Connection shared = connect(simulator)) {
      for (int round = 0; round < rounds; round++) {
        Connection connection = round % 3 == 2 ? connect(simulator) : shared;
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql);
        assertThat(rows.next()).isTrue();
        switch (round % 3) {
          case 0 -> rows.close();
          case 1 -> statement.close();
          default -> connection.close();
        }
        assertThat(rows.isClosed()).isTrue();
      }
      assertThat(Wait.slots(shared).tryAcquire(Wait.READS, 30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection connect(Simulator simulator) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("baseUrl", simulator.handingerUrl());
    properties.setProperty("password", HandingerState.KEY);
    return DriverManager.getConnection("jdbc:turntable:handinger", properties);
  }

  /** Returns those of connections, beside what other tests may have left open. */
  private static List<String> threadsSince(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.matches("turntable-(\\d+-.*|dns)"))
        .toList();
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  /** Those that a driver like this might make; others make files there too. */
  private static Set<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().matches("(?i).*(okhttp|calcite|janino).*"))
          .collect(Collectors.toSet());
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void until(Condition condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      assertThat(System.nanoTime())
          .as("threads or open files (%d) are left after a minute", openFiles())
          .isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
