package dev.turntable.jdbc.cli;

import dev.turntable.jdbc.TurntableDriver;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.terminal.TerminalBuilder;
import sqlline.SqlLine;

/** The interactive shell: SQLLine, connected. */
final class Shell {
  /** Held, so that its level is not lost: says nothing of terminals without native parts. */
  private static final Logger JLINE = Logger.getLogger("org.jline");

  private Shell() {}

  /** Runs until the user leaves, and returns the exit status. */
  static int run(
      String url,
      NamedParameters parameters,
      InputStream in,
      PrintStream out,
      PrintStream err,
      Screen screen)
      throws IOException {
    JLINE.setLevel(Level.OFF);
    System.setProperty(TerminalBuilder.PROP_ENCODING, StandardCharsets.UTF_8.name());
    SqlLine shell = new TurntableShell(parameters, out, err, screen);
    String[] arguments = {
      "-ac",
      ShellApplication.class.getName(),
      "-d",
      TurntableDriver.class.getName(),
      "-u",
      url,
      "-n",
      "",
      "-p",
      ""
    };
    // With null SQLLine takes the terminal, with its history and line editing.
    SqlLine.Status status = shell.begin(arguments, in == System.in ? null : in, true);
    return status == SqlLine.Status.OK ? CommandLine.OK : CommandLine.FAILED;
  }
}
