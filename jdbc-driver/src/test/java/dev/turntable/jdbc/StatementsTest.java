package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.engine.UpdateResult;
import dev.turntable.engine.WriteFailedException;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatementsTest {
  private final FakeEngine engine = new FakeEngine();
  private final TurntableConnection connection = engine.connect();

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private static void fails(String state, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state));
  }

  @Test
  void rowsStream() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("rows")) {
      assertThat(rows.isBeforeFirst()).isTrue();
      fails("24000", () -> rows.getLong(1));
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong("id")).isEqualTo(1);
      assertThat(rows.getString("NAME")).isEqualTo("one");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(2)).isNull();
      assertThat(rows.wasNull()).isTrue();
      assertThat(rows.getRow()).isEqualTo(2);
      fails("22023", () -> rows.getString(3));
      fails("42703", () -> rows.getString("nix"));
      fails("0A000", rows::previous);
      assertThat(rows.next()).isTrue();
      assertThat(rows.next()).isFalse();
      assertThat(rows.next()).isFalse();
      assertThat(rows.isAfterLast()).isTrue();
      assertThat(rows.getStatement()).isSameAs(statement);
    }
  }

  @Test
  void anExactLabelBeatsACaseInsensitiveOne() throws SQLException {
    engine.columns =
        List.of(
            FakeEngine.column("a", java.sql.JDBCType.BIGINT),
            FakeEngine.column("A", java.sql.JDBCType.VARCHAR));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("rows")) {
      assertThat(rows.findColumn("A")).isEqualTo(2);
      assertThat(rows.findColumn("a")).isEqualTo(1);
    }
  }

  @Test
  void rowsScroll() throws SQLException {
    try (Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
        ResultSet rows = statement.executeQuery("rows")) {
      assertThat(rows.getType()).isEqualTo(ResultSet.TYPE_SCROLL_INSENSITIVE);
      assertThat(rows.isBeforeFirst()).isTrue();
      assertThat(rows.last()).isTrue();
      assertThat(rows.getLong(1)).isEqualTo(3);
      assertThat(rows.isLast()).isTrue();
      assertThat(rows.previous()).isTrue();
      assertThat(rows.getRow()).isEqualTo(2);
      assertThat(rows.absolute(-3)).isTrue();
      assertThat(rows.isFirst()).isTrue();
      assertThat(rows.previous()).isFalse();
      assertThat(rows.isBeforeFirst()).isTrue();
      assertThat(rows.relative(2)).isTrue();
      assertThat(rows.getLong(1)).isEqualTo(2);
      rows.afterLast();
      assertThat(rows.isAfterLast()).isTrue();
      assertThat(rows.getRow()).isZero();
      assertThat(rows.previous()).isTrue();
      assertThat(rows.getLong(1)).isEqualTo(3);
      assertThat(rows.absolute(4)).isFalse();
      assertThat(rows.absolute(0)).isFalse();
      assertThat(rows.first()).isTrue();
      rows.beforeFirst();
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isEqualTo(1);
    }
  }

  @Test
  void anEmptyResultIsNeitherBeforeNorAfterItsRows() throws SQLException {
    engine.rows.clear();
    try (Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
        ResultSet rows = statement.executeQuery("rows")) {
      assertThat(rows.isBeforeFirst()).isFalse();
      assertThat(rows.next()).isFalse();
      assertThat(rows.isAfterLast()).isFalse();
      assertThat(rows.last()).isFalse();
      assertThat(rows.first()).isFalse();
    }
  }

  @Test
  void whatCannotBeHadIsReplacedWithAWarning() throws SQLException {
    connection.clearWarnings();
    try (Statement statement =
        connection.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
      assertThat(statement.getResultSetType()).isEqualTo(ResultSet.TYPE_SCROLL_INSENSITIVE);
      assertThat(statement.getResultSetConcurrency()).isEqualTo(ResultSet.CONCUR_READ_ONLY);
      assertThat((Throwable) connection.getWarnings().getNextWarning()).isNotNull();
    }
  }

  @Test
  void kindsOfStatementsAreNotMixedUp() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      fails("42000", () -> statement.executeUpdate("rows"));
      fails("42000", () -> statement.executeQuery("write"));
      assertThat(engine.bound).isEmpty();
      assertThat(statement.execute("write")).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(1);
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      assertThat(statement.execute("nothing")).isFalse();
      assertThat(statement.getUpdateCount()).isZero();
      assertThat(statement.getResultSet()).isNull();
      assertThat(statement.execute("rows")).isTrue();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      ResultSet rows = statement.getResultSet();
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(rows.isClosed()).isTrue();
    }
  }

  @Test
  void theNextExecutionClosesTheLastResult() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet first = statement.executeQuery("rows");
        ResultSet second = statement.executeQuery("rows")) {
      assertThat(first.isClosed()).isTrue();
      assertThat(second.next()).isTrue();
    }
  }

  /** What JDBC says of it: re-execution closes the old result, and not the statement. */
  @Test
  void theNextExecutionDoesNotCompleteTheStatement() throws SQLException {
    Statement statement = connection.createStatement();
    statement.closeOnCompletion();
    ResultSet first = statement.executeQuery("rows");
    ResultSet second = statement.executeQuery("rows");
    assertThat(first.isClosed()).isTrue();
    assertThat(statement.isClosed()).isFalse();
    first.close();
    assertThat(statement.isClosed()).isFalse();
    assertThat(second.next()).isTrue();
    second.close();
    assertThat(statement.isClosed()).isTrue();
  }

  @Test
  void failuresAfterTheFirstRowAreSqlExceptionsToo() throws SQLException {
    engine.failure = new TurntableException(ErrorKind.CONNECTION_LOST, "tasks: GET /x: lost");
    engine.failAtRow = 1;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("rows")) {
      assertThat(rows.next()).isTrue();
      fails("08006", rows::next);
      engine.failure = new AssertionError("boom");
    }
    try (Statement statement = connection.createStatement()) {
      engine.failAtRow = -1;
      fails("XX000", () -> statement.executeQuery("rows"));
      fails("XX000", () -> statement.executeQuery("bad"));
      fails("XX000", () -> connection.prepareStatement("bad").close());
    }
  }

  @Test
  void aCancelledStatementCanBeUsedAgain() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.cancel();
      CountDownLatch started = new CountDownLatch(1);
      CompletableFuture<Throwable> ended =
          CompletableFuture.supplyAsync(
              () -> {
                started.countDown();
                try (ResultSet rows = statement.executeQuery("wait")) {
                  return new AssertionError("not cancelled: " + rows);
                } catch (SQLException e) {
                  return e;
                }
              });
      started.await();
      Until.holds(
          "the statement ends",
          () -> {
            cancel(statement);
            return ended.isDone();
          });
      fails(
          "57014",
          () -> {
            throw ended.join();
          });
      try (ResultSet rows = statement.executeQuery("rows")) {
        assertThat(rows.next()).isTrue();
        statement.cancel();
        fails("57014", rows::next);
      }
      try (ResultSet rows = statement.executeQuery("rows")) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Not before its time, and not with what it waits for, which takes a minute. */
  @Test
  void theQueryTimeoutHolds() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      long started = System.nanoTime();
      assertThatThrownBy(() -> statement.executeQuery("wait"))
          .isInstanceOf(SQLTimeoutException.class)
          .extracting("SQLState")
          .isEqualTo("HYT00");
      assertThat(System.nanoTime() - started).isBetween(900_000_000L, 30_000_000_000L);
    }
  }

  @Test
  void limitsReachTheEngine() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(200);
      statement.setFetchSize(Integer.MIN_VALUE);
      statement.setFetchSize(10);
      statement.executeQuery("rows").close();
      assertThat(engine.lastMaxRows).isEqualTo(200);
      statement.setLargeMaxRows(0);
      fails("22023", () -> statement.setMaxRows(-1));
      fails("22023", () -> statement.setFetchSize(-1));
      fails("22023", () -> statement.setQueryTimeout(-1));
    }
  }

  @Test
  void warningsOfTheStatementAreChained() throws SQLException {
    assertThat((Throwable) connection.getWarnings()).hasMessage("beware");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("rows")) {
      assertThat((Throwable) statement.getWarnings()).hasMessage("seen");
      assertThat(statement.getWarnings().getSQLState()).isEqualTo("01000");
      assertThat((Throwable) rows.getWarnings()).hasMessage("seen");
      statement.clearWarnings();
      assertThat((Throwable) statement.getWarnings()).isNull();
    }
  }

  @Test
  void parametersAreChecked() throws SQLException {
    engine.parameterCount = 2;
    try (PreparedStatement statement = connection.prepareStatement("rows ? ?")) {
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(2);
      statement.setNull(1, Types.CLOB);
      fails("22023", statement::executeQuery);
      statement.setObject(2, 5);
      statement.executeQuery().close();
      assertThat(new ArrayList<Object>(engine.bound.get(0))).containsExactly(null, 5);
      fails("22023", () -> statement.setString(3, "x"));
      fails("22023", () -> statement.setString(0, "x"));
      fails("42000", () -> statement.executeQuery("rows"));
      fails("42000", () -> statement.addBatch("rows"));
      statement.clearParameters();
      fails("22023", statement::executeQuery);
      assertThat(statement.getMetaData().getColumnCount()).isEqualTo(2);
    }
    try (PreparedStatement statement = connection.prepareStatement("write")) {
      assertThat(statement.getMetaData()).isNull();
    }
  }

  @Test
  void aBatchOfParametersIsOneWrite() throws SQLException {
    engine.parameterCount = 1;
    engine.update =
        new UpdateResult(
            List.of(1L, 1L), List.of("id"), List.of(List.of("tsk_a"), List.of("tsk_b")));
    try (PreparedStatement statement =
        connection.prepareStatement("write ?", Statement.RETURN_GENERATED_KEYS)) {
      assertThat(statement.executeBatch()).isEmpty();
      statement.setString(1, "a");
      statement.addBatch();
      statement.setString(1, "b");
      statement.addBatch();
      assertThat(statement.executeBatch()).containsExactly(1, 1);
      assertThat(engine.bound).hasSize(2);
      try (ResultSet keys = statement.getGeneratedKeys()) {
        assertThat(keys.next()).isTrue();
        assertThat(keys.getString("ID")).isEqualTo("tsk_a");
        assertThat(keys.next()).isTrue();
        assertThat(keys.getString(1)).isEqualTo("tsk_b");
        assertThat(keys.next()).isFalse();
      }
    }
  }

  @Test
  void aBatchThatFailsTellsEveryRowAndKeepsTheKeys() throws SQLException {
    engine.failure =
        new WriteFailedException(
            List.of(new TurntableException(ErrorKind.BAD_ANSWER, "HTTP 500")),
            new UpdateResult(
                List.of(1L, (long) Statement.EXECUTE_FAILED),
                List.of("id"),
                List.of(List.of("tsk_a"))),
            List.of(1L, (long) Statement.EXECUTE_FAILED));
    try (PreparedStatement statement = connection.prepareStatement("write")) {
      statement.addBatch();
      statement.addBatch();
      assertThatThrownBy(statement::executeBatch)
          .isInstanceOfSatisfying(
              BatchUpdateException.class,
              e -> {
                assertThat(e.getUpdateCounts()).containsExactly(1, Statement.EXECUTE_FAILED);
                assertThat(e.getSQLState()).isEqualTo("58000");
                assertThat((Throwable) e).hasMessage("HTTP 500");
              });
      try (ResultSet keys = statement.getGeneratedKeys()) {
        assertThat(keys.next()).isTrue();
        assertThat(keys.getString(1)).isEqualTo("tsk_a");
      }
      engine.failure = new TurntableException(ErrorKind.MISSING_VALUE, "no input");
      statement.addBatch();
      assertThatThrownBy(statement::executeBatch)
          .isInstanceOfSatisfying(
              BatchUpdateException.class,
              e -> {
                assertThat(e.getUpdateCounts()).containsExactly(Statement.EXECUTE_FAILED);
                assertThat(e.getSQLState()).isEqualTo("23502");
              });
    }
  }

  @Test
  void aBatchOfTextsStopsAtItsFirstFailure() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("write");
      statement.addBatch("rows");
      statement.addBatch("write");
      assertThatThrownBy(statement::executeBatch)
          .isInstanceOfSatisfying(
              BatchUpdateException.class,
              e -> {
                assertThat(e.getUpdateCounts()).containsExactly(1, -3, -3);
                assertThat(e.getMessage()).contains("statement 2");
              });
      assertThat(statement.executeBatch()).isEmpty();
    }
  }

  /** Whether the row was written nobody knows: to say that it was not makes a client write twice. */
  @Test
  void aBatchOfTextsDoesNotCallAnUnknownOutcomeAFailure() throws SQLException {
    long unknown = Statement.SUCCESS_NO_INFO;
    try (Statement statement = connection.createStatement()) {
      engine.failure =
          new WriteFailedException(
              List.of(new TurntableException(ErrorKind.OUTCOME_UNKNOWN, "no answer")),
              new UpdateResult(List.of(unknown), List.of(), List.of()),
              List.of(unknown));
      statement.addBatch("write");
      statement.addBatch("write");
      assertThatThrownBy(statement::executeBatch)
          .isInstanceOfSatisfying(
              BatchUpdateException.class,
              e -> {
                assertThat(e.getUpdateCounts())
                    .containsExactly(Statement.SUCCESS_NO_INFO, Statement.EXECUTE_FAILED);
                assertThat(e.getSQLState()).isEqualTo("58030");
              });
    }
  }

  @Test
  void generatedKeysAreThereOnlyIfAskedFor() throws SQLException {
    engine.update = new UpdateResult(List.of(1L), List.of("id"), List.of(List.of("tsk_a")));
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("write");
      assertThat(statement.getGeneratedKeys().next()).isFalse();
      statement.executeUpdate("write", new String[] {"ID"});
      try (ResultSet keys = statement.getGeneratedKeys()) {
        assertThat(keys.next()).isTrue();
        assertThat(keys.getMetaData().getColumnName(1)).isEqualTo("id");
      }
      statement.executeUpdate("write", new int[] {1});
      assertThat(statement.getGeneratedKeys().next()).isTrue();
      fails("22023", () -> statement.executeUpdate("write", 7));
    }
  }

  @Test
  void aReadOnlyConnectionRefusesWrites() throws SQLException {
    assertThat(connection.isReadOnly()).isFalse();
    connection.setReadOnly(true);
    try (Statement statement = connection.createStatement()) {
      fails("25006", () -> statement.executeUpdate("write"));
      assertThat(engine.bound).isEmpty();
      connection.setReadOnly(false);
      assertThat(statement.executeUpdate("write")).isEqualTo(1);
    }
  }

  @Test
  void transactionsDoNoHarm() throws SQLException {
    assertThat(connection.getAutoCommit()).isTrue();
    connection.commit();
    connection.rollback();
    connection.setAutoCommit(false);
    assertThat(connection.getAutoCommit()).isFalse();
    connection.commit();
    connection.rollback();
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_NONE);
    fails("22023", () -> connection.setTransactionIsolation(99));
    fails("0A000", connection::setSavepoint);
  }

  @Test
  void validityIsAskedAtMostEveryHalfMinute() throws SQLException {
    assertThat(connection.isValid(0)).isTrue();
    assertThat(connection.isValid(5)).isTrue();
    assertThat(engine.validations).hasValue(1);
    fails("22023", () -> connection.isValid(-1));
    connection.close();
    assertThat(connection.isValid(0)).isFalse();
  }

  @Test
  void aRefusedKeyIsAskedForAgain() throws SQLException {
    engine.valid = false;
    assertThat(connection.isValid(0)).isFalse();
    engine.valid = true;
    assertThat(connection.isValid(0)).isTrue();
  }

  @Test
  void schemasAreFoundWithoutRegardToCase() throws SQLException {
    assertThat(connection.getSchema()).isEqualTo("handinger");
    connection.setSchema("TURNTABLE");
    assertThat(connection.getSchema()).isEqualTo("turntable");
    fails("22023", () -> connection.setSchema("nix"));
    assertThat(connection.getCatalog()).isNull();
    connection.setCatalog("anything");
  }

  @Test
  void closingClosesWhatIsBelow() throws SQLException {
    Statement statement = connection.createStatement();
    ResultSet rows = statement.executeQuery("rows");
    connection.close();
    assertThat(engine.closed).isTrue();
    assertThat(statement.isClosed()).isTrue();
    fails("08003", rows::next);
    fails("08003", () -> statement.executeQuery("rows"));
    fails("08003", connection::createStatement);
    connection.close();
    statement.close();
    rows.close();
  }

  @Test
  void aClosedStatementSaysSo() throws SQLException {
    Statement statement = connection.createStatement();
    statement.closeOnCompletion();
    statement.executeQuery("rows").close();
    assertThat(statement.isClosed()).isTrue();
    fails("55000", () -> statement.executeQuery("rows"));
  }

  @Test
  void everythingUnwrapsToItself() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.isWrapperFor(RequestUsage.class)).isTrue();
      assertThat(statement.unwrap(RequestUsage.class).requests()).isZero();
      assertThat(connection.isWrapperFor(String.class)).isFalse();
      fails("22023", () -> connection.unwrap(String.class));
      assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
    }
  }
}
