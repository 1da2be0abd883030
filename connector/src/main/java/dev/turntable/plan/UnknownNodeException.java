package dev.turntable.plan;

/** Signals that the operators do not know a node: the statement takes the other road. */
final class UnknownNodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownNodeException(String what) {
    super(what, null, false, false);
  }
}
