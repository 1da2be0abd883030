package dev.turntable.plan;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.util.SourceStringReader;

/** From text to syntax tree, with the lenience that SQL tools rely on. */
final class SqlText {
  private static final int LONGEST_IDENTIFIER = 1024;

  private static final String SKIPPED = "(?:\\s|--[^\\n]*(?:\\n|$)|/\\*(?s:.*?)\\*/)*+";

  private static final Pattern NOTHING =
      Pattern.compile(
          SKIPPED
              + "(?:COMMIT|ROLLBACK|BEGIN|START\\s+TRANSACTION|SET\\s+[^;]*)"
              + "(?:\\s+(?:WORK|TRANSACTION))?\\s*;?\\s*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern EXPLAIN =
      Pattern.compile(
          SKIPPED + "EXPLAIN(?:\\s+PLAN(?:\\s+(?:INCLUDING|EXCLUDING|WITH)[\\w\\s]*?)?\\s+FOR)?\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern FIRST_WORD = Pattern.compile(SKIPPED + "(\\w+)");

  private static final List<String> BEGINNINGS =
      List.of(
          "SELECT", "WITH", "VALUES", "INSERT", "DELETE", "EXPLAIN", "TABLE", "UPDATE", "MERGE");

  private SqlText() {}

  /** Returns whether the text is a command that is accepted and does nothing. */
  static boolean doesNothing(String sql) {
    return NOTHING.matcher(sql).matches();
  }

  /** Returns the statement that the text asks to explain, or null if it does not. */
  static @org.jspecify.annotations.Nullable String explained(String sql) {
    Matcher matcher = EXPLAIN.matcher(sql);
    return matcher.lookingAt() ? sql.substring(matcher.end()) : null;
  }

  /**
   * Parses one statement.
   *
   * @throws TurntableException as {@link ErrorKind#SYNTAX}; names the place
   */
  static SqlNode parse(String sql) {
    String text = withoutSemicolon(sql);
    if (text.isBlank()) {
      throw new TurntableException(ErrorKind.SYNTAX, "the statement is empty");
    }
    try {
      return Percentiles.corrected(statement(text), text);
    } catch (SqlParseException e) {
      return Respelling.of(text)
          .flatMap(SqlText::tryParse)
          .orElseThrow(() -> new TurntableException(ErrorKind.SYNTAX, reason(text, e), e));
    }
  }

  /** As {@link SqlParser} does it, whose configuration would load Calcite's other parser too. */
  private static SqlNode statement(String text) throws SqlParseException {
    SqlAbstractParserImpl parser =
        SqlBabelParserImpl.FACTORY.getParser(new SourceStringReader(text));
    parser.setTabSize(1);
    parser.setQuotedCasing(Casing.UNCHANGED);
    parser.setUnquotedCasing(Casing.UNCHANGED);
    parser.setIdentifierMaxLength(LONGEST_IDENTIFIER);
    parser.setConformance(Leniency.INSTANCE);
    parser.switchTo(SqlAbstractParserImpl.LexicalState.DQID);
    try {
      return parser.parseSqlStmtEof();
    } catch (Throwable e) { // the parser's own kind of failure may be an Error
      if (e instanceof CalciteContextException placed) {
        placed.setOriginalStatement(text);
      }
      throw parser.normalizeException(e);
    }
  }

  private static Optional<SqlNode> tryParse(String text) {
    try {
      return Optional.of(Percentiles.corrected(statement(text), text));
    } catch (SqlParseException e) {
      return Optional.empty(); // What is wrong with the text as it was given says more.
    }
  }

  private static String reason(String text, SqlParseException failure) {
    Matcher word = FIRST_WORD.matcher(text);
    if (word.lookingAt() && !BEGINNINGS.contains(word.group(1).toUpperCase(Locale.ROOT))) {
      return "no statement begins with '"
          + word.group(1)
          + "'"
          + Suggestions.remedy(word.group(1), BEGINNINGS);
    }
    return firstLines(failure.getMessage());
  }

  /** Drops what follows the statement: blanks, comments and semicolons. */
  private static String withoutSemicolon(String sql) {
    String text = sql.stripTrailing();
    while (text.endsWith(";")) {
      text = text.substring(0, text.length() - 1).stripTrailing();
    }
    return text;
  }

  /** Keeps what a person can use: the parser's list of all tokens it would have liked is long. */
  static String firstLines(@org.jspecify.annotations.Nullable String message) {
    String text = message == null ? "invalid statement" : message.strip();
    int expected = text.toLowerCase(Locale.ROOT).indexOf("was expecting");
    return expected > 0 ? text.substring(0, expected).strip() : text;
  }
}
