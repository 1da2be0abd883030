package dev.turntable.jdbc;

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
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a connection without transactions and catalogs has little to say to: accepted where that does
 * no harm, refused where a client would rely on it.
 */
abstract class ConnectionDefaults implements Connection, Wrapping {
  private final Map<String, String> clientInfo = new ConcurrentHashMap<>();
  private volatile boolean autoCommit = true;
  private volatile boolean written;

  abstract void ensureOpen() throws SQLException;

  abstract void warn(String text);

  /** Told before a write; returns what the statement must warn of, or null. */
  final @Nullable String noteWrite() {
    written = true;
    return autoCommit
        ? null
        : "auto-commit is off, but there are no transactions: the write is final";
  }

  @Override
  public final boolean getAutoCommit() throws SQLException {
    ensureOpen();
    return autoCommit;
  }

  @Override
  public final void setAutoCommit(boolean on) throws SQLException {
    ensureOpen();
    autoCommit = on;
  }

  @Override
  public final void commit() throws SQLException {
    ensureOpen();
    written = false;
  }

  @Override
  public final void rollback() throws SQLException {
    ensureOpen();
    if (written) {
      warn("there are no transactions: rollback has undone nothing of what was written");
    }
    written = false;
  }

  @Override
  public final void rollback(@Nullable Savepoint savepoint) throws SQLException {
    throw SqlErrors.unsupported("rollback to a savepoint");
  }

  @Override
  public final Savepoint setSavepoint() throws SQLException {
    throw SqlErrors.unsupported("setSavepoint");
  }

  @Override
  public final Savepoint setSavepoint(String name) throws SQLException {
    throw SqlErrors.unsupported("setSavepoint");
  }

  @Override
  public final void releaseSavepoint(@Nullable Savepoint savepoint) throws SQLException {
    throw SqlErrors.unsupported("releaseSavepoint");
  }

  @Override
  public final int getTransactionIsolation() throws SQLException {
    ensureOpen();
    return TRANSACTION_NONE;
  }

  /** Accepts every level, as pools and frameworks set one, and stays at none. */
  @Override
  public final void setTransactionIsolation(int level) throws SQLException {
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
  public final int getHoldability() throws SQLException {
    ensureOpen();
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public final void setHoldability(int holdability) throws SQLException {
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
  public final @Nullable String getCatalog() throws SQLException {
    ensureOpen();
    return null;
  }

  /** Ignored: there are no catalogs. */
  @Override
  public final void setCatalog(@Nullable String catalog) throws SQLException {
    ensureOpen();
  }

  @Override
  public final Map<String, Class<?>> getTypeMap() throws SQLException {
    ensureOpen();
    return Map.of();
  }

  @Override
  public final void setTypeMap(@Nullable Map<String, Class<?>> map) throws SQLException {
    ensureOpen();
    if (map != null && !map.isEmpty()) {
      throw SqlErrors.unsupported("a type map");
    }
  }

  @Override
  public final @Nullable String getClientInfo(@Nullable String name) throws SQLException {
    ensureOpen();
    return name == null ? null : clientInfo.get(name);
  }

  @Override
  public final Properties getClientInfo() throws SQLException {
    ensureOpen();
    Properties copy = new Properties();
    copy.putAll(clientInfo);
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
  public final void setClientInfo(@Nullable String name, @Nullable String value)
      throws SQLClientInfoException {
    ensureOpenForInfo();
    if (name != null && value == null) {
      clientInfo.remove(name);
    } else if (name != null) {
      clientInfo.put(name, value);
    }
  }

  @Override
  public final void setClientInfo(@Nullable Properties properties) throws SQLClientInfoException {
    ensureOpenForInfo();
    clientInfo.clear();
    if (properties == null) {
      return;
    }
    for (String name : properties.stringPropertyNames()) {
      clientInfo.put(name, properties.getProperty(name));
    }
  }

  @Override
  public final String nativeSQL(String sql) throws SQLException {
    ensureOpen();
    return sql;
  }

  @Override
  public final Clob createClob() throws SQLException {
    return createNClob();
  }

  @Override
  public final NClob createNClob() throws SQLException {
    ensureOpen();
    return new TextClob("");
  }

  @Override
  public final Array createArrayOf(String typeName, Object @Nullable [] elements)
      throws SQLException {
    ensureOpen();
    return ListArray.of(elements == null ? java.util.List.of() : Arrays.asList(elements));
  }

  @Override
  public final Blob createBlob() throws SQLException {
    ensureOpen();
    return new BytesBlob();
  }

  @Override
  public final SQLXML createSQLXML() throws SQLException {
    throw SqlErrors.unsupported("createSQLXML");
  }

  @Override
  public final Struct createStruct(String typeName, Object @Nullable [] attributes)
      throws SQLException {
    throw SqlErrors.unsupported("createStruct");
  }

  @Override
  public final CallableStatement prepareCall(String sql) throws SQLException {
    throw SqlErrors.unsupported("prepareCall");
  }

  @Override
  public final CallableStatement prepareCall(String sql, int type, int concurrency)
      throws SQLException {
    throw SqlErrors.unsupported("prepareCall");
  }

  @Override
  public final CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    throw SqlErrors.unsupported("prepareCall");
  }

  @Override
  public final void setShardingKey(ShardingKey key) throws SQLException {
    throw SqlErrors.unsupported("setShardingKey");
  }

  @Override
  public final void setShardingKey(ShardingKey key, ShardingKey superKey) throws SQLException {
    throw SqlErrors.unsupported("setShardingKey");
  }

  @Override
  public final boolean setShardingKeyIfValid(ShardingKey key, int timeout) throws SQLException {
    throw SqlErrors.unsupported("setShardingKeyIfValid");
  }

  @Override
  public final boolean setShardingKeyIfValid(ShardingKey key, ShardingKey superKey, int timeout)
      throws SQLException {
    throw SqlErrors.unsupported("setShardingKeyIfValid");
  }

  @Override
  public final Statement createStatement() throws SQLException {
    return createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
  }

  @Override
  public final Statement createStatement(int type, int concurrency, int holdability)
      throws SQLException {
    checkHoldability(holdability);
    return createStatement(type, concurrency);
  }

  @Override
  public final PreparedStatement prepareStatement(String sql) throws SQLException {
    return prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
  }

  @Override
  public final PreparedStatement prepareStatement(
      String sql, int type, int concurrency, int holdability) throws SQLException {
    checkHoldability(holdability);
    return prepareStatement(sql, type, concurrency);
  }
}
