package dev.turntable.jdbc.statement;

import dev.turntable.engine.ReservedWords;
import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.jdbc.error.Wrapping;
import dev.turntable.jdbc.result.FetchHints;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings of a statement: those that count, and those that are accepted and mean nothing. */
public abstract class StatementSettings implements Statement, Wrapping {
  private static final Pattern SIMPLE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,127}");

  private final FetchHints fetch = new FetchHints(0);
  private volatile int maxFieldSize;
  private volatile long maxRows;
  private volatile int queryTimeout;
  private volatile boolean poolable;

  /** Throws if the statement or its connection is closed. */
  abstract void ensureOpen() throws SQLException;

  private static long notNegative(long value, String what) throws SQLException {
    if (value < 0) {
      throw SqlErrors.badValue(what + " must not be negative");
    }
    return value;
  }

  /** Returns how long an execution may take; zero means no limit. */
  final Duration timeout() {
    return Duration.ofSeconds(queryTimeout);
  }

  final long rowLimit() {
    return maxRows;
  }

  @Override
  public final int getQueryTimeout() throws SQLException {
    ensureOpen();
    return queryTimeout;
  }

  @Override
  public final void setQueryTimeout(int seconds) throws SQLException {
    ensureOpen();
    queryTimeout = (int) notNegative(seconds, "the query timeout");
  }

  @Override
  public final int getMaxRows() throws SQLException {
    ensureOpen();
    return (int) Math.min(maxRows, Integer.MAX_VALUE);
  }

  @Override
  public final void setMaxRows(int rows) throws SQLException {
    setLargeMaxRows(rows);
  }

  @Override
  public final long getLargeMaxRows() throws SQLException {
    ensureOpen();
    return maxRows;
  }

  @Override
  public final void setLargeMaxRows(long rows) throws SQLException {
    ensureOpen();
    maxRows = notNegative(rows, "the row limit");
  }

  @Override
  public final int getFetchSize() {
    return fetch.size();
  }

  @Override
  public final void setFetchSize(int size) throws SQLException {
    ensureOpen();
    fetch.size(size);
  }

  @Override
  public final int getFetchDirection() throws SQLException {
    ensureOpen();
    return fetch.direction();
  }

  @Override
  public final void setFetchDirection(int direction) throws SQLException {
    ensureOpen();
    fetch.direction(direction);
  }

  @Override
  public final int getMaxFieldSize() throws SQLException {
    ensureOpen();
    return maxFieldSize;
  }

  @Override
  public final void setMaxFieldSize(int max) throws SQLException {
    ensureOpen();
    maxFieldSize = (int) notNegative(max, "the field size");
  }

  @Override
  public final boolean isPoolable() throws SQLException {
    ensureOpen();
    return poolable;
  }

  @Override
  public final void setPoolable(boolean newPoolable) throws SQLException {
    ensureOpen();
    poolable = newPoolable;
  }

  @Override
  public final void setEscapeProcessing(boolean enable) throws SQLException {
    ensureOpen();
  }

  @Override
  public final void setCursorName(String name) throws SQLException {
    ensureOpen();
  }

  @Override
  public final int getResultSetConcurrency() throws SQLException {
    ensureOpen();
    return ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public final int getResultSetHoldability() throws SQLException {
    ensureOpen();
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  private static String given(@Nullable String text) throws SQLException {
    if (text == null) {
      throw SqlErrors.badValue("there is nothing to quote");
    }
    return text;
  }

  @Override
  public final String enquoteLiteral(@Nullable String text) throws SQLException {
    return "'" + given(text).replace("'", "''") + "'";
  }

  @Override
  public final String enquoteNCharLiteral(@Nullable String text) throws SQLException {
    return enquoteLiteral(text);
  }

  @Override
  public final String enquoteIdentifier(@Nullable String name, boolean always) throws SQLException {
    return !always && isSimpleIdentifier(name)
        ? given(name)
        : '"' + given(name).replace("\"", "\"\"") + '"';
  }

  @Override
  public final boolean isSimpleIdentifier(@Nullable String name) throws SQLException {
    return SIMPLE.matcher(given(name)).matches() && !ReservedWords.contains(given(name));
  }
}
