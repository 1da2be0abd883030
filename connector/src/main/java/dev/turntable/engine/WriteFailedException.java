package dev.turntable.engine;

import dev.turntable.source.TurntableException;
import java.util.List;

/**
 * A write that failed, or whose outcome is not known, in one row or more. Its counts are the rows
 * affected (done), {@link java.sql.Statement#EXECUTE_FAILED} (not done or not started) or {@link
 * java.sql.Statement#SUCCESS_NO_INFO} (unknown).
 */
public final class WriteFailedException extends TurntableException {
  private static final long serialVersionUID = 1L;

  private final transient List<TurntableException> failures;
  private final transient UpdateResult result;
  private final transient List<Long> rowCounts;

  /**
   * @param failures of the rows, at least one, the gravest first; the exception is as the first
   * @param result the counts per set of parameters, and the keys of the rows that were written
   * @param rowCounts the counts per row
   */
  public WriteFailedException(
      List<TurntableException> failures, UpdateResult result, List<Long> rowCounts) {
    super(
        failures.get(0).kind(),
        String.valueOf(failures.get(0).getMessage()),
        failures.get(0).getCause());
    this.failures = List.copyOf(failures);
    this.result = result;
    this.rowCounts = List.copyOf(rowCounts);
  }

  /** Returns the failures of all rows that have one, the gravest first. */
  public List<TurntableException> failures() {
    return failures;
  }

  /** Returns the counts per set of parameters, and the keys of the rows that were written. */
  public UpdateResult result() {
    return result;
  }

  /** Returns the counts per row, in the order of the rows. */
  public List<Long> rowCounts() {
    return rowCounts;
  }
}
