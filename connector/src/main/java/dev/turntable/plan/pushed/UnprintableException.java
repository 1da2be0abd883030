package dev.turntable.plan.pushed;

/** Something that is not known to mean the same in the other database. */
final class UnprintableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param what as in {@code the function SOUNDEX}
   */
  UnprintableException(String what) {
    super(what, null, false, false);
  }
}
