package dev.turntable.plan.error;

import dev.turntable.plan.catalog.SchemaTables;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TableDef;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlLines;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Turns what Calcite says of an invalid statement into our terms. */
public final class ValidationErrors {
  /** In a message that says by itself which names there are. */
  public static final String TOLD = "'; INSERT may give ";

  /** What Calcite says of a star in a call of anything but COUNT. */
  private static final String STAR = "Unknown identifier '*'";

  /** As {@link #TOLD}, of RETURNING. */
  public static final String RETURNS = "'; RETURNING may name ";

  /** What we say ourselves of a table or a schema that SHOW, DELETE or INSERT names. */
  private static final Pattern OWN_TABLE =
      Pattern.compile("table '(.+?)' not found within '(.+?)'");

  private static final Pattern UNKNOWN_FUNCTION = Pattern.compile("function signature (\\w+)\\(");

  private static final Pattern OWN_SCHEMA = Pattern.compile("schema '(.+?)' not found");

  private ValidationErrors() {}

  /** Says that a schema has no such table. */
  public static TurntableException noTable(String schema, String table) {
    return new TurntableException(
        ErrorKind.UNKNOWN_TABLE, "table '" + table + "' not found within '" + schema + "'");
  }

  /** Says that there is no such schema. */
  public static TurntableException noSchema(String schema) {
    return new TurntableException(ErrorKind.UNKNOWN_TABLE, "schema '" + schema + "' not found");
  }

  static TurntableException invalid(CalciteContextException failure) {
    String reason = reason(failure);
    ErrorKind kind = ErrorKind.INVALID_STATEMENT;
    Optional<MatchResult> circular = CalciteMessage.CIRCULAR_ALIAS.in(reason);
    if (circular.isPresent()
        && circular.get().group(2).equals("'" + circular.get().group(1) + "'")) {
      // An alias may name another one, so an unknown column is first taken for itself.
      kind = ErrorKind.UNKNOWN_COLUMN;
      reason = "Column '" + circular.get().group(1) + "' not found in any table";
    } else if (column(reason).isPresent()) {
      kind = ErrorKind.UNKNOWN_COLUMN;
    } else if (table(reason).isPresent() || CalciteMessage.UNKNOWN_ALIAS.isIn(reason)) {
      kind = ErrorKind.UNKNOWN_TABLE;
    }
    return new TurntableException(kind, place(failure) + reason, failure);
  }

  private static Optional<MatchResult> column(String message) {
    return CalciteMessage.UNKNOWN_COLUMN_IN_TABLE
        .in(message)
        .or(() -> CalciteMessage.UNKNOWN_COLUMN.in(message));
  }

  private static Optional<MatchResult> table(String message) {
    return CalciteMessage.UNKNOWN_OBJECT_WITHIN
        .in(message)
        .or(() -> CalciteMessage.UNKNOWN_OBJECT.in(message));
  }

  private static Optional<MatchResult> in(Pattern pattern, String message) {
    return pattern.matcher(message).results().findFirst();
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
      Map<String, SchemaTables> schemas,
      Supplier<Collection<String>> functions) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("Cannot apply") && statement.hasSign("?")) {
      return new TurntableException(
          failure.kind(),
          message + "; a parameter that stands alone is text, otherwise write CAST(? AS its type)",
          failure);
    }
    if (message.contains(TOLD) || message.contains(RETURNS)) {
      return failure;
    }
    String remedy =
        switch (failure.kind()) {
          case UNKNOWN_COLUMN -> columnRemedy(message, statement, schema, schemas);
          case UNKNOWN_TABLE -> tableRemedy(message, statement, schema, schemas);
          case INVALID_STATEMENT -> functionRemedy(message, statement, functions);
          default -> "";
        };
    return remedy.isEmpty()
        ? failure
        : new TurntableException(failure.kind(), message + remedy, failure);
  }

  private static String functionRemedy(
      String message, SqlStatement statement, Supplier<Collection<String>> functions) {
    return in(UNKNOWN_FUNCTION, message)
        .map(found -> found.group(1))
        .or(() -> message.contains(STAR) ? ofStar(statement) : Optional.empty())
        .map(name -> Suggestions.nearest(name, functions.get()))
        .orElse("");
  }

  /** Returns the function that is called with a star, which COUNT alone may be. */
  private static Optional<String> ofStar(SqlStatement statement) {
    List<SqlToken> tokens = statement.tokens();
    for (int at = 0; at + 2 < tokens.size(); at++) {
      if (tokens.get(at).kind() == SqlToken.Kind.WORD
          && !tokens.get(at).isWord("COUNT")
          && tokens.get(at + 1).isSign("(")
          && tokens.get(at + 2).isSign("*")) {
        return Optional.of(tokens.get(at).text());
      }
    }
    return Optional.empty();
  }

  private static String columnRemedy(
      String message, SqlStatement statement, String schema, Map<String, SchemaTables> schemas) {
    Optional<MatchResult> in = CalciteMessage.UNKNOWN_COLUMN_IN_TABLE.in(message);
    return column(message)
        .map(
            found ->
                new ColumnHints(statement, schema, schemas)
                        .remedy(found.group(1), in.map(each -> each.group(2)).orElse(null))
                    + UnquotedText.remedy(found.group(1), statement))
        .orElse("");
  }

  private static String tableRemedy(
      String message, SqlStatement statement, String schema, Map<String, SchemaTables> schemas) {
    Optional<MatchResult> unknownSchema = in(OWN_SCHEMA, message);
    if (unknownSchema.isPresent()) {
      return Suggestions.remedy(unknownSchema.get().group(1), schemas.keySet());
    }
    Optional<MatchResult> within =
        CalciteMessage.UNKNOWN_OBJECT_WITHIN.in(message).or(() -> in(OWN_TABLE, message));
    Optional<MatchResult> found = within.or(() -> table(message));
    if (found.isEmpty()) {
      return ""; // a name of a FROM that Calcite knows better than we
    }
    String name = found.get().group(1);
    Set<String> names =
        isQualifier(name, statement)
            ? schemas.keySet()
            : tables(within.map(each -> each.group(2)).orElse(null), schema, schemas);
    return Suggestions.remedy(name, names);
  }

  /** The names that a table may have; the own schema's first. */
  private static Set<String> tables(
      @Nullable String only, String own, Map<String, SchemaTables> schemas) {
    Set<String> names = new LinkedHashSet<>();
    Set<String> others = new LinkedHashSet<>();
    for (SchemaTables schema : schemas.values()) {
      String name = schema.source().name();
      boolean here = name.equalsIgnoreCase(only == null ? own : only);
      if (only == null ? schema.source().lazy() : !here) {
        continue; // a typing error is no reason to ask the service; one that is named was asked
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
