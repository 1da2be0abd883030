package dev.turntable.plan.pushed;

/**
 * Makes an error of values for which the other database would give something else. It ends the query, and
 * the operators run the statement.
 */
final class PushedGuard {
  /** Up to here a whole number is a DOUBLE without loss. */
  static final String EXACT = "9007199254740992";

  private PushedGuard() {}

  /** Returns a value where something holds, NULL where another one is NULL, and else an error. */
  static String of(String condition, String value, String nullable) {
    return "CASE WHEN "
        + condition
        + " THEN "
        + value
        + " WHEN "
        + nullable
        + " IS NULL THEN NULL ELSE error('another value here') END";
  }
}
