package dev.turntable.jdbc.cli.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts that explain the program. */
public final class Help {
  private Help() {}

  /** Returns the text of {@code --help}. */
  public static String usage() {
    return read("help.txt");
  }

  /** Returns the text of {@code sync --help}. */
  public static String sync() {
    return read("sync.txt");
  }

  /** Returns the text of the shell's backslash commands. */
  static String commands() {
    return read("commands.txt");
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
