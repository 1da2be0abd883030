package dev.turntable.plan.error;

import dev.turntable.plan.catalog.SchemaTables;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TableDef;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlLines;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Turns what Calcite says of an invalid statement into our terms. */
public final class ValidationErrors {
  /** In a message that says by itself which names there are. */
  public static final String TOLD = "'; INSERT may give ";

  private static final Pattern NAME = Pattern.compile("'([^']+)'");

  private static final Pattern WITHIN = Pattern.compile("not found within '([^']+)'");

  private static final Pattern IN_TABLE = Pattern.compile("not found in table '([^']+)'");

  private static final Pattern CIRCULAR =
      Pattern.compile(
          "The definition of column '(.*)' depends on itself through the following columns: '\\1'");

  private ValidationErrors() {}

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
    return place(failure.getPosLine(), failure.getPosColumn());
  }

  /** Returns how a message begins that is about a place of the text. */
  public static String place(SqlParserPos place) {
    return place(place.getLineNum(), place.getColumnNum());
  }

  /** As {@link #place(SqlParserPos)}, of a token. */
  public static String place(SqlLines lines, SqlToken token) {
    return place(lines.line(token.start()), lines.column(token.start()));
  }

  private static String place(int line, int column) {
    return line > 0 ? "line " + line + ", column " + column + ": " : "";
  }

  static String reason(Throwable failure) {
    Throwable reason = failure;
    while (reason.getCause() != null && reason.getCause() != reason) {
      reason = reason.getCause();
    }
    return firstLines(reason.getMessage());
  }

  /** Adds to a complaint about a name what it may have meant. */
  public static TurntableException withRemedy(
      TurntableException failure,
      SqlStatement statement,
      String schema,
      Map<String, SchemaTables> schemas) {
    String message = String.valueOf(failure.getMessage());
    Matcher name = NAME.matcher(message);
    boolean table = failure.kind() == ErrorKind.UNKNOWN_TABLE;
    if (message.contains("Cannot apply") && statement.hasSign("?")) {
      return new TurntableException(
          failure.kind(),
          message + "; a parameter that stands alone is text, otherwise write CAST(? AS its type)",
          failure);
    }
    boolean alias = message.contains("Table '"); // of a FROM that Calcite knows better than we
    if (!(table || failure.kind() == ErrorKind.UNKNOWN_COLUMN)
        || alias
        || message.contains(TOLD)
        || !name.find()) {
      return failure;
    }
    if (!table) {
      Matcher in = IN_TABLE.matcher(message);
      String remedy =
          new ColumnHints(statement, schema, schemas)
              .remedy(name.group(1), in.find() ? in.group(1) : null);
      return new TurntableException(failure.kind(), message + remedy, failure);
    }
    Set<String> names;
    if (message.contains("schema '") || isQualifier(name.group(1), statement)) {
      names = schemas.keySet();
    } else {
      names = tables(WITHIN.matcher(message), schema, schemas);
    }
    return new TurntableException(
        failure.kind(), message + Suggestions.remedy(name.group(1), names), failure);
  }

  /** The names that a table may have; the own schema's first. */
  private static Set<String> tables(Matcher within, String own, Map<String, SchemaTables> schemas) {
    String only = within.find() ? within.group(1) : null;
    Set<String> names = new LinkedHashSet<>();
    Set<String> others = new LinkedHashSet<>();
    for (SchemaTables schema : schemas.values()) {
      String name = schema.source().name();
      boolean here = name.equalsIgnoreCase(only == null ? own : only);
      if (schema.source().lazy() || (only != null && !here)) {
        continue; // a typing error is no reason to ask the service
      }
      for (TableDef<?> definition : schema.definitions().values()) {
        if (here) {
          names.add(definition.name());
        } else {
          others.add(name + "." + definition.name());
        }
      }
    }
    names.addAll(others);
    return names;
  }

  /** Whether the name stands in front of a point, as a schema does. */
  private static boolean isQualifier(String name, SqlStatement statement) {
    List<SqlToken> tokens = statement.tokens();
    for (int at = 0; at + 1 < tokens.size(); at++) {
      SqlToken token = tokens.get(at);
      boolean first = at == 0 || !tokens.get(at - 1).isSign(".");
      if (token.isName()
          && first
          && tokens.get(at + 1).isSign(".")
          && token.value().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** Keeps what a person can use: the parser's list of all tokens it would have liked is long. */
  public static String firstLines(@Nullable String message) {
    String text = message == null ? "invalid statement" : message.strip();
    int expected = text.toLowerCase(Locale.ROOT).indexOf("was expecting");
    return expected > 0 ? text.substring(0, expected).strip() : text;
  }
}
