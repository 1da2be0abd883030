package dev.turntable.jdbc;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A statement that computes can be ended at any time, wherever it is busy. */
class EndingTest {
  /** How much the JVM has to compute before a statement counts as under way. */
  private static final long UNDER_WAY_NANOS = MILLISECONDS.toNanos(150);

  /** Slow rounds but one are the machine's fault, not ours. */
  private static final int ROUNDS = 4;

  private static final Duration PROMISE = Duration.ofMillis(100);

  /** Tells what hangs from what is slow. */
  private static final long HANGS_SECONDS = 30;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** What ends a statement, and with which state. */
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

  /** A statement that runs in a thread of its own. */
  private record Running(Thread thread, CompletableFuture<End> ended) {
    static Running start(Statement statement, String sql) {
      CompletableFuture<End> ended = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  ended.complete(run(statement, sql));
                } catch (Throwable e) {
                  ended.completeExceptionally(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
      return new Running(thread, ended);
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

    End end() throws InterruptedException, ExecutionException {
      try {
        return ended.get(HANGS_SECONDS, SECONDS);
      } catch (TimeoutException e) {
        AssertionError hangs = new AssertionError("does not end", e);
        hangs.setStackTrace(thread.getStackTrace());
        throw hangs;
      }
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:turntable:demo");
  }

  /** Each is cancelled and, in turn, ended in one of the other ways. */
  private static Stream<Arguments> cases() {
    Ending[] others = {Ending.INTERRUPT, Ending.CLOSE_STATEMENT, Ending.CLOSE_CONNECTION};
    return Arrays.stream(Endless.values())
        .flatMap(
            endless ->
                Stream.of(Ending.CANCEL, others[endless.ordinal() % others.length])
                    .map(ending -> Arguments.of(endless, ending)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsWithinATenthOfASecond(Endless endless, Ending ending) throws Exception {
    boolean kept = false;
    List<Long> nanos = new ArrayList<>();
    for (int round = 0; round < ROUNDS && !kept; round++) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        long latency = latency(endless, ending, connection, statement);
        kept = isKept(PROMISE, latency);
        nanos.add(latency);
        if (ending == Ending.CANCEL || ending == Ending.INTERRUPT) {
          assertUsable(statement);
        }
        assertNothingGoesOn();
      }
    }
    assertThat(kept).as("one of %s ns is within %s", nanos, PROMISE).isTrue();
  }

  private static boolean isKept(Duration promise, long nanos) throws InterruptedException {
    return nanos <= promise.toNanos() || nanos <= Promise.here(promise).toNanos();
  }

  private static long latency(
      Endless endless, Ending ending, Connection connection, Statement statement) throws Exception {
    long busy = SYSTEM.getProcessCpuTime();
    Running running = Running.start(statement, endless.sql);
    until(() -> SYSTEM.getProcessCpuTime() - busy > UNDER_WAY_NANOS || running.ended().isDone());
    long start = System.nanoTime();
    ending.end(connection, statement, running.thread());
    End end = running.end();
    assertThat((Throwable) end.failure()).isInstanceOf(SQLException.class);
    assertThat(end.failure().getSQLState()).as(told(end.failure())).isEqualTo(ending.state);
    assertThat(end.interrupted()).isEqualTo(ending == Ending.INTERRUPT);
    return end.at() - start;
  }

  private static String told(Throwable failure) {
    return failure
        + Arrays.stream(failure.getStackTrace())
            .map(frame -> "\n  at " + frame)
            .reduce("", String::concat);
  }

  /** Each takes a second, so a build tries every third; {@code -Dendings=all} tries all. */
  private static Stream<Endless> timedOut() {
    boolean all = "all".equals(System.getProperty("endings"));
    return Arrays.stream(Endless.values()).filter(endless -> all || endless.ordinal() % 3 == 1);
  }

  @ParameterizedTest
  @MethodSource("timedOut")
  void theQueryTimeoutHoldsWithinATenth(Endless endless) throws Exception {
    boolean kept = false;
    List<Long> nanos = new ArrayList<>();
    for (int round = 0; round < ROUNDS && !kept; round++) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.setQueryTimeout(1);
        long start = System.nanoTime();
        End end = Running.start(statement, endless.sql).end();
        nanos.add(end.at() - start);
        kept = isKept(PROMISE.plusSeconds(1), end.at() - start);
        assertThat(end.failure().getSQLState()).as(told(end.failure())).isEqualTo("HYT00");
        statement.setQueryTimeout(0);
        assertUsable(statement);
        assertNothingGoesOn();
      }
    }
    assertThat(kept).as("one of %s ns is within %s of a second", nanos, PROMISE).isTrue();
  }

  /**
   * Eight threads of one connection are ended at random; another connection hears nothing of it.
   */
  @Test
  void aStormOfEndingsHurtsNobodyElse() throws Exception {
    int threads = 8;
    ExecutorService pool = Executors.newCachedThreadPool();
    try (Connection stormy = connect();
        Connection calm = connect();
        Statement reads = calm.createStatement()) {
      List<Future<Integer>> storm = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        Random random = new Random(thread);
        storm.add(pool.submit(() -> endMany(stormy, random)));
      }
      int calmReads = 0;
      while (!storm.stream().allMatch(Future::isDone)) {
        try (ResultSet rows =
            reads.executeQuery(
                "SELECT title FROM handinger.tasks WHERE id = '" + Services.TASK + "'")) {
          assertThat(rows.next()).isTrue();
          calmReads++;
        }
      }
      int ended = 0;
      for (Future<Integer> each : storm) {
        ended += each.get();
      }
      System.out.printf("%d statements ended in a storm, %d reads beside it%n", ended, calmReads);
      assertThat(calmReads).isPositive();
      assertThat(Wait.slots(stormy).availablePermits()).isEqualTo(Wait.READS);
      try (Statement statement = stormy.createStatement()) {
        assertUsable(statement);
      }
      assertNothingGoesOn();
    } finally {
      pool.shutdownNow();
    }
  }

