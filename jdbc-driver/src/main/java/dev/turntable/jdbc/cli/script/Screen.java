package dev.turntable.jdbc.cli.script;

import java.io.Console;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What the program reads from and writes to.
 *
 * @param inIsTerminal whether somebody types standard input
 * @param outIsTerminal whether standard output is a terminal
 * @param errIsTerminal whether standard error is one
 * @param width cells in a line of the terminal; 0 if there is none
 * @param height lines of the terminal; 0 if there is none
 */
public record Screen(
    boolean inIsTerminal, boolean outIsTerminal, boolean errIsTerminal, int width, int height) {
  /** No terminal: no shell opens, nothing is cut, no progress is shown. */
  public static final Screen NONE = new Screen(false, false, false, 0, 0);

  private static final int USUAL_WIDTH = 80;
  private static final int USUAL_HEIGHT = 24;

  /** Set by the launcher, which is a shell: 1 for standard output, 2 for error, 4 for input. */
  private static final String TERMINALS = "turntable.terminals";

  /** Looks at this process. Java cannot tell for each stream, so a shell is asked. */
  public static Screen current() {
    if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
      boolean console = hasConsole();
      return new Screen(
          console, console, console, console ? USUAL_WIDTH : 0, console ? USUAL_HEIGHT : 0);
    }
    Integer told = Integer.getInteger(TERMINALS);
    int bits =
        told != null
            ? told
            : run("r=0; [ -t 1 ] && r=1; [ -t 2 ] && r=$((r+2)); [ -t 0 ] && r=$((r+4)); exit $r");
    boolean in = bits < 0 ? hasConsole() : (bits & 4) != 0;
    boolean out = bits > 0 && (bits & 1) != 0;
    boolean err = bits > 0 && (bits & 2) != 0;
    return new Screen(in, out, err, 0, 0).withSize(out || err ? size() : new int[] {0, 0});
  }

  /** Returns it as a terminal of another size. */
  public Screen withSize(int lines, int cells) {
    return new Screen(inIsTerminal, outIsTerminal, errIsTerminal, cells, lines);
  }

  private Screen withSize(int[] size) {
    return withSize(size[0], size[1]);
  }

  /** From JDK 22 on there is always a console, and it knows whether it is a terminal. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasConsole() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException e) {
      return true; // Before JDK 22 there is a console only if both ends are a terminal.
    }
  }

  private static int run(String script) {
    try {
      // With the streams of this process; the script reads nothing of them.
      Process process = new ProcessBuilder("/bin/sh", "-c", script).inheritIO().start();
      return process.waitFor(1, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException e) {
      return -1; // Without a shell nothing is known of the terminal: treated as none.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  /** Returns lines and columns. */
  private static int[] size() {
    int[] usual = {USUAL_HEIGHT, USUAL_WIDTH}; // as terminals are by custom
    try {
      Process process =
          new ProcessBuilder("/bin/sh", "-c", "stty size < /dev/tty")
              .redirectError(Redirect.DISCARD)
              .start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      String[] parts = answer.split(" ", -1);
      if (parts.length != 2) {
        return usual;
      }
      int lines = Integer.parseInt(parts[0]);
      int cells = Integer.parseInt(parts[1]);
      return lines > 0 && cells > 0 ? new int[] {lines, cells} : usual;
    } catch (IOException | NumberFormatException e) {
      return usual;
    }
  }
}
