package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import java.lang.ref.WeakReference;
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
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Connections and statements that a program forgets to close. Holds from the list of broken promises:
 * "dropped connections leave timer threads".
 */
class DroppedTest {
  /** Far longer than the test: what waits for it must not keep anything. */
  private static final int QUERY_TIMEOUT = 3600;

  @Test
  void connectionsGoWithTheirThreads() throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorOptions.builder().tasks(40).build())) {
      Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
      List<WeakReference<Object>> dropped = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        dropped.addAll(halfRead(connect(simulator), simulator));
      }
      assertThat(threadsSince(before)).isNotEmpty();
      collect(() -> left(dropped) == 0 && threadsSince(before).isEmpty());
    }
  }

  @Test
  void theServicesOfADemoGoWithItsConnection() throws Exception {
    Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
    List<WeakReference<Object>> dropped = new ArrayList<>();
    dropped.addAll(halfRead(DriverManager.getConnection("jdbc:turntable:demo"), "tasks"));
    assertThat(threadsSince(before)).isNotEmpty();
    collect(() -> left(dropped) == 0 && threadsSince(before).isEmpty());
  }

  @Test
  void statementsOfAnOpenConnectionGo() throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorOptions.builder().tasks(40).build());
        Connection connection = connect(simulator)) {
      List<WeakReference<Object>> dropped = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        dropped.addAll(halfRead(connection, simulator).subList(0, 2));
      }
      collect(() -> left(dropped) == 0);
      assertThat(connection.isValid(10)).isTrue();
      assertThat(Wait.slots(connection).tryAcquire(Wait.READS, 30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Connection connect(Simulator simulator) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("baseUrl", simulator.handingerUrl());
    properties.setProperty("password", HandingerOptions.KEY);
    return DriverManager.getConnection("jdbc:turntable:handinger", properties);
  }

  private static List<WeakReference<Object>> halfRead(Connection connection, Simulator simulator)
      throws SQLException {
    return halfRead(
        connection,
        simulator.handinger().taskIds().stream()
            .map(id -> "'" + id + "'")
            .collect(Collectors.joining(", ", "tasks WHERE id IN (", ")")));
  }

  /** Returns the result, the statement and the connection, which nobody else keeps. */
  private static List<WeakReference<Object>> halfRead(Connection connection, String from)
      throws SQLException {
    Statement statement = connection.createStatement();
    statement.setQueryTimeout(QUERY_TIMEOUT);
    ResultSet rows = statement.executeQuery("SELECT id FROM " + from);
    assertThat(rows.next()).isTrue();
    return List.of(
        new WeakReference<>(rows), new WeakReference<>(statement), new WeakReference<>(connection));
  }

  private static long left(List<WeakReference<Object>> dropped) {
    return dropped.stream().filter(reference -> !reference.refersTo(null)).count();
  }

  /** Returns those of connections and of the demo. */
  private static List<String> threadsSince(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.matches("turntable-\\d+-.*|turntable-http|HTTP-Dispatcher"))
        .toList();
  }

  /** A minute is for a machine that is busy; it takes a second or two. */
  private static void collect(BooleanSupplier done) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    do {
      System.gc();
      Until.moment();
    } while (!done.getAsBoolean() && System.nanoTime() < end);
    assertThat(done.getAsBoolean()).as("%s", Thread.getAllStackTraces().keySet()).isTrue();
  }
}
