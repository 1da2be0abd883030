package dev.turntable.jdbc.error;

import dev.turntable.engine.WriteFailedException;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.FileContents;
import dev.turntable.source.Secrets;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
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
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The one place where failures become {@link SQLException}s. */
public final class SqlErrors {
  /** SQLState of what is used after its end, beside connections; named as PostgreSQL names it. */
  private static final String NOT_IN_STATE = "55000";

  private static final String NO_ROW = "24000";

  private static final Set<String> TELLS_THE_END =
      Stream.of(ErrorKind.CANCELLED, ErrorKind.TIMEOUT, ErrorKind.CLOSED, ErrorKind.OUTCOME_UNKNOWN)
          .map(ErrorKind::sqlState)
          .collect(Collectors.toUnmodifiableSet());

  private SqlErrors() {}

  /** Something that may fail in any way. */
  @FunctionalInterface
  public interface Call<T> {
    T call() throws SQLException;
  }

  /** As {@link Call}, for what may return null. */
  @FunctionalInterface
  public interface NullableCall<T> {
    @Nullable T call() throws SQLException;
  }

  /** Something that may fail in any way and returns nothing. */
  @FunctionalInterface
  public interface Action {
    void run() throws SQLException;
  }

  /** Runs a call; whatever goes wrong comes out as an SQLException. */
  public static <T> T guard(Call<T> call) throws SQLException {
    try {
      return call.call();
    } catch (RuntimeException | Error e) {
      throw of(e);
    }
  }

  /** As {@link #guard}, for what may return null. */
  public static <T> @Nullable T guardNullable(NullableCall<T> call) throws SQLException {
    try {
      return call.call();
    } catch (RuntimeException | Error e) {
      throw of(e);
    }
  }

