package dev.turntable.jdbc.cli.script;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/**
 * Where the program reads and writes.
 *
 * @param environment the environment variables
 * @param in what standard input gives
 * @param out for results
 * @param err for all else
 * @param screen which of them are a terminal
 */
public record Console(
    Map<String, String> environment,
    InputStream in,
    PrintStream out,
    PrintStream err,
    Screen screen) {
  /** Returns a variable, or an empty text. */
  public String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  /** Returns whether standard error may be coloured. */
  public boolean hasColors() {
    return screen.errIsTerminal()
        && variable("NO_COLOR").isEmpty()
        && !variable("TERM").toLowerCase(Locale.ROOT).equals("dumb");
  }

  /** Returns a text in a colour of the terminal, if it may have one. */
  String colored(String code, String text) {
    return hasColors() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
