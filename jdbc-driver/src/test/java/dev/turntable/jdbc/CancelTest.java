package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.jdbc.Wait.Scene;
import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.handinger.HandingerOptions;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A statement that waits can be ended at any time, whatever it waits for. */
class CancelTest {
  /** One slow round in four is the machine's fault, not ours. */
  private static final int ROUNDS = 8;

  private static final Duration PROMISE = Duration.ofMillis(100);

  /** How a statement ended, and when. */
  private record End(SQLException failure, boolean interrupted, long at) {}

  /** Ends a statement that waits in a thread. */
  private interface Ending {
    void end(Scene scene, Statement statement, Thread thread) throws SQLException;
  }

  private static End execute(Statement statement, String sql) {
    try (ResultSet rows = statement.executeQuery(sql)) {
      throw new AssertionError("not ended: " + rows.next());
    } catch (SQLException e) {
      return new End(e, Thread.interrupted(), System.nanoTime());
    }
  }

  /** Returns how long it took, in a quarter of the rounds at most. */
  private static Duration latency(Scene scene, Statement statement, Ending ending, boolean flag)
      throws Exception {
    List<Long> nanos = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      scene.again();
      CompletableFuture<End> ended = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  ended.complete(execute(statement, scene.sql));
                } catch (Throwable e) {
                  ended.completeExceptionally(e);
                }
              });
      thread.start();
      until(() -> scene.isWaiting() || ended.isDone());
      long start = System.nanoTime();
      ending.end(scene, statement, thread);
      End end = ended.get(60, TimeUnit.SECONDS);
      nanos.add(end.at() - start);
      assertThat(end.failure().getSQLState()).as(String.valueOf(end.failure())).isEqualTo("57014");
      assertThat(end.interrupted()).isEqualTo(flag);
      until(scene::isQuiet);
    }
    Collections.sort(nanos);
    return Duration.ofNanos(nanos.get(ROUNDS / 4));
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("what is waited for does not come").isLessThan(end);
      Until.moment();
    }
  }

  private static void assertUsable(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT 1")) {
      assertThat(rows.next()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void cancelEndsTheWaitAndLeavesTheStatementUsable(Wait wait) throws Exception {
    try (Scene scene = wait.open();
        Statement statement = scene.connection.createStatement()) {
      Duration latency = latency(scene, statement, (s, own, thread) -> own.cancel(), false);
      assertThat(latency).isLessThan(Promise.here(PROMISE));
      assertUsable(statement);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptEndsTheWait(Wait wait) throws Exception {
    try (Scene scene = wait.open();
        Statement statement = scene.connection.createStatement()) {
      Duration latency = latency(scene, statement, (s, own, thread) -> thread.interrupt(), true);
      assertThat(latency).isLessThan(Promise.here(PROMISE));
      assertUsable(statement);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theQueryTimeoutHoldsWithinATenth(Wait wait) throws Exception {
    try (Scene scene = wait.open();
        Statement statement = scene.connection.createStatement()) {
      statement.setQueryTimeout(1);
      long best = Long.MAX_VALUE;
      for (int round = 0; round < 5 && best > 1_100_000_000L; round++) {
        scene.again();
        long start = System.nanoTime();
        End end = execute(statement, scene.sql);
        best = Math.min(best, end.at() - start);
        assertThat((Throwable) end.failure()).isInstanceOf(SQLTimeoutException.class);
        assertThat(end.failure().getSQLState()).isEqualTo("HYT00");
      }
      // A pause that would outlast the time-out is not begun.
      long least = wait == Wait.BACKOFF || wait == Wait.PACE ? 0 : 900_000_000L;
      assertThat(best).isBetween(least, Promise.here(Duration.ofMillis(1100)).toNanos());
      statement.setQueryTimeout(0);
      assertUsable(statement);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingTheConnectionEndsTheWait(Wait wait) throws Exception {
    try (Scene scene = wait.open();
        Statement statement = scene.connection.createStatement()) {
      CompletableFuture<End> ended =
          CompletableFuture.supplyAsync(() -> execute(statement, scene.sql));
      until(() -> scene.isWaiting() || ended.isDone());
      scene.connection.close();
      assertThat(ended.get(30, TimeUnit.SECONDS).failure().getSQLState()).isIn("57014", "08003");
    }
  }

  @Test
  void anInsertThatRunsIntoItsTimeoutNamesTheTaskWhichGoesOn() throws Exception {
    try (Simulator simulator = Simulator.start();
        Connection connection = connect(simulator);
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO tasks (id, worker_id, input) VALUES (?, ?, 'x')")) {
      statement.setString(2, simulator.handinger().workerIds().get(0));
      statement.setString(1, "tsk_first");
      statement.executeUpdate();
      simulator.handinger().runDuration(Duration.ofMinutes(5));
      statement.setQueryTimeout(1);
      long best = Long.MAX_VALUE;
      for (int round = 0; round < 5 && best > 1_100_000_000L; round++) {
        statement.setString(1, "tsk_mine_" + round);
        long start = System.nanoTime();
        SQLException e = catchThrowableOfType(SQLException.class, statement::executeUpdate);
        long nanos = System.nanoTime() - start;
        if (simulator.handinger().posts("tsk_mine_" + round) == 0) {
          continue; // so slow a machine that the time was over before the request had left
        }
        best = Math.min(best, nanos);
        // A time-out is transient, and clients run again what is: not what may have been written.
        assertThat(e.getSQLState()).isEqualTo("58030");
        assertThat((Throwable) e)
            .isInstanceOf(SQLNonTransientException.class)
            .hasMessageContainingAll("tsk_mine_" + round, "time-out", "not known", "may go on");
        for (Throwable link : e) {
          assertThat(link.getClass().getName()).doesNotStartWith("java.net");
        }
        assertThat(simulator.handinger().posts("tsk_mine_" + round)).isEqualTo(1);
      }
      assertThat(best).isLessThan(Promise.here(Duration.ofMillis(1100)).toNanos());
    }
  }

  /** Neither 57014 nor 08003, for clients run again what fails with such a state. */
  @ParameterizedTest
  @EnumSource
  void aWriteThatMayHaveLeftIsUnknownHoweverItIsEnded(EndingTest.Ending ending) throws Exception {
    try (Simulator simulator = Simulator.start();
        Connection connection = connect(simulator);
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO tasks (id, worker_id, input) VALUES ('tsk_mine', ?, 'x')")) {
      simulator.handinger().runDuration(Duration.ofMinutes(5));
      statement.setString(1, simulator.handinger().workerIds().get(0));
      CompletableFuture<SQLException> ended = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> ended.complete(catchThrowableOfType(SQLException.class, statement::execute)));
      thread.start();
      until(() -> simulator.handinger().posts("tsk_mine") == 1);
      ending.end(connection, statement, thread);
      SQLException e = ended.get(30, TimeUnit.SECONDS);
      assertThat(e.getSQLState()).as(String.valueOf(e)).isEqualTo("58030");
      assertThat((Throwable) e).hasMessageContaining("tsk_mine");
      assertThat(simulator.handinger().posts("tsk_mine")).isEqualTo(1);
    }
  }

  @Test
  void cancelEndsABatchAndEveryRowSaysWhatIsKnown() throws Exception {
    try (Simulator simulator = Simulator.start();
        Connection connection = connect(simulator);
        PreparedStatement statement =
            connection.prepareStatement("INSERT INTO tasks (worker_id, input) VALUES (?, 'x')")) {
      simulator.handinger().runDuration(Duration.ofMinutes(5));
      for (int row = 0; row < 6; row++) {
        statement.setString(1, simulator.handinger().workerIds().get(0));
        statement.addBatch();
      }
      CompletableFuture<BatchUpdateException> ended =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  statement.executeBatch();
                  throw new AssertionError("not ended");
                } catch (BatchUpdateException e) {
                  return e;
                } catch (SQLException e) {
                  throw new AssertionError(e);
                }
              });
      until(() -> simulator.handinger().runs() == 4);
      statement.cancel();
      BatchUpdateException e = ended.get(30, TimeUnit.SECONDS);
      assertThat(e.getSQLState()).isEqualTo("58030");
      assertThat(e.getUpdateCounts()).containsExactly(-2, -2, -2, -2, -3, -3);
      assertThat((Throwable) e).hasMessageContainingAll("row 1 of 6", "tsk_", "may go on");
      assertThat((Throwable) e.getNextException()).hasMessageContaining("row 2 of 6");
      assertThat(simulator.handinger().runs()).isEqualTo(4);
    }
  }

  private static Connection connect(Simulator simulator) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("baseUrl", simulator.handingerUrl());
    properties.setProperty("password", HandingerOptions.KEY);
    return DriverManager.getConnection("jdbc:turntable:handinger", properties);
  }
}
