package dev.turntable.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;

/** Any text behind the prefix opens a connection or is an SQLException that is no defect. */
public final class UrlFuzz {
  private static final Driver DRIVER = new TurntableDriver();

  private UrlFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String url = "jdbc:turntable:" + new String(data, UTF_8);
    try {
      for (DriverPropertyInfo property : DRIVER.getPropertyInfo(url, new Properties())) {
        property.name.length();
      }
    } catch (SQLException e) {
      SqlFuzz.ensureNoDefect(e, url);
    }
    if (url.contains(":demo")) {
      return; // starts servers, which many tests do
    }
    try (Connection connection = DRIVER.connect(url, new Properties())) {
      if (connection != null) {
        connection.getMetaData().getURL();
      }
    } catch (SQLException e) {
      SqlFuzz.ensureNoDefect(e, url);
    }
  }
}
