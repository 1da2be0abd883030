package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.source.ErrorKind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What failures of a service, and of statements on their way to it, say: the table, the request, the
 * remedy. {@link MessagesTest} has the rest, and holds that no kind is forgotten.
 */
class ServiceMessagesTest {
  private Simulator simulator;
  private Connection connection;
  private String id;
  private String read;
  private String insert;

  @BeforeEach
  void open() throws IOException, SQLException {
    simulator = Simulator.start(SimulatorOptions.builder().tasks(8).build());
    connection =
        DriverManager.getConnection(
            "jdbc:turntable:handinger:maxRetries=0;baseUrl=" + simulator.handingerUrl(),
            "",
            HandingerOptions.KEY);
    id = simulator.handinger().taskIds().get(0);
    read = "SELECT title FROM tasks WHERE id = '" + id + "'";
    insert =
        "INSERT INTO tasks (worker_id, input) VALUES ('"
            + simulator.handinger().workerIds().get(0)
            + "', 'a')";
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    simulator.close();
  }

  private static SQLException thrown(ThrowingCallable call) {
    return catchThrowableOfType(SQLException.class, call);
  }

  private void run(Statement statement, String sql) throws SQLException {
    if (statement.execute(sql)) {
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          rows.getObject(1);
        }
      }
    }
  }

  private void assertSays(Fault fault, String sql, ErrorKind kind, String... says)
      throws SQLException {
    simulator.faults(FaultRule.always(fault));
    try (Statement statement = connection.createStatement()) {
      MessagesTest.check(thrown(() -> run(statement, sql)), kind, says);
    }
  }

  @Test
  void anAnswerThatRefusesIsRepeatedWithItsRequestAndARemedy() throws SQLException {
    String request = "handinger.tasks: GET /api/tasks/" + id;
    assertSays(
        Fault.status(401), read, ErrorKind.AUTHENTICATION, request, "check the key of handinger");
    assertSays(Fault.status(403), read, ErrorKind.FORBIDDEN, request, "use a key that may do this");
    assertSays(
        Fault.status(429), read, ErrorKind.BAD_ANSWER, request, "lower requestsPerSecond or");
    assertSays(
        Fault.status(503), read, ErrorKind.BAD_ANSWER, request, "run the statement again later");
    assertSays(
        Fault.status(402),
        insert,
        ErrorKind.BAD_ANSWER,
        "POST /api/tasks",
        "may be out of credits");
  }

  @Test
  void anAnswerThatIsNoneNamesWhereItCameFrom() throws SQLException {
    String request = "handinger.tasks: GET /api/tasks/" + id;
    assertSays(
        Fault.garbage(),
        read,
        ErrorKind.BAD_ANSWER,
        request
            + " answered text that is not valid JSON: malformed at path $; is handinger.baseUrl=",
        "right?");
    assertSays(
        Fault.cutInBody(),
        read,
        ErrorKind.CONNECTION_LOST,
        request + " lost its connection: unexpected end of stream; run the statement again");
    assertSays(
        Fault.hugeBody(1L << 33), read, ErrorKind.TOO_LARGE, request, "ask for less", "-Xmx");
  }

  /** A second POST would start a second run: the message tells how to find out. */
  @Test
  void aWriteWithoutAnAnswerIsNotToBeRunAgain() throws SQLException {
    simulator.faults(FaultRule.always(Fault.afterActing(Fault.cutBeforeHeaders())));
    try (Statement statement = connection.createStatement()) {
      SQLException failure = thrown(() -> run(statement, insert));
      MessagesTest.check(
          failure,
          ErrorKind.OUTCOME_UNKNOWN,
          "handinger.tasks: POST /api/tasks",
          "whether the service has carried it out is not known; look for the task with id 'tsk_");
      assertThat(failure.getMessage()).doesNotContain("again");
    }
  }

  @Test
  void aLogThatKeepsChanging() throws SQLException {
    String worker = simulator.handinger().workerIds().get(0);
    simulator.faults(
        (request, ordinal) -> {
          for (int i = 0; i < 60; i++) {
            simulator.handinger().addExecution(worker, null);
          }
          return Optional.empty();
        });
    try (Statement statement = connection.createStatement()) {
      MessagesTest.check(
          thrown(
              () ->
                  run(
                      statement,
                      "SELECT id FROM webhook_executions WHERE worker_id = '" + worker + "'")),
          ErrorKind.UNSTABLE,
          "handinger.webhook_executions: GET /api/workers/" + worker,
          "changed while it was read",
          "run the statement again");
    }
  }

  @Test
  void aStatementThatIsEndedNamesWhatWasUnderWay() throws Exception {
    simulator.latency(Duration.ofSeconds(20));
    String underWay = "under way was handinger.tasks: GET /api/tasks/" + id;
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      MessagesTest.check(
          thrown(() -> run(statement, read)),
          ErrorKind.TIMEOUT,
          "time-out of 1000 ms: ask for less, or raise it",
          underWay);
    }
    simulator.clearRequests();
    try (Statement statement = connection.createStatement()) {
      CompletableFuture<SQLException> failure =
          CompletableFuture.supplyAsync(() -> thrown(() -> run(statement, read)));
      while (simulator.requests().isEmpty()) {
        Thread.onSpinWait();
      }
      statement.cancel();
      MessagesTest.check(
          failure.get(), ErrorKind.CANCELLED, "the statement was cancelled", underWay);
    }
  }

  @Test
  void whatIsClosedSaysSo() throws SQLException {
    connection.close();
    MessagesTest.check(
        thrown(() -> connection.createStatement()), ErrorKind.CLOSED, "the connection is closed");
  }
}
