package dev.turntable.jdbc;

import dev.turntable.config.Profile;
import dev.turntable.jdbc.error.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Opens connections with a user's profile, as the command line reads it from a file. */
public final class ProfileConnections {
  private ProfileConnections() {}

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
