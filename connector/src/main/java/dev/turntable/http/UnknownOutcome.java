package dev.turntable.http;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import org.jspecify.annotations.Nullable;

/**
 * A write that may or may not have been carried out. Never has a cause from the network, for clients
 * look for those and run the statement again.
 */
public final class UnknownOutcome extends TurntableException {
  static final String WORDS = "; whether the service has carried it out is not known";

  private static final long serialVersionUID = 1L;

  private final transient Attempt attempt;

  UnknownOutcome(String message, Attempt attempt) {
    super(ErrorKind.OUTCOME_UNKNOWN, message);
    this.attempt = attempt;
  }

  /** Returns a header of the answer, or null if no answer came or it had none of that name. */
  public @Nullable String header(String name) {
    return attempt.header(name);
  }
}
