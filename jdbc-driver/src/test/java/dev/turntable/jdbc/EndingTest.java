package dev.turntable.jdbc;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A statement that computes can be ended at any time, wherever it is busy. */
class EndingTest {
  /** How much the JVM has to compute before a statement counts as under way. */
  private static final long UNDER_WAY_NANOS = MILLISECONDS.toNanos(250);

  /** One slow round in four is the machine's fault, not ours. */
  private static final int ROUNDS = 4;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** What ends a statement, and with which states. */
  enum Ending {
    CANCEL("57014") {
      @Override
      void end(Connection connection, Statement statement, Thread thread) throws SQLException {
        statement.cancel();
      }
    },
    INTERRUPT("57014") {
      @Override
      void end(Connection connection, Statement statement, Thread thread) {
        thread.interrupt();
      }
    },
    CLOSE_STATEMENT("57014") {
      @Override
      void end(Connection connection, Statement statement, Thread thread) throws SQLException {
        statement.close();
      }
    },
    CLOSE_CONNECTION("08003") {
      @Override
      void end(Connection connection, Statement statement, Thread thread) throws SQLException {
        connection.close();
      }
    };

    private final String state;

    Ending(String state) {
      this.state = state;
    }

    abstract void end(Connection connection, Statement statement, Thread thread)
        throws SQLException;
  }

  /** How a statement ended, and when. */
  private record End(SQLException failure, boolean interrupted, long at) {}

  private static Stream<Endless> statements() {
    String only = System.getProperty("ending.only", ".*");
    return Arrays.stream(Endless.values()).filter(e -> e.name().matches(only));
  }

  private static Stream<Arguments> cases() {
    return statements()
        .flatMap(
            statement ->
                Arrays.stream(Ending.values()).map(ending -> Arguments.of(statement, ending)));
  }

  private static End run(Statement statement, String sql) {
    long count = 0;
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        count++;
      }
      throw new AssertionError("not ended, but complete after " + count + " rows");
    } catch (SQLException e) {
      return new End(e, Thread.interrupted(), System.nanoTime());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsWithinATenthOfASecond(Endless endless, Ending ending) throws Exception {
    long best = Long.MAX_VALUE;
    StringBuilder seen = new StringBuilder();
    for (int round = 0; round < ROUNDS && best > MILLISECONDS.toNanos(100); round++) {
      try (Connection connection = DriverManager.getConnection("jdbc:turntable:demo");
          Statement statement = connection.createStatement()) {
        long latency = latency(endless, ending, connection, statement);
        seen.append(latency / 1_000_000).append(" ms ");
        best = Math.min(best, latency);
        if (ending == Ending.CANCEL || ending == Ending.INTERRUPT) {
          assertUsable(statement);
        }
        quiet(endless);
      }
    }
    System.out.println("ENDING " + endless + " " + ending + " " + seen);
    assertThat(best).as(seen.toString()).isLessThan(MILLISECONDS.toNanos(100));
  }

  private static long latency(
      Endless endless, Ending ending, Connection connection, Statement statement) throws Exception {
    CompletableFuture<End> ended = new CompletableFuture<>();
    long busy = SYSTEM.getProcessCpuTime();
    Thread thread = start(statement, endless, ended);
    until(() -> SYSTEM.getProcessCpuTime() - busy > UNDER_WAY_NANOS || ended.isDone());
    long start = System.nanoTime();
    ending.end(connection, statement, thread);
    End end = get(endless, thread, ended);
    assertThat(end.failure().getSQLState()).as(trace(end.failure())).isEqualTo(ending.state);
    assertThat(end.interrupted()).isEqualTo(ending == Ending.INTERRUPT);
    return end.at() - start;
  }

  private static Thread start(
      Statement statement, Endless endless, CompletableFuture<End> ended) {
    Thread thread =
        new Thread(
            () -> {
              try {
                ended.complete(run(statement, endless.sql));
              } catch (Throwable e) {
                ended.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static End get(Endless endless, Thread thread, CompletableFuture<End> ended)
      throws Exception {
    try {
      return ended.get(3, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      Throwable at = new Throwable("still at");
      at.setStackTrace(thread.getStackTrace());
      thread.stop(); // XXX
      throw new AssertionError(endless + " does not end", at);
    }
  }

  private static String trace(Throwable e) {
    java.io.StringWriter out = new java.io.StringWriter();
    e.printStackTrace(new java.io.PrintWriter(out));
    return out.toString();
  }

  @ParameterizedTest
  @MethodSource("statements")
  void theQueryTimeoutHoldsWithinATenth(Endless endless) throws Exception {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && best > MILLISECONDS.toNanos(1100); round++) {
      try (Connection connection = DriverManager.getConnection("jdbc:turntable:demo");
          Statement statement = connection.createStatement()) {
        statement.setQueryTimeout(1);
        long start = System.nanoTime();
        CompletableFuture<End> ended = new CompletableFuture<>();
        End end = get(endless, start(statement, endless, ended), ended);
        best = Math.min(best, end.at() - start);
        assertThat(end.failure().getSQLState()).as(trace(end.failure())).isEqualTo("HYT00");
        statement.setQueryTimeout(0);
        assertUsable(statement);
        quiet(endless);
      }
    }
    System.out.println("ENDING " + endless + " TIMEOUT " + best / 1000000);
    assertThat(best).isLessThan(MILLISECONDS.toNanos(1100));
  }

  private static void assertUsable(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT 1")) {
      assertThat(rows.next()).isTrue();
    }
  }

  /** Nothing of the statement goes on for longer than Janino's compiler may. */
  private static void quiet(Endless endless) {
    long start = System.nanoTime();
    long end = start + SECONDS.toNanos(5);
    String busy = busy();
    while (!busy.isEmpty() && System.nanoTime() < end) {
      busy = busy();
      if (System.nanoTime() - start > 300_000_000L && System.getProperty("ending.stacks") != null) {
        System.out.println("STACK " + endless + " " + (System.nanoTime() - start) / 1000000 + busy);
        java.util.concurrent.locks.LockSupport.parkNanos(200_000_000L);
      }
    }
    System.out.println("QUIET " + endless + " " + (System.nanoTime() - start) / 1000000);
    assertThat(busy).as("goes on").isEmpty();
  }

  /** Returns the stack of a thread of ours that computes, if there is one. */
  private static String busy() {
    for (ThreadInfo info : THREADS.dumpAllThreads(false, false)) {
      if (info.getThreadName().startsWith("turntable-")
          && info.getThreadState() == Thread.State.RUNNABLE
          && info.getStackTrace().length > 0
          && Arrays.stream(info.getStackTrace())
              .anyMatch(frame -> frame.getClassName().startsWith("dev.turntable.plan"))) {
        StringBuilder all = new StringBuilder();
        for (StackTraceElement e : info.getStackTrace()) {
          all.append("\n    ").append(e);
        }
        return all.toString();
      }
    }
    return "";
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("what is waited for does not come").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
