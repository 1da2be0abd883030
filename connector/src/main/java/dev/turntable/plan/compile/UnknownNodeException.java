package dev.turntable.plan.compile;

/** Signals that the operators do not know a node: Calcite's generated code runs the statement instead. */
public final class UnknownNodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownNodeException(String what) {
    super(what, null, false, false);
  }
}
