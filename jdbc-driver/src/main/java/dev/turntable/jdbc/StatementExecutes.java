package dev.turntable.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The many ways to execute a text: all lead to one method. */
abstract class StatementExecutes extends StatementSettings {
  private final List<String> batch = new ArrayList<>();
  private final StatementMemory batchMemory = new StatementMemory();

  /** Executes a statement and returns whether it gives rows. */
  abstract boolean execute(String sql, Expected expected, KeyRequest keys) throws SQLException;

  abstract ResultSet rows() throws SQLException;

  /**
   * Returns the count of the last execution, which failed: {@link Statement#EXECUTE_FAILED}, or {@link
   * Statement#SUCCESS_NO_INFO} if what it wrote is not known.
   */
  abstract long lastFailure();

  @Override
  public boolean execute(String sql) throws SQLException {
    return execute(sql, Expected.ANY, KeyRequest.NONE);
  }

  @Override
  public boolean execute(String sql, int flag) throws SQLException {
    return execute(sql, Expected.ANY, KeyRequest.of(flag));
  }

  @Override
  public boolean execute(String sql, int @Nullable [] columns) throws SQLException {
    return execute(sql, Expected.ANY, KeyRequest.of(columns));
  }

  @Override
  public boolean execute(String sql, String @Nullable [] columns) throws SQLException {
    return execute(sql, Expected.ANY, KeyRequest.of(columns));
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    execute(sql, Expected.ROWS, KeyRequest.NONE);
    return rows();
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    return update(sql, KeyRequest.NONE);
  }

  @Override
  public long executeLargeUpdate(String sql, int flag) throws SQLException {
    return update(sql, KeyRequest.of(flag));
  }

  @Override
  public long executeLargeUpdate(String sql, int @Nullable [] columns) throws SQLException {
    return update(sql, KeyRequest.of(columns));
  }

  @Override
  public long executeLargeUpdate(String sql, String @Nullable [] columns) throws SQLException {
    return update(sql, KeyRequest.of(columns));
  }

  @Override
  public int executeUpdate(String sql) throws SQLException {
    return count(executeLargeUpdate(sql));
  }

  @Override
  public int executeUpdate(String sql, int flag) throws SQLException {
    return count(executeLargeUpdate(sql, flag));
  }

  @Override
  public int executeUpdate(String sql, int @Nullable [] columns) throws SQLException {
    return count(executeLargeUpdate(sql, columns));
  }

  @Override
  public int executeUpdate(String sql, String @Nullable [] columns) throws SQLException {
    return count(executeLargeUpdate(sql, columns));
  }

  private long update(String sql, KeyRequest keys) throws SQLException {
    execute(sql, Expected.COUNT, keys);
    return getLargeUpdateCount();
  }

  static int count(long count) {
    return (int) Math.min(count, Integer.MAX_VALUE);
  }

  @Override
  public final int getUpdateCount() throws SQLException {
    return count(getLargeUpdateCount());
  }

  @Override
  public final boolean getMoreResults() throws SQLException {
    return getMoreResults(CLOSE_CURRENT_RESULT);
  }

  @Override
  public void addBatch(@Nullable String sql) throws SQLException {
    ensureOpen();
    if (sql == null) {
      throw SqlErrors.badValue("a batch takes no null");
    }
    List<String> text = List.of(sql);
    batchMemory.addSet(
        text, batch.isEmpty() ? text.subList(0, 0) : batch.subList(batch.size() - 1, batch.size()));
    batch.add(sql);
  }

  @Override
  public void clearBatch() throws SQLException {
    ensureOpen();
    batch.clear();
    batchMemory.clearBatch();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    ensureOpen();
    List<String> texts = List.copyOf(batch);
    batch.clear();
    try {
      return executeAll(texts);
    } finally {
      batchMemory.clearBatch();
    }
  }

  private long[] executeAll(List<String> texts) throws SQLException {
    long[] counts = new long[texts.size()];
    Arrays.fill(counts, Statement.EXECUTE_FAILED);
    for (int i = 0; i < counts.length; i++) {
      try {
        counts[i] = update(texts.get(i), KeyRequest.NONE);
      } catch (SQLException e) {
        counts[i] = lastFailure();
        throw SqlErrors.batch(i, counts, e);
      }
    }
    return counts;
  }

  @Override
  public void close() throws SQLException {
    batchMemory.close();
  }

  @Override
  public final int[] executeBatch() throws SQLException {
    return Arrays.stream(executeLargeBatch()).mapToInt(StatementExecutes::count).toArray();
  }
}
