package dev.turntable.plan;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TableDef;
import dev.turntable.source.TurntableException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;

/** Turns what Calcite says of an invalid statement into our terms. */
final class SqlFailures {
  private static final Pattern NAME = Pattern.compile("'([^']+)'");

  private static final Pattern CIRCULAR =
      Pattern.compile(
          "The definition of column '(.*)' depends on itself through the following columns: '\\1'");

  private SqlFailures() {}

  static TurntableException invalid(CalciteContextException failure) {
    String reason = reason(failure);
    String lower = reason.toLowerCase(Locale.ROOT);
    boolean notFound = lower.contains("not found");
    ErrorKind kind = ErrorKind.INVALID_STATEMENT;
    Matcher circular = CIRCULAR.matcher(reason);
    if (circular.matches()) {
      // An alias may name another one, so an unknown column is first taken for itself.
      kind = ErrorKind.UNKNOWN_COLUMN;
      reason = "Column '" + circular.group(1) + "' not found in any table";
    } else if (lower.contains("unknown field")
        || lower.contains("unknown target column")
        || (notFound && lower.contains("column '"))) {
      kind = ErrorKind.UNKNOWN_COLUMN;
    } else if (notFound && (lower.contains("object '") || lower.contains("table '"))) {
      kind = ErrorKind.UNKNOWN_TABLE;
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

  /** Adds to a complaint about a name what it may have meant. */
  static TurntableException withRemedy(
      TurntableException failure, String sql, Map<String, SourceCatalogSchema> schemas) {
    Matcher name = NAME.matcher(String.valueOf(failure.getMessage()));
    boolean table = failure.kind() == ErrorKind.UNKNOWN_TABLE;
    if (!(table || failure.kind() == ErrorKind.UNKNOWN_COLUMN) || !name.find()) {
      return failure;
    }
    String text = sql.toLowerCase(Locale.ROOT);
    Set<String> names = new LinkedHashSet<>();
    for (SourceCatalogSchema schema : schemas.values()) {
      if (schema.source().lazy()) {
        continue; // a typing error is no reason to ask the service
      }
      for (TableDef<?> definition : schema.definitions()) {
        if (table) {
          names.add(definition.name());
        } else if (text.contains(definition.name().toLowerCase(Locale.ROOT))) {
          definition.columns().forEach(column -> names.add(column.name()));
        }
      }
    }
    return new TurntableException(
        failure.kind(), failure.getMessage() + Suggestions.remedy(name.group(1), names), failure);
  }
}
