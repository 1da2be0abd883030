package dev.turntable.jdbc.result;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.jdbc.error.ClosedBy;
import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.jdbc.error.Warnings;
import dev.turntable.jdbc.error.Wrapping;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a query, of generated keys, or of metadata. */
public final class TurntableResultSet
    implements ColumnsByIndex, ColumnsByLabel, NoUpdatesByIndex, NoUpdatesByLabel, Wrapping {
  private final @Nullable RowsOwner statement;
  private final List<ColumnInfo> columns;
  private final Rows rows;
  private final @Nullable StatementScope scope;
  private final Warnings warnings = new Warnings();
  private final ReadingGate gate;
  private final ClosedBy closed = new ClosedBy();
  private boolean wasNull;
  private final FetchHints fetch;

  /**
   * @param statement the statement that gives the rows; null if none does
   * @param scope the execution that gives the rows, which ends with them; null if none does
   */
  public TurntableResultSet(
      @Nullable RowsOwner statement,
      List<ColumnInfo> columns,
      Rows rows,
      @Nullable StatementScope scope) {
    this.statement = statement;
    this.columns = columns;
    this.rows = rows;
    this.scope = scope;
    this.warnings.follow(scope);
    this.gate = new ReadingGate(rows::close);
    this.fetch = new FetchHints(statement == null ? 0 : statement.getFetchSize());
  }

  /** Returns a result that no statement made. */
  public static TurntableResultSet ofRows(List<ColumnInfo> columns, List<@Nullable Object[]> rows) {
    return new TurntableResultSet(null, columns, new KeptRows(rows), null);
  }

  private void ensureOpen() throws SQLException {
    if (statement != null) {
      statement.ensureConnected();
    }
    closed.ensureOpen("result set", () -> SqlErrors.noRow("the result set is closed"));
  }

  /** Runs what may read rows; a close by another thread comes before or after it. */
  private boolean reading(SqlErrors.Call<Boolean> call) throws SQLException {
    gate.enter();
    try {
      ensureOpen();
      return Boolean.TRUE.equals(guarded(call::call));
    } finally {
      gate.leave();
    }
  }

  @Override
  public boolean next() throws SQLException {
    boolean found = reading(rows::next);
    if (!found && scope != null && !rows.isScrollable()) {
      scope.close();
    }
    return found;
  }

  @Override
  public @Nullable Object read(int column) throws SQLException {
    ensureOpen();
    if (column < 1 || column > columns.size()) {
      throw SqlErrors.badValue(
          "there is no column " + column + "; the result has " + columns.size());
    }
    if (rows.row() == 0) {
      throw SqlErrors.noRow("the result set is not on a row; call next() first");
    }
    Object value = guarded(() -> rows.value(column - 1));
    wasNull = value == null;
    return value;
  }

  @Override
  public Array array(List<?> elements) {
    return ListArray.of(elements);
  }

  private <T> @Nullable T guarded(SqlErrors.NullableCall<T> call) throws SQLException {
    try {
      return call.call();
    } catch (SQLException | RuntimeException | Error e) {
      throw scope == null ? SqlErrors.of(e) : SqlErrors.of(e, scope);
    }
  }

  @Override
  public boolean wasNull() throws SQLException {
    ensureOpen();
    return wasNull;
  }

  @Override
  public int findColumn(@Nullable String label) throws SQLException {
    ensureOpen();
    int loose = 0;
    for (int i = columns.size(); i > 0; i--) {
      String own = columns.get(i - 1).label();
      if (own.equalsIgnoreCase(label)) {
        loose = i;
      }
    }
    for (int i = 1; i <= columns.size(); i++) {
      if (columns.get(i - 1).label().equals(label)) {
        return i;
      }
    }
    if (loose == 0) {
      throw SqlErrors.of(ErrorKind.UNKNOWN_COLUMN, "the result has no column " + label);
    }
    return loose;
  }

  @Override
  public void close() throws SQLException {
    if (closed.close()) {
      if (scope != null) {
        scope.close();
      }
      gate.close();
      if (statement != null) {
        statement.closed(this);
      }
    }
  }

  @Override
  public boolean isClosed() {
    return closed.isClosed();
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    ensureOpen();
    return new TurntableResultSetMetaData(columns);
  }

  @Override
  public @Nullable Statement getStatement() throws SQLException {
    ensureOpen();
    return statement;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    ensureOpen();
    return warnings.first();
  }

  @Override
  public void clearWarnings() throws SQLException {
    ensureOpen();
    warnings.clear();
  }

  @Override
  public boolean absolute(int row) throws SQLException {
    return move(row);
  }

  @Override
  public boolean relative(int offset) throws SQLException {
    long from = rows.isScrollable() && rows.isAfterLast() ? count() + 1 : rows.row();
    return move(Math.max(0, from + offset));
  }

  private long count() throws SQLException {
    move(-1);
    return rows.row();
  }

  @Override
  public boolean previous() throws SQLException {
    return relative(-1);
  }

  @Override
  public boolean first() throws SQLException {
    return move(1);
  }

  @Override
  public boolean last() throws SQLException {
    return move(-1);
  }

  @Override
  public void beforeFirst() throws SQLException {
    move(0);
  }

  @Override
  public void afterLast() throws SQLException {
    move(Long.MAX_VALUE);
  }

  private boolean move(long row) throws SQLException {
    return reading(() -> rows.absolute(row));
  }

  @Override
  public int getRow() throws SQLException {
    ensureOpen();
    return (int) rows.row();
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    return reading(rows::isBeforeFirst);
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    ensureOpen();
    return rows.isAfterLast();
  }

  @Override
  public boolean isFirst() throws SQLException {
    ensureOpen();
    return rows.row() == 1;
  }

  @Override
  public boolean isLast() throws SQLException {
    return reading(rows::isLast);
  }

  @Override
  public int getType() throws SQLException {
    ensureOpen();
    return rows.isScrollable() ? TYPE_SCROLL_INSENSITIVE : TYPE_FORWARD_ONLY;
  }

  @Override
  public int getConcurrency() throws SQLException {
    ensureOpen();
    return CONCUR_READ_ONLY;
  }

  @Override
  public int getHoldability() throws SQLException {
    ensureOpen();
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public int getFetchSize() throws SQLException {
    ensureOpen();
    return fetch.size();
  }

  @Override
  public void setFetchSize(int size) throws SQLException {
    ensureOpen();
    fetch.size(size);
  }

  @Override
  public int getFetchDirection() throws SQLException {
    ensureOpen();
    return fetch.direction();
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    ensureOpen();
    fetch.direction(direction);
  }

  @Override
  public String getCursorName() throws SQLException {
    throw SqlErrors.unsupported("getCursorName");
  }

  @Override
  public boolean rowUpdated() throws SQLException {
    ensureOpen();
    return false;
  }

  @Override
  public boolean rowInserted() throws SQLException {
    ensureOpen();
    return false;
  }

  @Override
  public boolean rowDeleted() throws SQLException {
    ensureOpen();
    return false;
  }
}
