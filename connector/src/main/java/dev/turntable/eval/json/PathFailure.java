package dev.turntable.eval.json;

/** A path cannot be followed through a document; what {@code ON ERROR} is about. */
public final class PathFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PathFailure(String message) {
    super(message);
  }
}
