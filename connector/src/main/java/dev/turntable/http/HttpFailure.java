package dev.turntable.http;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;

/** An answer of the service that is a refusal. */
public final class HttpFailure extends TurntableException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final boolean own;
  private final boolean json;

  HttpFailure(ErrorKind kind, String message, int status, ErrorBody body) {
    super(kind, message);
    this.status = status;
    this.own = body.own();
    this.json = body.json();
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns whether the body was a JSON error, as the service itself writes it, not a proxy's. */
  public boolean isOwn() {
    return own;
  }

  /** Returns whether the body was JSON, no matter who wrote it. */
  boolean isJson() {
    return json;
  }
}
