package dev.turntable.http;

import dev.turntable.source.TurntableException;

/** An answer that is JSON, but not what it should be. */
final class UnexpectedShape extends TurntableException {
  private static final long serialVersionUID = 1L;

  UnexpectedShape(TurntableException failure) {
    super(failure.kind(), String.valueOf(failure.getMessage()), failure.getCause());
  }
}
