package dev.turntable.plan;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
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
  /**
   * A string, a quoted name or a comment, as the first choice of a pattern that changes a text, so that
   * nothing is changed in them. A doubled quote ends one string and begins the next, which does no harm.
   */
  static final String UNTOUCHED = "'[^']*+'|\"[^\"]*+\"|--[^\\n]*+|/\\*(?s:.*?)\\*/";

  private static final int LONGEST_IDENTIFIER = 1024;

  private static final String SKIPPED = "(?:\\s|--[^\\n]*(?:\\n|$)|/\\*(?s:.*?)\\*/)*+";

  private static final Pattern EXPLAIN =
      Pattern.compile(
          SKIPPED + "EXPLAIN(?:\\s+PLAN(?:\\s+(?:INCLUDING|EXCLUDING|WITH)[\\w\\s]*?)?\\s+FOR)?\\b",
          Pattern.CASE_INSENSITIVE);

  private SqlText() {}

  /** Returns the statement that the text asks to explain, or null if it does not. */
  static @org.jspecify.annotations.Nullable String explained(String sql) {
    Matcher matcher = EXPLAIN.matcher(sql);
    return matcher.lookingAt() ? sql.substring(matcher.end()) : null;
  }

  /**
   * Parses one statement.
   *
   * @param schema the schema of unqualified names
   * @throws TurntableException as {@link ErrorKind#SYNTAX}, naming the place; as {@link
   *     ErrorKind#UNSUPPORTED} if it is of a kind that there is not
   */
  static SqlNode parse(String sql, String schema) {
    Refusals.check(sql);
    String text = Escapes.unframed(SqlEnd.withoutEnd(sql));
    if (text.isBlank()) {
      throw new TurntableException(ErrorKind.SYNTAX, "the statement is empty");
    }
    return Dialects.corrected(Percentiles.corrected(statement(text), text), text, schema);
  }

  private static SqlNode statement(String text) {
    try {
      return parsed(PrefixWords.quoted(text));
    } catch (SqlParseException e) {
      return Respelling.of(text)
          .flatMap(SqlText::tryParse)
          .orElseThrow(
              () ->
                  new TurntableException(
                      ErrorKind.SYNTAX, Refusals.reason(text, firstLines(e.getMessage())), e));
    }
  }

  /** As {@link SqlParser} does it, whose configuration would load Calcite's other parser too. */
  private static SqlNode parsed(String text) throws SqlParseException {
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
      return Optional.of(parsed(text));
    } catch (SqlParseException e) {
      return Optional.empty(); // What is wrong with the text as it was given says more.
    }
  }

  /** Keeps what a person can use: the parser's list of all tokens it would have liked is long. */
  static String firstLines(@org.jspecify.annotations.Nullable String message) {
    String text = message == null ? "invalid statement" : message.strip();
    int expected = text.toLowerCase(Locale.ROOT).indexOf("was expecting");
    return expected > 0 ? text.substring(0, expected).strip() : text;
  }
}
