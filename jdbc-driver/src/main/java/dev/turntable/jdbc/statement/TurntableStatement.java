package dev.turntable.jdbc.statement;

import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.engine.UpdateResult;
import dev.turntable.engine.WriteFailedException;
import dev.turntable.jdbc.error.ClosedBy;
import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.jdbc.error.Warnings;
import dev.turntable.jdbc.result.KeptRows;
import dev.turntable.jdbc.result.ReturnedRows;
import dev.turntable.jdbc.result.Rows;
import dev.turntable.jdbc.result.RowsOwner;
import dev.turntable.jdbc.result.StreamedRows;
import dev.turntable.jdbc.result.TurntableResultSet;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement without parameters, and what all statements have in common: one execution at a time,
 * its result, its warnings, its end by cancel.
 */
public class TurntableStatement extends StatementSettings
    implements StatementExecutes, RowsOwner, ExecutionUsage {
  private final Session connection;
  private final boolean scrollable;
  private final Warnings warnings = new Warnings();
  private volatile @Nullable StatementScope scope;
  private final ClosedBy closed = new ClosedBy();
  private final StatementMemory memory = new StatementMemory();
  private final Batch<String> batch = new Batch<>(memory, List::of);

  /** Guarded by this statement's monitor, which is held over nothing that waits. */
  private @Nullable TurntableResultSet resultSet;

  private long updateCount = -1;
  private @Nullable UpdateResult update;
  private KeyRequest keys = KeyRequest.NONE;
  private volatile boolean closeOnCompletion;

  /**
   * A statement of a connection.
   *
   * @param scrollable whether its results keep their rows and can be moved in
   */
  public TurntableStatement(Session connection, boolean scrollable) {
    this.connection = connection;
    this.scrollable = scrollable;
  }

  @Override
  final void ensureOpen() throws SQLException {
    ensureConnected();
    closed.ensureOpen("statement", () -> SqlErrors.closed("statement"));
  }

  @Override
  public final void ensureConnected() throws SQLException {
    connection.ensureOpen();
  }

  @Override
  public boolean execute(String sql, ExpectedResult expected, KeyRequest wanted)
      throws SQLException {
    ensureOpen();
    return execution(
        sql,
        own -> {
          PreparedSql prepared = connection.prepare(sql, own);
          expected.check(prepared);
          return run(prepared, List.of(), wanted, expected, own);
        });
  }

  /** One execution inside its scope. */
  @FunctionalInterface
  interface Body<T> {
    T run(StatementScope own) throws SQLException;
  }

  /** Ends the last execution and runs the next one; after a failure nothing of it is left. */
  final <T> T execution(String sql, Body<T> body) throws SQLException {
    ensureOpen();
    endLast();
    StatementScope own = SqlErrors.guard(() -> connection.newScope(sql, timeout()));
    scope = own;
    warnings.follow(own);
    try {
      ensureOpen(); // another thread that has closed it since has not seen the scope
      T result = body.run(own);
      if (current() == null) {
        own.close();
      }
      return result;
    } catch (RuntimeException | Error | SQLException e) {
      SQLException failure = SqlErrors.of(e, own);
      own.close();
      keepKeys(e);
      throw failure;
    }
  }

  private synchronized @Nullable TurntableResultSet current() {
    return resultSet;
  }

  private synchronized @Nullable TurntableResultSet replace(@Nullable TurntableResultSet next) {
    TurntableResultSet last = resultSet;
    resultSet = next;
    return last;
  }

  final void keepKeys(Throwable failure) {
    if (failure instanceof WriteFailedException write) {
      update = write.result();
      keys = KeyRequest.ALL;
    }
  }

  /** Runs a statement once and returns whether it gives rows. */
  final boolean run(
      PreparedSql prepared,
      List<? extends @Nullable Object> parameters,
      KeyRequest wanted,
      ExpectedResult expected,
      StatementScope own)
      throws SQLException {
    switch (prepared.kind()) {
      case QUERY -> {
        PreparedSql typed = prepared.with(parameters, own);
        RowCursor cursor = typed.query(parameters, rowLimit(), own);
        Rows rows =
            scrollable
                ? new KeptRows(cursor, typed.columns().size(), own.memory())
                : new StreamedRows(cursor);
        show(new TurntableResultSet(this, typed.columns(), rows, own));
      }
      case UPDATE -> runUpdate(prepared, List.of(parameters), wanted, own);
      case RETURNING -> {
        if (expected == ExpectedResult.COUNT) {
          runUpdate(prepared, List.of(parameters), KeyRequest.ALL, own);
          return false;
        }
        runReturning(prepared, parameters, own);
        return true;
      }
      case NOTHING -> {
        use(prepared);
        updateCount = 0;
      }
    }
    return prepared.kind() == PreparedSql.Kind.QUERY;
  }

  /** Runs a write that gives rows: once all are written, unless the connection gives them before. */
  private void runReturning(
      PreparedSql prepared, List<? extends @Nullable Object> parameters, StatementScope own)
      throws SQLException {
    RowCursor cursor;
    if (connection.givesRowsAsWritten()) {
      beforeWrite(prepared, own);
      cursor = prepared.query(parameters, rowLimit(), own);
    } else {
      UpdateResult result = runUpdate(prepared, List.of(parameters), KeyRequest.ALL, own);
      long limit = rowLimit() == 0 ? result.keys().size() : rowLimit();
      cursor = new ReturnedRows(result.keys().stream().limit(limit).toList());
    }
    Rows rows =
        scrollable
            ? new KeptRows(cursor, prepared.columns().size(), own.memory())
            : new StreamedRows(cursor);
    show(new TurntableResultSet(this, prepared.columns(), rows, own));
  }

  /** Makes rows the result, unless the statement was closed before it had any. */
  private void show(TurntableResultSet rows) throws SQLException {
    replace(rows);
    if (closed.isClosed()) {
      rows.close();
      ensureOpen();
    }
  }

  private void use(PreparedSql prepared) throws SQLException {
    String schema = prepared.schemaToUse();
    if (schema == null) {
      return;
    }
    if (!prepared.mayLackSchema()) {
      connection.setSchema(schema);
    } else if (!connection.useSchema(schema)) {
      warnings.add(connection.noSchema(schema) + "; the schema stays " + connection.getSchema());
    }
  }

  /** Runs a write, once per set of parameters. */
  final UpdateResult runUpdate(
      PreparedSql prepared,
      List<? extends List<? extends @Nullable Object>> parameterSets,
      KeyRequest wanted,
      StatementScope own)
      throws SQLException {
    wanted.check(prepared.targetColumns());
    beforeWrite(prepared, own);
    UpdateResult result =
        prepared.returning(wanted.names()).update(parameterSets, wanted.wanted(), own);
    update = result;
    keys = wanted;
    updateCount = result.total();
    return result;
  }

  private void beforeWrite(PreparedSql prepared, StatementScope own) throws SQLException {
    if (prepared.kind() != PreparedSql.Kind.NOTHING) {
      connection.ensureWritable();
    }
    String warning = connection.noteWrite();
    if (warning != null) {
      own.warn(warning);
    }
  }

  private void endLast() throws SQLException {
    TurntableResultSet last = replace(null);
    updateCount = -1;
    update = null;
    keys = KeyRequest.NONE;
    if (last != null) {
      last.close();
    }
    StatementScope old = scope;
    scope = null;
    if (old != null) {
      old.close();
    }
  }

  @Override
  public final void closed(ResultSet ended) throws SQLException {
    if (closeOnCompletion && ended.equals(current())) {
      close();
    }
  }

  @Override
  public final @Nullable StatementScope lastExecution() {
    return scope;
  }

  @Override
  public final void cancel() throws SQLException {
    ensureOpen();
    StatementScope own = scope;
    if (own != null) {
      SqlErrors.run(own::cancel);
    }
  }

  @Override
  public final @Nullable ResultSet getResultSet() throws SQLException {
    ensureOpen();
    return current();
  }

  @Override
  public final Batch<String> batch() throws SQLException {
    ensureOpen();
    return batch;
  }

  @Override
  public final long lastFailure() {
    UpdateResult written = update;
    return written == null ? EXECUTE_FAILED : written.counts().get(0);
  }

  /** Returns the rows of the execution that has just given some, unless another thread ended it. */
  @Override
  public final ResultSet rows() throws SQLException {
    ResultSet rows = current();
    if (rows == null) {
      ensureOpen();
      throw SqlErrors.of(ErrorKind.CANCELLED, "another thread has used the statement meanwhile");
    }
    return rows;
  }

  @Override
  public final long getLargeUpdateCount() throws SQLException {
    ensureOpen();
    return updateCount;
  }

  @Override
  public final boolean getMoreResults(int current) throws SQLException {
    ensureOpen();
    if (current != CLOSE_CURRENT_RESULT
        && current != KEEP_CURRENT_RESULT
        && current != CLOSE_ALL_RESULTS) {
      throw SqlErrors.badValue("getMoreResults knows no " + current);
    }
    TurntableResultSet last = replace(null);
    if (last == null) {
      updateCount = -1; // behind the rows that a write returns comes its count
    }
    if (last != null && current != KEEP_CURRENT_RESULT) {
      last.close();
    }
    return false;
  }

  @Override
  public final ResultSet getGeneratedKeys() throws SQLException {
    ensureOpen();
    return GeneratedKeys.of(keys.wanted() ? update : null, keys);
  }

  @Override
  public final Connection getConnection() throws SQLException {
    ensureOpen();
    return connection;
  }

  @Override
  public final @Nullable SQLWarning getWarnings() throws SQLException {
    ensureOpen();
    return warnings.first();
  }

  @Override
  public final void clearWarnings() throws SQLException {
    ensureOpen();
    warnings.clear();
  }

  @Override
  public final int getResultSetType() throws SQLException {
    ensureOpen();
    return scrollable ? ResultSet.TYPE_SCROLL_INSENSITIVE : ResultSet.TYPE_FORWARD_ONLY;
  }

  @Override
  public final void closeOnCompletion() throws SQLException {
    ensureOpen();
    closeOnCompletion = true;
  }

  @Override
  public final boolean isCloseOnCompletion() throws SQLException {
    ensureOpen();
    return closeOnCompletion;
  }

  @Override
  public final boolean isClosed() {
    return closed.isClosed() || connection.isClosed();
  }

  @Override
  public void close() throws SQLException {
    if (closed.close()) {
      connection.forget(this);
      memory.close();
      endLast();
    }
  }
}
