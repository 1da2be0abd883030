package dev.turntable.jdbc.statement;

import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.UpdateResult;
import dev.turntable.engine.WriteFailedException;
import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.jdbc.result.TurntableResultSetMetaData;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that is prepared once and executed with parameters. */
public final class TurntablePreparedStatement extends TurntableStatement
    implements ParameterSetters {
  private final String sql;
  private final PreparedSql prepared;
  private final KeyRequest keys;
  private final BoundParameters parameters;
  private final StatementMemory memory = new StatementMemory();
  private final Batch<List<@Nullable Object>> batch = new Batch<>(memory, set -> set);

  /** A statement that was planned already. */
  public TurntablePreparedStatement(
      Session connection, boolean scrollable, String sql, PreparedSql prepared, KeyRequest keys)
      throws SQLException {
    super(connection, scrollable);
    this.sql = sql;
    this.prepared = prepared;
    this.keys = keys;
    this.parameters = new BoundParameters(prepared.parameters().size());
    memory.addPlan(prepared.size(sql));
  }

  @Override
  public BoundParameters parameters() throws SQLException {
    ensureOpen();
    return parameters;
  }

  private boolean execute(ExpectedResult expected) throws SQLException {
    ensureOpen();
    expected.check(prepared);
    List<@Nullable Object> values = parameters.list();
    return execution(sql, own -> run(prepared, values, keys, expected, own));
  }

  @Override
  public boolean execute() throws SQLException {
    return execute(ExpectedResult.ANY);
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    execute(ExpectedResult.ROWS);
    return rows();
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    execute(ExpectedResult.COUNT);
    return getLargeUpdateCount();
  }

  @Override
  public int executeUpdate() throws SQLException {
    return StatementExecutes.count(executeLargeUpdate());
  }

  @Override
  public boolean execute(String text, ExpectedResult expected, KeyRequest wanted)
      throws SQLException {
    throw ownText();
  }

  @Override
  public void addBatch(@Nullable String text) throws SQLException {
    throw ownText();
  }

  private static SQLException ownText() {
    return SqlErrors.of(
        ErrorKind.INVALID_STATEMENT, "a prepared statement has its text already; leave it out");
  }

  @Override
  public void addBatch() throws SQLException {
    ensureOpen();
    batch.add(parameters.list());
  }

  @Override
  public void clearBatch() throws SQLException {
    ensureOpen();
    batch.take();
    batch.settle();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    ensureOpen();
    List<List<@Nullable Object>> sets = batch.take();
    if (sets.isEmpty()) {
      return new long[0];
    }
    try {
      return execute(sets);
    } finally {
      batch.settle();
    }
  }

  private long[] execute(List<List<@Nullable Object>> sets) throws SQLException {
    return execution(
        sql,
        own -> {
          try {
            ExpectedResult.COUNT.check(prepared);
            boolean returning = prepared.kind() == PreparedSql.Kind.RETURNING;
            UpdateResult result = runUpdate(prepared, sets, returning ? KeyRequest.ALL : keys, own);
            return result.counts().stream().mapToLong(Long::longValue).toArray();
          } catch (WriteFailedException e) {
            keepKeys(e);
            throw SqlErrors.batch(e, e.result().counts());
          } catch (TurntableException e) { // before the first write
            throw SqlErrors.batch(
                e, Collections.nCopies(sets.size(), (long) Statement.EXECUTE_FAILED));
          }
        });
  }

  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    ensureOpen();
    return prepared.kind() == PreparedSql.Kind.QUERY
            || prepared.kind() == PreparedSql.Kind.RETURNING
        ? new TurntableResultSetMetaData(prepared.columns())
        : null;
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    ensureOpen();
    return new TurntableParameterMetaData(prepared.parameters());
  }

  @Override
  public void close() throws SQLException {
    batch.take();
    memory.close();
    super.close();
  }

  @Override
  public String toString() {
    return sql;
  }
}