  /** As {@link #guard}, for what returns nothing. */
  public static void run(Action action) throws SQLException {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      throw of(e);
    }
  }

  /** Returns the exception for a failure; its message is the whole reason. */
  public static SQLException of(Throwable failure) {
    if (failure instanceof SQLException known) {
      return known;
    }
    TurntableException ours = find(failure);
    if (ours instanceof WriteFailedException write && write.rowCounts().size() > 1) {
      return batch(write, write.rowCounts());
    }
    if (ours != null) {
      return of(ours.kind(), message(ours), ours);
    }
    if (failure instanceof StackOverflowError) {
      // Its trace is thousands of equal lines and says nothing.
      return of(ErrorKind.TOO_LARGE, "the statement is nested too deeply");
    }
    if (failure instanceof OutOfMemoryError) {
      return of(ErrorKind.TOO_LARGE, "out of memory: " + message(failure), failure);
    }
    if (failure instanceof ArithmeticException) {
      boolean byZero = message(failure).toLowerCase(Locale.ROOT).contains("zero");
      return of(
          byZero ? ErrorKind.DIVISION_BY_ZERO : ErrorKind.OUT_OF_RANGE, message(failure), failure);
    }
    if (failure instanceof NumberFormatException) {
      return of(ErrorKind.BAD_VALUE, "not a number: " + message(failure), failure);
    }
    return of(ErrorKind.INTERNAL, "defect in Turntable: " + failure, failure);
  }

  /**
   * Returns the exception for a failure of a statement. What goes wrong once the statement was
   * ended is a consequence of that, which is then told; not so what may have been written.
   */
  public static SQLException of(Throwable failure, StatementScope scope) {
    SQLException told = of(failure);
    if (!scope.isEnded() || TELLS_THE_END.contains(String.valueOf(told.getSQLState()))) {
      return told;
    }
    if (told instanceof BatchUpdateException || find(failure) instanceof WriteFailedException) {
      return told;
    }
    try {
      scope.ensureOpen();
      return told;
    } catch (TurntableException end) {
      end.addSuppressed(failure);
      return of(end);
    }
  }

  /**
   * Returns the exception of a batch, followed by those of the other failures.
   *
   * @param counts one per row or set of parameters
   */
  public static BatchUpdateException batch(TurntableException failure, List<Long> counts) {
    // A client that finds a socket exception among the causes runs the statement again.
    Throwable cause = failure.kind() == ErrorKind.OUTCOME_UNKNOWN ? null : failure;
    BatchUpdateException batch =
        new BatchUpdateException(
            shown(message(failure)),
            failure.kind().sqlState(),
            0,
            counts.stream().mapToLong(Long::longValue).toArray(),
            clean(cause));
    if (failure instanceof WriteFailedException write) {
      write.failures().stream()
          .skip(1)
          .forEach(other -> batch.setNextException(of(other.kind(), message(other), other)));
    }
    return batch;
  }

  /**
   * Returns the exception of a batch of statements.
   *
   * @param at which of them failed, from 0
   */
  public static BatchUpdateException batch(int at, long[] counts, SQLException failure) {
    boolean written = Arrays.stream(counts).anyMatch(count -> count != Statement.EXECUTE_FAILED);
    return new BatchUpdateException(
        "statement " + (at + 1) + " of the batch: " + shown(message(failure)),
        written ? notAgain(failure.getSQLState()) : failure.getSQLState(),
        0,
        counts,
        written && !(failure instanceof BatchUpdateException) ? null : failure);
  }

  /**
   * What has written must look neither like a lost connection nor like a time-out: clients run that
   * again.
   */
  private static @Nullable String notAgain(@Nullable String state) {
    if (state != null && TELLS_THE_END.contains(state)) {
      return ErrorKind.OUTCOME_UNKNOWN.sqlState();
    }
    return String.valueOf(state).startsWith("08") || ErrorKind.UNSTABLE.sqlState().equals(state)
        ? ErrorKind.BAD_ANSWER.sqlState()
        : state;
  }

  /** A failure of a kind, in words for its reader. */
  public static SQLException of(ErrorKind kind, String message) {
    return of(kind, message, null);
  }

  /** The one place that every message passes: what a user typed or a service said may be a key. */
  public static SQLException of(ErrorKind kind, String text, @Nullable Throwable reason) {
    String message = shown(text);
    Throwable cause = clean(reason);
    String state = kind.sqlState();
    return switch (kind) {
      case AUTHENTICATION -> new SQLInvalidAuthorizationSpecException(message, state, cause);
      case SYNTAX, UNKNOWN_TABLE, UNKNOWN_COLUMN, INVALID_STATEMENT ->
          new SQLSyntaxErrorException(message, state, cause);
      case BAD_VALUE, OUT_OF_RANGE, DIVISION_BY_ZERO -> new SQLDataException(message, state, cause);
      case MISSING_VALUE, UNKNOWN_PARENT, DUPLICATE_KEY ->
          new SQLIntegrityConstraintViolationException(message, state, cause);
      case UNSUPPORTED -> new SQLFeatureNotSupportedException(message, state, cause);
      case UNSTABLE -> new SQLTransactionRollbackException(message, state, cause);
      case TIMEOUT -> new SQLTimeoutException(message, state, cause);
      // A client that finds a socket exception among the causes runs the statement again.
      case OUTCOME_UNKNOWN -> new SQLNonTransientException(message, state);
      case UNREACHABLE, CLOSED -> new SQLNonTransientConnectionException(message, state, cause);
      case CONNECTION_LOST -> new SQLTransientConnectionException(message, state, cause);
      case FORBIDDEN, READ_ONLY, BUDGET, TOO_LARGE, DISK_FULL, STORE_DAMAGED ->
          new SQLNonTransientException(message, state, cause);
      case STORE_BUSY -> new SQLTransientException(message, state, cause);
      case CANCELLED, BAD_ANSWER, INTERNAL -> new SQLException(message, state, cause);
    };
  }

  /** Returns a failure if nothing of its chain may not be shown, else null. */
  private static @Nullable Throwable clean(@Nullable Throwable failure) {
    Throwable known = Secrets.clean(failure);
    int depth = 0;
    for (Throwable link = known; link != null && depth < 20; link = link.getCause()) {
      String text = String.valueOf(link);
      if (!FileContents.hidden(text).equals(text)) {
        return null;
      }
      depth++;
    }
    return known;
  }

  private static String shown(String text) {
    return FileContents.hidden(Secrets.maskAll(text));
  }

  /** What the driver cannot do. */
  public static SQLFeatureNotSupportedException unsupported(String what) {
    return new SQLFeatureNotSupportedException(
        what + " is not supported", ErrorKind.UNSUPPORTED.sqlState());
  }

  /** A value that cannot be taken. */
  public static SQLException badValue(String message) {
    return of(ErrorKind.BAD_VALUE, message);
  }

  /** Returns the exception for a connection that is closed. */
  public static SQLException connectionClosed() {
    return of(ErrorKind.CLOSED, "the connection is closed");
  }

  /** Returns the exception for a statement or another object that is closed. */
  public static SQLException closed(String what) {
    return new SQLException("the " + what + " is closed", NOT_IN_STATE);
  }

  /** What needs a row where there is none. */
  public static SQLException noRow(String message) {
    return new SQLException(message, NO_ROW);
  }

  private static @Nullable TurntableException find(Throwable failure) {
    Throwable current = failure;
    for (int depth = 0; current != null && depth < 20; depth++) {
      if (current instanceof TurntableException ours) {
        return ours;
      }
      current = current.getCause();
    }
    return null;
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
