package dev.turntable.source;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The one exception that crosses the packages of Turntable; the driver turns it into an {@link
 * java.sql.SQLException} with the state of its {@link #kind()}.
 *
 * <p>The message names the table, the request and the remedy, and never holds a secret.
 */
public class TurntableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;

  public TurntableException(ErrorKind kind, String message) {
    this(kind, message, null);
  }

  public TurntableException(ErrorKind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = requireNonNull(kind, "kind");
  }

  /** Returns the category, which decides the SQLState. */
  public ErrorKind kind() {
    return kind;
  }
}
