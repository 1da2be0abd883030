package dev.turntable.jdbc.cli.shell;

import java.io.IOError;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;

/**
 * How large the terminal is. Without native parts JLine asks a program, which Ctrl-C ends too: so it is
 * asked when the size may have changed, not for each line that is printed, and where it gives no answer
 * the size is what it was.
 */
final class TerminalSize {
  private final Terminal terminal;
  private volatile boolean changed = true;
  private volatile Size last = new Size(0, 0);

  TerminalSize(Terminal terminal) {
    this.terminal = terminal;
    terminal.handle(Terminal.Signal.WINCH, signal -> mayHaveChanged());
  }

  /** Tells that the size is to be asked for again. */
  void mayHaveChanged() {
    changed = true;
  }

  /** Returns the size, of no lines and columns if it was never known. */
  Size current() {
    if (changed) {
      changed = false;
      try {
        last = terminal.getSize();
      } catch (IOError e) {
        changed = true; // the next time
      }
    }
    return last;
  }
}
