package dev.turntable.plan.error;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.Locale;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;

/**
 * Turns what Calcite throws where it should not, or in words of its own, into failures that say what to
 * do. Its planner signals by assertions, by exceptions about nulls, by running out of stack.
 */
public final class CalciteErrors {
  private static final int LONGEST = 300;

  private CalciteErrors() {}

  /** What a user sees of a failure of planning. */
  public static TurntableException planning(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TurntableException known) {
        return known;
      }
      if (cause instanceof CalciteContextException invalid) {
        TurntableException known = ValidationErrors.invalid(invalid);
        return String.valueOf(known.getMessage()).contains("<UNKNOWN>")
            ? new TurntableException(
                known.kind(),
                known.getMessage() + "; for a parameter write CAST(? AS its type)",
                failure)
            : known;
      }
      if (cause instanceof CalciteException) {
        return new TurntableException(
            ErrorKind.INVALID_STATEMENT, ValidationErrors.reason(cause), failure);
      }
      if (cause instanceof StackOverflowError) {
        return new TurntableException(
            ErrorKind.TOO_LARGE, "the statement is nested too deeply", failure);
      }
    }
    if (String.valueOf(failure.getMessage()).contains("SqlDynamicParam")) {
      return new TurntableException(
          ErrorKind.INVALID_STATEMENT,
          "a parameter stands where its type cannot be told: write CAST(? AS its type)",
          failure);
    }
    if (String.valueOf(failure.getMessage()).contains("is not a group expr")) {
      return new TurntableException(
          ErrorKind.INVALID_STATEMENT,
          "a sub-query names a column that its query does not group by: " + firstLine(failure),
          failure);
    }
    if (String.valueOf(failure.getMessage()).contains("failed to preserve datatypes")) {
      return new TurntableException(
          ErrorKind.UNSUPPORTED,
          "grouping by an expression over a column that ROLLUP, CUBE or GROUPING SETS groups by is not"
              + " supported; compute the expression in a derived table",
          failure);
    }
    if (String.valueOf(failure.getMessage()).contains("no SELECT scope for")) {
      return new TurntableException(
          ErrorKind.UNSUPPORTED,
          "a sub-query in a WINDOW clause is not supported; write the window into OVER (…)",
          failure);
    }
    if (failure instanceof NumberFormatException || failure instanceof ArithmeticException) {
      return new TurntableException(
          ErrorKind.OUT_OF_RANGE, "a number of the statement: " + firstLine(failure), failure);
    }
    return new TurntableException(
        ErrorKind.UNSUPPORTED,
        failure instanceof RelOptPlanner.CannotPlanException
            ? "the statement uses a construct that Turntable cannot run"
            : "the statement cannot be planned; say it in another way (" + firstLine(failure) + ")",
        failure);
  }

  /** What a user sees of a failure in generated code. */
  public static TurntableException running(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TurntableException known) {
        return known;
      }
    }
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    ErrorKind kind = ErrorKind.BAD_VALUE;
    if (failure instanceof ArithmeticException) {
      kind = message.contains("zero") ? ErrorKind.DIVISION_BY_ZERO : ErrorKind.OUT_OF_RANGE;
    } else if (message.contains("overflow") || message.contains("out of range")) {
      kind = ErrorKind.OUT_OF_RANGE;
    } else if (failure instanceof NullPointerException
        || failure instanceof ClassCastException
        || failure instanceof IndexOutOfBoundsException
        || failure instanceof Error) {
      kind = ErrorKind.INTERNAL;
    }
    return new TurntableException(
        kind, "a value could not be computed: " + firstLine(failure), failure);
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    String text =
        message == null || message.isBlank() ? failure.getClass().getSimpleName() : message.strip();
    String line = text.lines().findFirst().orElse(text);
    if (line.startsWith("Unable to implement ")) {
      line = line.replaceFirst("\\(.*", ""); // the operands say nothing to a user
    }
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
