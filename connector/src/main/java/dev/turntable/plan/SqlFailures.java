package dev.turntable.plan;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.Locale;
import org.apache.calcite.runtime.CalciteContextException;

/** Turns what Calcite says of an invalid statement into our terms. */
final class SqlFailures {
  private SqlFailures() {}

  static TurntableException invalid(CalciteContextException failure) {
    String reason = reason(failure);
    String lower = reason.toLowerCase(Locale.ROOT);
    boolean notFound = lower.contains("not found");
    ErrorKind kind = ErrorKind.INVALID_STATEMENT;
    if (notFound && (lower.contains("object '") || lower.contains("table '"))) {
      kind = ErrorKind.UNKNOWN_TABLE;
    } else if (lower.contains("unknown field")
        || lower.contains("unknown target column")
        || (notFound && lower.contains("column '"))) {
      kind = ErrorKind.UNKNOWN_COLUMN;
    }
    return new TurntableException(kind, place(failure) + reason, failure);
  }

  private static String place(CalciteContextException failure) {
    return failure.getPosLine() > 0
        ? "line " + failure.getPosLine() + ", column " + failure.getPosColumn() + ": "
        : "";
  }

  static String reason(Throwable failure) {
    Throwable reason = failure;
    while (reason.getCause() != null && reason.getCause() != reason) {
      reason = reason.getCause();
    }
    return SqlText.firstLines(reason.getMessage());
  }
}