  private static int endMany(Connection connection, Random random) throws Exception {
    Ending[] endings = {Ending.CANCEL, Ending.INTERRUPT, Ending.CLOSE_STATEMENT};
    int count = 12;
    for (int i = 0; i < count; i++) {
      Endless endless = Endless.values()[random.nextInt(Endless.values().length)];
      Ending ending = endings[random.nextInt(endings.length)];
      try (Statement statement = connection.createStatement()) {
        Running running = Running.start(statement, endless.sql);
        long delay = MILLISECONDS.toNanos(random.nextInt(100));
        long start = System.nanoTime();
        until(() -> System.nanoTime() - start > delay);
        Callable<Void> end =
            () -> {
              ending.end(connection, statement, running.thread());
              return null;
            };
        end.call();
        while (!running.ended().isDone()) {
          // What comes before the statement has begun ends nothing.
          end.call();
          Until.moment();
        }
        SQLException failure = running.end().failure();
        assertThat(failure.getSQLState())
            .as(endless + " " + ending + " " + told(failure))
            .isEqualTo(ending.state);
      }
    }
    return count;
  }

  private static void assertUsable(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT 1")) {
      assertThat(rows.next()).isTrue();
    }
  }

  /**
   * Of a statement that was left, no more goes on than Java's compiler, which may for two seconds.
   */
  private static void assertNothingGoesOn() {
    until(() -> busy().isEmpty());
  }

  /** Returns the stack of a thread of ours that computes, or nothing. */
  private static String busy() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> entry.getKey().getName().startsWith("turntable-"))
        .filter(entry -> entry.getKey().getState() == Thread.State.RUNNABLE)
        .map(entry -> Arrays.toString(entry.getValue()))
        .filter(stack -> stack.contains("StatementScope.lambda$elsewhere"))
        .findFirst()
        .orElse("");
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + SECONDS.toNanos(HANGS_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("what is waited for does not come: " + busy());
      }
      Until.moment();
    }
  }
}
