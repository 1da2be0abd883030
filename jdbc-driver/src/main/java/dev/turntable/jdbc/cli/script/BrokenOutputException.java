package dev.turntable.jdbc.cli.script;

import java.io.IOException;

/** Nobody reads the results any more, as behind {@code | head}: nothing else is to be run. */
public final class BrokenOutputException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenOutputException() {
    super("nobody reads the results any more");
  }
}
