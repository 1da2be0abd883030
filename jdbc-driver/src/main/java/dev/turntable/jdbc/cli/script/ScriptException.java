package dev.turntable.jdbc.cli.script;

/** A command that cannot do its work; the message says why and what to write instead. */
public final class ScriptException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A failure with a message for the user. */
  public ScriptException(String message) {
    super(message);
  }
}
