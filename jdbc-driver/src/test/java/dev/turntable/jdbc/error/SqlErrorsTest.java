package dev.turntable.jdbc.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.UpdateResult;
import dev.turntable.engine.WriteFailedException;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.net.SocketException;
import java.sql.BatchUpdateException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlErrorsTest {
  private static final Map<ErrorKind, Class<?>> CLASSES =
      Map.ofEntries(
          Map.entry(ErrorKind.AUTHENTICATION, SQLInvalidAuthorizationSpecException.class),
          Map.entry(ErrorKind.SYNTAX, SQLSyntaxErrorException.class),
          Map.entry(ErrorKind.UNKNOWN_TABLE, SQLSyntaxErrorException.class),
          Map.entry(ErrorKind.UNKNOWN_COLUMN, SQLSyntaxErrorException.class),
          Map.entry(ErrorKind.INVALID_STATEMENT, SQLSyntaxErrorException.class),
          Map.entry(ErrorKind.BAD_VALUE, SQLDataException.class),
          Map.entry(ErrorKind.OUT_OF_RANGE, SQLDataException.class),
          Map.entry(ErrorKind.DUPLICATE_KEY, SQLIntegrityConstraintViolationException.class),
          Map.entry(ErrorKind.UNSUPPORTED, SQLFeatureNotSupportedException.class),
          Map.entry(ErrorKind.UNSTABLE, SQLTransactionRollbackException.class),
          Map.entry(ErrorKind.TIMEOUT, SQLTimeoutException.class),
          Map.entry(ErrorKind.OUTCOME_UNKNOWN, SQLNonTransientException.class),
          Map.entry(ErrorKind.UNREACHABLE, SQLNonTransientConnectionException.class),
          Map.entry(ErrorKind.CONNECTION_LOST, SQLTransientConnectionException.class));

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void everyKindHasItsStateAndItsReasonOnTop(ErrorKind kind) {
    SQLException e = SqlErrors.of(new TurntableException(kind, "tasks: GET /x: no"));
    assertThat(e.getSQLState()).isEqualTo(kind.sqlState());
    assertThat(e.getMessage()).isEqualTo("tasks: GET /x: no");
    assertThat((Throwable) e).isInstanceOf(CLASSES.getOrDefault(kind, SQLException.class));
  }

  @Test
  void ourReasonIsFoundBehindOthers() {
    TurntableException reason = new TurntableException(ErrorKind.BUDGET, "used up");
    SQLException e =
        SqlErrors.of(new IllegalStateException("Calcite", new ExecutionException(reason)));
    assertThat((Throwable) e).hasMessage("used up");
    assertThat(e.getSQLState()).isEqualTo("53400");
  }

  @Test
  void anUnknownOutcomeHasNoSocketExceptionAmongItsCauses() {
    TurntableException lost =
        new TurntableException(
            ErrorKind.OUTCOME_UNKNOWN, "tsk_1 may exist", new SocketException("reset"));
    for (Throwable failure :
        List.of(lost, writeFailed(List.of(lost), 1L, -2L), writeFailed(List.of(lost), -2L))) {
      SQLException e = SqlErrors.of(failure);
      assertThat(e.getSQLState()).isEqualTo("58030");
      assertThat((Throwable) e).hasMessage("tsk_1 may exist").hasNoCause();
    }
    assertThat((Throwable) SqlErrors.of(writeFailed(List.of(lost), -2L)))
        .isExactlyInstanceOf(SQLNonTransientException.class);
  }

  private static WriteFailedException writeFailed(
      List<TurntableException> failures, Long... counts) {
    return new WriteFailedException(
        failures, new UpdateResult(List.of(-3L), List.of(), List.of()), List.of(counts));
  }

  @Test
  void aWriteThatStoppedInTheMiddleTellsTheRows() {
    TurntableException first = new TurntableException(ErrorKind.DUPLICATE_KEY, "taken");
    TurntableException second = new TurntableException(ErrorKind.BAD_VALUE, "too long");
    SQLException e = SqlErrors.of(writeFailed(List.of(first, second), 1L, -3L, -3L));
    assertThat((Throwable) e).isInstanceOf(BatchUpdateException.class).hasMessage("taken");
    assertThat(((BatchUpdateException) e).getUpdateCounts()).containsExactly(1, -3, -3);
    assertThat(((BatchUpdateException) e).getLargeUpdateCounts()).containsExactly(1, -3, -3);
    assertThat(e.getSQLState()).isEqualTo("23505");
    assertThat((Throwable) e.getNextException()).hasMessage("too long");
  }

  /** What fails once the statement was ended tells the end, but for what has written some rows. */
  @Test
  void whatHasWrittenInAnEndedStatementTellsTheRows() {
    TurntableException refused = new TurntableException(ErrorKind.BAD_VALUE, "too long");
    try (ConnectionScope connection = new ConnectionScope(ConnectionLimits.DEFAULT);
        StatementScope ended = connection.statement("INSERT", Duration.ZERO)) {
      ended.cancel();
      assertThat(SqlErrors.of(refused, ended).getSQLState()).isEqualTo("57014");
      for (WriteFailedException write :
          List.of(
              writeFailed(List.of(refused), 1L, -3L), // of several rows
              writeFailed(List.of(refused), -3L))) {
        SQLException told = SqlErrors.of(write, ended);
        assertThat(told.getSQLState()).isEqualTo("22023");
        assertThat((Throwable) told).hasMessage("too long");
      }
    }
  }

  @Test
  void aBatchThatHasWrittenDoesNotLookLikeALostConnection() {
    SQLException lost =
        SqlErrors.of(ErrorKind.CONNECTION_LOST, "reset", new SocketException("reset"));
    BatchUpdateException clean = SqlErrors.batch(0, new long[] {-3, -3}, lost);
    assertThat(clean.getSQLState()).isEqualTo("08006");
    assertThat((Throwable) clean).hasCause(lost);
    BatchUpdateException written = SqlErrors.batch(1, new long[] {1, -3}, lost);
    assertThat(written.getSQLState()).isEqualTo("58000");
    assertThat((Throwable) written).hasMessage("statement 2 of the batch: reset").hasNoCause();
  }

  @Test
  void errorsAndStrangersBecomeSqlExceptions() {
    assertThat(SqlErrors.of(new AssertionError("UPDATE")).getMessage()).contains("UPDATE");
    assertThat(SqlErrors.of(new AssertionError("UPDATE")).getSQLState()).isEqualTo("XX000");
    assertThat(SqlErrors.of(new StackOverflowError()).getSQLState()).isEqualTo("54000");
    assertThat(SqlErrors.of(new OutOfMemoryError("heap")).getSQLState()).isEqualTo("54000");
    assertThat(SqlErrors.of(new ArithmeticException("/ by zero")).getSQLState()).isEqualTo("22012");
    assertThat(SqlErrors.of(new ArithmeticException("overflow")).getSQLState()).isEqualTo("22003");
    assertThat(SqlErrors.of(new NumberFormatException("x")).getSQLState()).isEqualTo("22023");
    assertThat(SqlErrors.of(new NoClassDefFoundError("x")).getSQLState()).isEqualTo("XX000");
    SQLException known = new SQLException("as it is", "12345");
    assertThat((Throwable) SqlErrors.of(known)).isSameAs(known);
  }
}
