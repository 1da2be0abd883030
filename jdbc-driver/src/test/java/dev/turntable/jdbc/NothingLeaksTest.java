package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.Program.Run;
import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is closed in the middle of a scan leaves no thread, no open file or socket, no file. */
class NothingLeaksTest {
  private static final int ROUNDS = 1000;

  @Test
  void whatIsClosedInTheMiddleOfAScanLeavesNothing() throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorOptions.builder().tasks(40).build())) {
      String sql = statement(simulator);
      Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
      rounds(
          simulator.handingerUrl(), sql, 30); // loads classes and starts the threads that all share
      until(() -> LeftBehind.threadsSince(before).isEmpty());
      long open = LeftBehind.openFiles();

      rounds(simulator.handingerUrl(), sql, ROUNDS);

      until(() -> LeftBehind.threadsSince(before).isEmpty());
      // The server in this JVM closes its ends a moment later.
      until(() -> LeftBehind.openFiles() <= open + 10);
    }
  }

  /** In a JVM of its own, whose folder for temporary files nobody else uses. */
  @Test
  void noFileIsLeftEither(@TempDir Path folder, @TempDir Path printed) throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorOptions.builder().tasks(40).build())) {
      List<String> command = new ArrayList<>(Program.JAVA);
      command.addAll(List.of("-Djava.io.tmpdir=" + folder, "-XX:-UsePerfData"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(
          List.of(
              NothingLeaksTest.class.getName(), simulator.handingerUrl(), statement(simulator)));
      Run run = Program.in(printed).run(command);
      assertThat(run.status()).as(run.out() + run.err()).isZero();
      assertThat(run.out()).contains("closed");
    }
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(file -> !file.equals(folder))).isEmpty();
    }
  }

  /** What that JVM does: connects to the URL, and runs the statement now and then. */
  public static void main(String[] arguments) throws SQLException {
    rounds(arguments[0], arguments[1], 30);
    System.out.println("closed");
  }

  /** A third of the rounds each: the result is closed, the statement, the connection. */
  private static void rounds(String url, String sql, int rounds) throws SQLException {
    try (Connection shared = connect(url)) {
      for (int round = 0; round < rounds; round++) {
        Connection connection = round % 3 == 2 ? connect(url) : shared;
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

  private static String statement(Simulator simulator) {
    return simulator.handinger().taskIds().stream()
        .map(id -> "'" + id + "'")
        .collect(Collectors.joining(", ", "SELECT id FROM tasks WHERE id IN (", ")"));
  }

  private static Connection connect(String url) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("baseUrl", url);
    properties.setProperty("password", HandingerOptions.KEY);
    return DriverManager.getConnection("jdbc:turntable:handinger", properties);
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void until(Condition condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      assertThat(System.nanoTime())
          .as("threads or open files (%d) are left after a minute", LeftBehind.openFiles())
          .isLessThan(end);
      Until.moment();
    }
  }
}
