package dev.turntable.jdbc.cli;

import dev.turntable.config.Profile;
import dev.turntable.jdbc.ProfileConnections;
import dev.turntable.jdbc.TurntableDriver;
import dev.turntable.jdbc.cli.script.Console;
import dev.turntable.jdbc.cli.script.Utf8;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Opens connections by a URL, options, a profile and the environment, of which the first wins. */
final class Opening {
  private static final String URL_VARIABLE = "TURNTABLE_URL";
  private static final String DEFAULT_URL = "jdbc:turntable:demo";

  private final Console console;
  private final ProfileFile.Entry profile;
  private final Properties options = new Properties();

  private Opening(Console console, ProfileFile.Entry profile) {
    this.console = console;
    this.profile = profile;
  }

  /**
   * @param profile the name of a profile, or null
   * @param store the directory of a store, or null
   * @throws IOException if the profile cannot be read
   */
  static Opening of(Console console, @Nullable String profile, @Nullable String store)
      throws IOException {
    return new Opening(
            console,
            profile == null
                ? new ProfileFile.Entry(null, Profile.NONE)
                : ProfileFile.read(profile, console.environment()))
        .with("store", store);
  }

  /** Sets a property, which a URL may set otherwise. */
  Opening with(String property, @Nullable String value) {
    if (value != null) {
      options.setProperty(property, value);
    }
    return this;
  }

  /**
   * Returns the URL to open.
   *
   * @param given the one of the arguments, or null
   */
  String url(@Nullable String given) throws IOException {
    String url = given == null ? profile.url() : given;
    if (url != null) {
      return url;
    }
    String variable = console.variable(URL_VARIABLE);
    if (variable.indexOf(Utf8.LOST) >= 0) {
      throw new Utf8.UndecodableException(
          URL_VARIABLE + " cannot be read in this locale: set LC_ALL=C.UTF-8");
    }
    return variable.isBlank() ? DEFAULT_URL : variable;
  }

  Connection connect(String url) throws SQLException {
    if (!new TurntableDriver().acceptsURL(url)) {
      throw new SQLException("the URL has to begin with jdbc:turntable:", "22023");
    }
    return ProfileConnections.open(url, options, profile.profile());
  }
}
