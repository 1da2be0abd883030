package dev.turntable.jdbc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts that explain the program. */
final class Help {
  private Help() {}

  static String text() {
    return read("help.txt");
  }

  static String examples() {
    return read("examples.txt");
  }

  private static String read(String name) {
    try (InputStream in = Help.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
