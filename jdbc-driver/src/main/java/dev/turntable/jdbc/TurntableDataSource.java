package dev.turntable.jdbc;

import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.jdbc.error.Wrapping;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.ShardingKeyBuilder;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A bean that opens connections; for frameworks that want one instead of a URL. */
public final class TurntableDataSource implements DataSource, Wrapping {
  private final TurntableDriver driver = new TurntableDriver();
  private volatile String url = "";
  private volatile @Nullable String password;
  private volatile Properties properties = new Properties();
  private volatile @Nullable PrintWriter logWriter;
  private volatile int loginTimeout;

  /** A data source without URL; {@link #setUrl} gives it one. */
  public TurntableDataSource() {}

  public String getUrl() {
    return url;
  }

  public void setUrl(String newUrl) {
    url = newUrl;
  }

  /** Sets the key; the same as the JDBC property {@code password}. */
  public void setPassword(@Nullable String newPassword) {
    password = newPassword;
  }

  /** Sets connection properties beside those of the URL. */
  public void setProperties(Properties newProperties) {
    Properties copy = new Properties();
    newProperties
        .stringPropertyNames()
        .forEach(name -> copy.setProperty(name, newProperties.getProperty(name)));
    properties = copy;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return getConnection(null, password);
  }

  /** Opens a connection; the user's name means nothing. */
  @Override
  public Connection getConnection(@Nullable String user, @Nullable String newPassword)
      throws SQLException {
    Properties all = new Properties();
    properties.stringPropertyNames().forEach(n -> all.setProperty(n, properties.getProperty(n)));
    if (newPassword != null) {
      all.setProperty("password", newPassword);
    }
    Connection connection = driver.connect(url, all);
    if (connection == null) {
      throw SqlErrors.badValue(
          "the data source has no URL that begins with " + TurntableUrl.PREFIX);
    }
    return connection;
  }

  @Override
  public ConnectionBuilder createConnectionBuilder() throws SQLException {
    throw SqlErrors.unsupported("createConnectionBuilder");
  }

  @Override
  public ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
    throw SqlErrors.unsupported("createShardingKeyBuilder");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return logWriter;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    logWriter = out;
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeout;
  }

  /** Accepted; connecting sends nothing. */
  @Override
  public void setLoginTimeout(int seconds) {
    loginTimeout = seconds;
  }

  @Override
  public Logger getParentLogger() {
    return driver.getParentLogger();
  }
}
