package dev.turntable.jdbc.statement;

import dev.turntable.jdbc.error.SqlErrors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The many ways to execute a text: all lead to one method. */
public interface StatementExecutes extends Statement {
  /** Executes a statement and returns whether it gives rows. */
  boolean execute(String sql, ExpectedResult expected, KeyRequest keys) throws SQLException;

  /** Returns the rows of the execution that has just given some. */
  ResultSet rows() throws SQLException;

  /** Returns the texts to execute together; throws if the statement is closed. */
  Batch<String> batch() throws SQLException;

  /**
   * Returns the count of the last execution, which failed: {@link Statement#EXECUTE_FAILED}, or {@link
   * Statement#SUCCESS_NO_INFO} if what it wrote is not known.
   */
  long lastFailure();

  @Override
  default boolean execute(String sql) throws SQLException {
    return execute(sql, ExpectedResult.ANY, KeyRequest.NONE);
  }

  @Override
  default boolean execute(String sql, int flag) throws SQLException {
    return execute(sql, ExpectedResult.ANY, KeyRequest.of(flag));
  }

  @Override
  default boolean execute(String sql, int @Nullable [] columns) throws SQLException {
    return execute(sql, ExpectedResult.ANY, KeyRequest.of(columns));
  }

  @Override
  default boolean execute(String sql, String @Nullable [] columns) throws SQLException {
    return execute(sql, ExpectedResult.ANY, KeyRequest.of(columns));
  }

  @Override
  default ResultSet executeQuery(String sql) throws SQLException {
    execute(sql, ExpectedResult.ROWS, KeyRequest.NONE);
    return rows();
  }

  @Override
  default long executeLargeUpdate(String sql) throws SQLException {
    return update(sql, KeyRequest.NONE);
  }

  @Override
  default long executeLargeUpdate(String sql, int flag) throws SQLException {
    return update(sql, KeyRequest.of(flag));
  }

  @Override
  default long executeLargeUpdate(String sql, int @Nullable [] columns) throws SQLException {
    return update(sql, KeyRequest.of(columns));
  }

  @Override
  default long executeLargeUpdate(String sql, String @Nullable [] columns) throws SQLException {
    return update(sql, KeyRequest.of(columns));
  }

  @Override
  default int executeUpdate(String sql) throws SQLException {
    return count(executeLargeUpdate(sql));
  }

  @Override
  default int executeUpdate(String sql, int flag) throws SQLException {
    return count(executeLargeUpdate(sql, flag));
  }

  @Override
  default int executeUpdate(String sql, int @Nullable [] columns) throws SQLException {
    return count(executeLargeUpdate(sql, columns));
  }

  @Override
  default int executeUpdate(String sql, String @Nullable [] columns) throws SQLException {
    return count(executeLargeUpdate(sql, columns));
  }

  /** Executes a statement that must not give rows, and returns how many it changed. */
  default long update(String sql, KeyRequest keys) throws SQLException {
    execute(sql, ExpectedResult.COUNT, keys);
    return getLargeUpdateCount();
  }

  /** Returns a count as an int, at most the largest. */
  static int count(long count) {
    return (int) Math.min(count, Integer.MAX_VALUE);
  }

  @Override
  default int getUpdateCount() throws SQLException {
    return count(getLargeUpdateCount());
  }

  @Override
  default boolean getMoreResults() throws SQLException {
    return getMoreResults(CLOSE_CURRENT_RESULT);
  }

  @Override
  default void addBatch(@Nullable String sql) throws SQLException {
    batch().add(sql);
  }

  @Override
  default void clearBatch() throws SQLException {
    batch().take();
    batch().settle();
  }

  @Override
  default long[] executeLargeBatch() throws SQLException {
    Batch<String> batch = batch();
    List<String> texts = batch.take();
    long[] counts = new long[texts.size()];
    Arrays.fill(counts, Statement.EXECUTE_FAILED);
    int next = 0;
    try {
      for (; next < counts.length; next++) {
        counts[next] = update(texts.get(next), KeyRequest.NONE);
      }
    } catch (SQLException e) {
      counts[next] = lastFailure();
      throw SqlErrors.batch(next, counts, e);
    } finally {
      batch.settle();
    }
    return counts;
  }

  @Override
  default int[] executeBatch() throws SQLException {
    return Arrays.stream(executeLargeBatch()).mapToInt(StatementExecutes::count).toArray();
  }
}
