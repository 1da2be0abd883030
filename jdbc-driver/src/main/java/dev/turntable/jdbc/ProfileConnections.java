package dev.turntable.jdbc;

import dev.turntable.config.Profile;
import dev.turntable.engine.Engine;
import dev.turntable.jdbc.error.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Opens connections with a user's profile, as the command line reads it from a file. */
public final class ProfileConnections {
  private ProfileConnections() {}

  /** Returns what a connection opened here runs on. */
  public static Engine engine(Connection connection) throws SQLException {
    return connection.unwrap(TurntableConnection.class).engine();
  }

  /**
   * Opens a connection. Sends nothing.
   *
   * @param options beat the profile, and are beaten by the URL
   * @throws SQLException if the URL or a property cannot be used
   */
  public static Connection open(String url, Properties options, Profile profile)
      throws SQLException {
    return SqlErrors.guard(() -> ConnectionOpener.open(url, options, profile));
  }
}
