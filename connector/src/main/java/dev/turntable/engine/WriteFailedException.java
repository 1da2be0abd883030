package dev.turntable.engine;

import dev.turntable.source.TurntableException;

/**
 * A write of several rows that stopped in the middle. {@link #result()} tells, per set of parameters,
 * the count (done), {@link java.sql.Statement#EXECUTE_FAILED} (not done or not started) or {@link
 * java.sql.Statement#SUCCESS_NO_INFO} (unknown), and the keys of the rows that were written.
 */
public final class WriteFailedException extends TurntableException {
  private static final long serialVersionUID = 1L;

  private final transient UpdateResult result;

  public WriteFailedException(TurntableException first, UpdateResult result) {
    super(first.kind(), String.valueOf(first.getMessage()), first);
    this.result = result;
  }

  public UpdateResult result() {
    return result;
  }
}
