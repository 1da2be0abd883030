package dev.turntable.http;

/** A JSON number that does not fit the type of its field. */
final class OutOfRangeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutOfRangeException(String message) {
    super(message);
  }
}
