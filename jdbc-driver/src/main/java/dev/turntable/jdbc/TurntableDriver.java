package dev.turntable.jdbc;

import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.jdbc.meta.DriverVersion;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver of {@code jdbc:turntable:<sources>[:<property>=<value>;…]}. Found by the service
 * loader of {@link DriverManager}.
 */
public final class TurntableDriver implements Driver {
  static {
    try {
      DriverManager.registerDriver(new TurntableDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Called by the service loader, and by tools that are given the class name. */
  public TurntableDriver() {}

  /**
   * Opens a connection. Sends nothing.
   *
   * @return null if the URL is not meant for this driver
   * @throws SQLException if the URL or a property cannot be used
   */
  @Override
  public @Nullable Connection connect(@Nullable String url, @Nullable Properties properties)
      throws SQLException {
    if (!acceptsURL(url) || url == null) {
      return null;
    }
    return SqlErrors.guard(
        () -> ConnectionOpener.open(url, properties == null ? new Properties() : properties));
  }

  @Override
  public boolean acceptsURL(@Nullable String url) {
    return url != null && TurntableUrl.accepts(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(@Nullable String url, @Nullable Properties properties)
      throws SQLException {
    return SqlErrors.guard(
        () ->
            DriverProperties.of(
                url == null ? "" : url, properties == null ? new Properties() : properties));
  }

  @Override
  public int getMajorVersion() {
    return DriverVersion.MAJOR;
  }

  @Override
  public int getMinorVersion() {
    return DriverVersion.MINOR;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("dev.turntable");
  }
}
