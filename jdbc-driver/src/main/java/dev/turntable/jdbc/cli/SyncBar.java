package dev.turntable.jdbc.cli;

import dev.turntable.jdbc.cli.print.Count;
import dev.turntable.jdbc.cli.script.Console;
import dev.turntable.sync.SyncProgress;
import java.time.Duration;

/** A line on the terminal that tells how far it is, and how long it will take. */
final class SyncBar implements SyncProgress, AutoCloseable {
  private static final String CLEAR = "\r\u001b[K";
  private static final int CELLS = 20;
  private static final int PERCENT = 100;

  /** So much of a table tells how long the rest takes. */
  private static final double ENOUGH = 0.02;

  private final Console console;
  private String table = "";
  private long begun;
  private boolean shown;

  SyncBar(Console console) {
    this.console = console;
  }

  @Override
  public void reached(String name, double share, long rows, long requests) {
    if (!console.screen().errIsTerminal()) {
      return;
    }
    if (!name.equals(table)) {
      table = name;
      begun = System.nanoTime();
    }
    StringBuilder line = new StringBuilder(CLEAR).append(name);
    if (!Double.isNaN(share)) {
      int full = (int) (share * CELLS);
      line.append("  ")
          .append("█".repeat(full))
          .append("░".repeat(CELLS - full))
          .append(String.format(java.util.Locale.ROOT, " %3d %%", (int) (share * PERCENT)));
    }
    if (rows > 0) {
      line.append("  ").append(Count.of(rows, "row"));
    }
    line.append("  ").append(Count.of(requests, "request")).append(left(share));
    console.err().print(line);
    console.err().flush();
    shown = true;
  }

  private String left(double share) {
    if (!(share >= ENOUGH && share < 1)) {
      return "";
    }
    Duration left = Duration.ofNanos((long) ((System.nanoTime() - begun) * (1 - share) / share));
    return String.format(
        java.util.Locale.ROOT, "  %d:%02d left", left.toMinutes(), left.toSecondsPart());
  }

  /** Removes the line. */
  @Override
  public void close() {
    if (shown) {
      console.err().print(CLEAR);
      console.err().flush();
    }
  }
}
