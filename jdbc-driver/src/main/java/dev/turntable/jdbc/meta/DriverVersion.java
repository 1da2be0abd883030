package dev.turntable.jdbc.meta;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the driver, from a file that the build fills in. */
public final class DriverVersion {
  /** The version as Maven writes it. */
  public static final String TEXT = read();

  public static final int MAJOR = part(0);
  public static final int MINOR = part(1);

  private DriverVersion() {}

  private static String read() {
    try (InputStream in = DriverVersion.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "0.0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int part(int index) {
    return Integer.parseInt(TEXT.split("[.-]", -1)[index]);
  }
}
