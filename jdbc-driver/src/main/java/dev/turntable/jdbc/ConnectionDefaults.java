package dev.turntable.jdbc;

import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.jdbc.error.Wrapping;
import dev.turntable.jdbc.result.ListArray;
import dev.turntable.jdbc.value.BytesBlob;
import dev.turntable.jdbc.value.TextClob;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.ShardingKey;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a connection without transactions and catalogs has little to say to: accepted where that does
 * no harm, refused where a client would rely on it.
 */
interface ConnectionDefaults extends Connection, Wrapping {
  /** Throws if the connection is closed. */
  void ensureOpen() throws SQLException;

  /** Adds a warning. */
  void warn(String text);

  /** Returns what the client has said of the connection. */
  ConnectionSettings settings();

  @Override
  default boolean getAutoCommit() throws SQLException {
    ensureOpen();
    return settings().autoCommit();
  }

  @Override
  default void setAutoCommit(boolean on) throws SQLException {
    ensureOpen();
    settings().autoCommit(on);
  }

  @Override
  default void commit() throws SQLException {
    ensureOpen();
    settings().endTransaction();
  }

  @Override
  default void rollback() throws SQLException {
    ensureOpen();
    if (settings().endTransaction()) {
      warn("there are no transactions: rollback has undone nothing of what was written");
    }
  }

  @Override
  default void rollback(@Nullable Savepoint savepoint) throws SQLException {
    throw SqlErrors.unsupported("rollback to a savepoint");
  }

  @Override
  default Savepoint setSavepoint() throws SQLException {
    throw SqlErrors.unsupported("setSavepoint");
  }

  @Override
  default Savepoint setSavepoint(String name) throws SQLException {
    throw SqlErrors.unsupported("setSavepoint");
  }

  @Override
  default void releaseSavepoint(@Nullable Savepoint savepoint) throws SQLException {
    throw SqlErrors.unsupported("releaseSavepoint");
  }

  @Override
  default int getTransactionIsolation() throws SQLException {
    ensureOpen();
    return TRANSACTION_NONE;
  }

  /** Accepts every level, as pools and frameworks set one, and stays at none. */
  @Override
  default void setTransactionIsolation(int level) throws SQLException {
    ensureOpen();
    switch (level) {
      case TRANSACTION_NONE,
          TRANSACTION_READ_UNCOMMITTED,
          TRANSACTION_READ_COMMITTED,
          TRANSACTION_REPEATABLE_READ,
          TRANSACTION_SERIALIZABLE -> {
        return;
      }
      default -> throw SqlErrors.badValue("there is no transaction isolation " + level);
    }
  }

  @Override
  default int getHoldability() throws SQLException {
    ensureOpen();
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  default void setHoldability(int holdability) throws SQLException {
    ensureOpen();
    checkHoldability(holdability);
  }

  static void checkHoldability(int holdability) throws SQLException {
    if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT
        && holdability != ResultSet.CLOSE_CURSORS_AT_COMMIT) {
      throw SqlErrors.badValue("there is no holdability " + holdability);
    }
  }

  @Override
  default @Nullable String getCatalog() throws SQLException {
    ensureOpen();
    return null;
  }

  /** Ignored: there are no catalogs. */
  @Override
  default void setCatalog(@Nullable String catalog) throws SQLException {
    ensureOpen();
  }

  @Override
  default Map<String, Class<?>> getTypeMap() throws SQLException {
    ensureOpen();
    return Map.of();
  }

  @Override
  default void setTypeMap(@Nullable Map<String, Class<?>> map) throws SQLException {
    ensureOpen();
    if (map != null && !map.isEmpty()) {
      throw SqlErrors.unsupported("a type map");
    }
  }

  @Override
  default @Nullable String getClientInfo(@Nullable String name) throws SQLException {
    ensureOpen();
    return name == null ? null : settings().clientInfo().get(name);
  }

  @Override
  default Properties getClientInfo() throws SQLException {
    ensureOpen();
    Properties copy = new Properties();
    copy.putAll(settings().clientInfo());
    return copy;
  }

  private void ensureOpenForInfo() throws SQLClientInfoException {
    try {
      ensureOpen();
    } catch (SQLException e) {
      throw new SQLClientInfoException(e.getMessage(), e.getSQLState(), Map.of(), e);
    }
  }

  /** Remembered, and sent to nobody. */
  @Override
  default void setClientInfo(@Nullable String name, @Nullable String value)
      throws SQLClientInfoException {
    ensureOpenForInfo();
    if (name != null) {
      settings().clientInfo(name, value);
    }
  }

  @Override
  default void setClientInfo(@Nullable Properties properties) throws SQLClientInfoException {
    ensureOpenForInfo();
    settings().clientInfo(properties);
  }

  @Override
  default String nativeSQL(String sql) throws SQLException {
    ensureOpen();
    return sql;
  }

  @Override
  default Clob createClob() throws SQLException {
    return createNClob();
  }

  @Override
  default NClob createNClob() throws SQLException {
    ensureOpen();
    return new TextClob("");
  }

  @Override
  default Array createArrayOf(String typeName, Object @Nullable [] elements) throws SQLException {
    ensureOpen();
    return ListArray.of(elements == null ? java.util.List.of() : Arrays.asList(elements));
  }

  @Override
  default Blob createBlob() throws SQLException {
    ensureOpen();
    return new BytesBlob();
  }

  @Override
  default SQLXML createSQLXML() throws SQLException {
    throw SqlErrors.unsupported("createSQLXML");
  }

  @Override
  default Struct createStruct(String typeName, Object @Nullable [] attributes) throws SQLException {
    throw SqlErrors.unsupported("createStruct");
  }

  @Override
  default CallableStatement prepareCall(String sql) throws SQLException {
    throw SqlErrors.unsupported("prepareCall");
  }

  @Override
  default CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    throw SqlErrors.unsupported("prepareCall");
  }

  @Override
  default CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    throw SqlErrors.unsupported("prepareCall");
  }

  @Override
  default void setShardingKey(ShardingKey key) throws SQLException {
    throw SqlErrors.unsupported("setShardingKey");
  }

  @Override
  default void setShardingKey(ShardingKey key, ShardingKey superKey) throws SQLException {
    throw SqlErrors.unsupported("setShardingKey");
  }

  @Override
  default boolean setShardingKeyIfValid(ShardingKey key, int timeout) throws SQLException {
    throw SqlErrors.unsupported("setShardingKeyIfValid");
  }

  @Override
  default boolean setShardingKeyIfValid(ShardingKey key, ShardingKey superKey, int timeout)
      throws SQLException {
    throw SqlErrors.unsupported("setShardingKeyIfValid");
  }

  @Override
  default Statement createStatement() throws SQLException {
    return createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
  }

  @Override
  default Statement createStatement(int type, int concurrency, int holdability)
      throws SQLException {
    checkHoldability(holdability);
    return createStatement(type, concurrency);
  }

  @Override
  default PreparedStatement prepareStatement(String sql) throws SQLException {
    return prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
  }

  @Override
  default PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    checkHoldability(holdability);
    return prepareStatement(sql, type, concurrency);
  }
}
