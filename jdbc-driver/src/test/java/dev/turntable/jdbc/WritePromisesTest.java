package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.server.ReceivedRequest;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client may conclude from what it is told of its writes. */
@Timeout(60)
class WritePromisesTest {
  private Simulator simulator;
  private Connection connection;

  @BeforeEach
  void start() throws IOException, SQLException {
    simulator = Simulator.start(SimulatorOptions.builder().tasks(20).workers(2).build());
    connection = open("maxConcurrentWrites", "1");
  }

  private Connection open(String name, String value) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("apiKey", HandingerOptions.KEY);
    properties.setProperty(name, value);
    return DriverManager.getConnection(
        "jdbc:turntable:handinger:baseUrl=" + simulator.handingerUrl(), properties);
  }

  @AfterEach
  void stop() throws SQLException {
    connection.close();
    simulator.close();
  }

  private String insert(int rows) {
    String row = "('" + simulator.handinger().workerIds().get(0) + "', 'do it')";
    return "INSERT INTO tasks (worker_id, input) VALUES "
        + String.join(", ", java.util.Collections.nCopies(rows, row));
  }

  private long posts() {
    return simulator.requests().stream()
        .map(ReceivedRequest::method)
        .filter("POST"::equals)
        .count();
  }

  private static SQLException fails(Statement statement, String sql) {
    return catchThrowableOfType(SQLException.class, () -> statement.executeUpdate(sql));
  }

  private static void isUnknown(SQLException failure, String why) {
    assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo("58030");
    assertThat((Throwable) failure)
        .isNotInstanceOf(SQLTransientException.class)
        .hasMessageContaining(why)
        .hasNoCause(); // a lost connection among the causes has clients run it again
  }

  /** A client that repeats what is transient would run the task three times. */
  @Test
  void aTimeOutOfAWriteUnderWayIsNotTransient() throws SQLException {
    simulator.handinger().runDuration(Duration.ofMinutes(5));
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      isUnknown(fails(statement, insert(1)), "time-out");
    }
    assertThat(posts()).isEqualTo(1);
  }

  @Test
  void soIsACancel() throws Exception {
    simulator.handinger().runDuration(Duration.ofMinutes(5));
    try (Statement statement = connection.createStatement()) {
      Thread canceller =
          new Thread(
              () -> {
                Until.holds("the write is under way", () -> posts() > 0);
                try {
                  statement.cancel();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      canceller.setDaemon(true);
      canceller.start();
      isUnknown(fails(statement, insert(1)), "cancelled");
      canceller.join();
    }
  }

  /** Some rows are done, others were never started: to run the statement again doubles the first. */
  @Test
  void soIsATimeOutBetweenRows() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(insert(10)); // so that planning takes no time to speak of
      simulator.handinger().runDuration(Duration.ofMillis(700));
      statement.setQueryTimeout(3);
      SQLException failure = fails(statement, insert(10));
      assertThat(failure.getSQLState()).isEqualTo("58030");
      assertThat((Throwable) failure).isNotInstanceOf(SQLTransientException.class);
    }
  }

  @Test
  void soIsATimeOutOfABatch() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(insert(1));
      statement.executeUpdate(insert(10));
      simulator.handinger().runDuration(Duration.ofMillis(700));
      for (int i = 0; i < 2; i++) {
        statement.addBatch(insert(1));
      }
      statement.addBatch(insert(10));
      statement.setQueryTimeout(3);
      BatchUpdateException failure =
          catchThrowableOfType(BatchUpdateException.class, statement::executeBatch);
      assertThat(failure.getSQLState()).isEqualTo("58030");
    }
  }

  /** Nothing has left, so it may be run again. */
  @Test
  void aTimeOutBeforeTheWriteIsOne() throws SQLException {
    try (Connection slow = open("requestsPerSecond", "0.05");
        Statement statement = slow.createStatement()) {
      statement.executeUpdate(insert(1));
      statement.setQueryTimeout(1);
      assertThat(fails(statement, insert(1)).getSQLState()).isEqualTo("HYT00");
    }
    assertThat(posts()).isEqualTo(1);
  }

  @Test
  void whatCannotBeSentIsRefusedBeforeAnythingIs() throws SQLException {
    String worker = simulator.handinger().workerIds().get(0);
    for (String text : new String[] {"a\uD800", "\uDC00b", "\uDC00\uD800", "ok \uD83D"}) {
      try (PreparedStatement statement =
          connection.prepareStatement("INSERT INTO tasks (worker_id, input) VALUES (?, ?)")) {
        statement.setString(1, worker);
        statement.setString(2, text);
        SQLException failure = catchThrowableOfType(SQLException.class, statement::executeUpdate);
        assertThat(failure.getSQLState()).isEqualTo("22023");
        assertThat((Throwable) failure).hasMessageContaining("handinger.tasks.input");
        statement.setString(2, "whole \uD83D\uDE00");
        assertThat(statement.executeUpdate()).isEqualTo(1);
      }
    }
    assertThat(posts()).isEqualTo(4);
  }

  @Test
  void transactionsAreNotPretended() throws SQLException {
    connection.rollback();
    assertThat((Throwable) connection.getWarnings()).isNull();
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(insert(1));
      assertThat((Throwable) statement.getWarnings()).isNull();
      connection.rollback();
      assertThat(texts(connection.getWarnings())).contains("undone nothing");
      connection.clearWarnings();
      connection.rollback();
      assertThat((Throwable) connection.getWarnings()).isNull();
      connection.setAutoCommit(false);
      statement.executeUpdate(insert(1));
      assertThat(texts(statement.getWarnings())).contains("no transactions");
      connection.commit();
      connection.rollback();
      assertThat((Throwable) connection.getWarnings()).isNull();
    }
  }

  private static String texts(SQLWarning first) {
    StringBuilder texts = new StringBuilder();
    for (SQLWarning each = first; each != null; each = each.getNextWarning()) {
      texts.append(each.getMessage()).append('\n');
    }
    return texts.toString();
  }
}
