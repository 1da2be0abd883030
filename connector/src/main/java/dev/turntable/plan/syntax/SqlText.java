package dev.turntable.plan.syntax;

import dev.turntable.plan.error.ValidationErrors;
import dev.turntable.plan.token.SqlNormalizer;
import dev.turntable.plan.token.TokenSource;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import dev.turntable.text.TokenReader;
import java.util.List;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.jspecify.annotations.Nullable;

/** From a statement's tokens to its syntax tree, with the lenience that SQL tools rely on. */
public final class SqlText {
  private static final int LONGEST_IDENTIFIER = 1024;

  private SqlText() {}

  /** Returns whether a statement asks for what a store would be asked: {@code EXPLAIN (STORE) …}. */
  public static boolean explainsStore(SqlStatement statement) {
    List<SqlToken> tokens = statement.tokens();
    return tokens.size() > 4
        && tokens.get(0).isWord("EXPLAIN")
        && tokens.get(1).text().equals("(")
        && tokens.get(2).isWord("STORE")
        && tokens.get(3).text().equals(")");
  }

  /** Returns the statement that this one asks to explain, or null if it does not. */
  public static @Nullable SqlStatement explained(SqlStatement statement) {
    TokenReader reader = new TokenReader(statement.tokens());
    if (!reader.takeWord("EXPLAIN")) {
      return null;
    }
    int from = reader.position();
    if (explainsStore(statement)) {
      return statement.with(statement.tokens().subList(from + 3, statement.tokens().size()));
    }
    if (reader.takeWord("PLAN")) {
      while (!reader.atEnd() && !reader.takeWord("FOR")) {
        SqlToken option = reader.take();
        if (option == null || option.kind() != SqlToken.Kind.WORD) {
          break;
        }
      }
      boolean complete = statement.tokens().get(reader.position() - 1).isWord("FOR");
      from = complete ? reader.position() : from;
    }
    return statement.with(statement.tokens().subList(from, statement.tokens().size()));
  }

  /**
   * Parses one statement.
   *
   * @param schema the schema of unqualified names
   * @throws TurntableException as {@link ErrorKind#SYNTAX}, naming the place; as {@link
   *     ErrorKind#UNSUPPORTED} if it is of a kind that there is not
   */
  public static SqlNode parse(SqlStatement statement, String schema) {
    UnsupportedStatements.check(statement);
    if (statement.isEmpty()) {
      throw new TurntableException(ErrorKind.SYNTAX, "the statement is empty");
    }
    checkReadable(statement);
    SqlStatement normal = SqlNormalizer.normalize(statement);
    try {
      return treeNormalized(ColumnNames.given(parsed(normal), statement), normal, schema);
    } catch (SqlParseException e) {
      throw new TurntableException(
          ErrorKind.SYNTAX,
          UnsupportedStatements.reason(
              statement,
              MistypedKeyword.told(
                  ValidationErrors.firstLines(e.getMessage()), statement, e.getPos())),
          e);
    }
  }

  /** What only the tree shows, in the words of Calcite's validator. */
  private static SqlNode treeNormalized(SqlNode parsed, SqlStatement statement, String schema) {
    SqlNode tree = GroupByAll.spelledOut(parsed, statement);
    tree = Windows.writtenOut(tree, statement);
    tree = FilteredWindows.rewritten(tree, statement);
    tree = NullableResults.rewritten(tree, statement);
    tree = RowComparisons.spelledOut(tree, statement);
    tree = WithNames.spelled(tree, statement);
    tree = Dual.replaced(tree, statement);
    tree = ExplicitTables.spelledOut(tree, statement);
    tree = TimeDifferences.prepared(tree, statement);
    tree = Percentiles.corrected(tree, statement);
    tree = Idioms.corrected(tree, statement);
    tree = JsonSyntax.corrected(tree, statement);
    return DialectRewriter.corrected(tree, statement, schema);
  }

  /**
   * Checks that the text can be read to its end.
   *
   * @throws TurntableException as {@link ErrorKind#SYNTAX}, naming the place
   */
  public static void checkReadable(SqlStatement statement) {
    SqlToken broken = statement.broken();
    if (broken != null) {
      throw unreadable(statement, broken);
    }
  }

  private static TurntableException unreadable(SqlStatement statement, SqlToken token) {
    String text = token.text();
    String what =
        token.kind() == SqlToken.Kind.INVALID
            ? "'" + text + "' (U+" + String.format("%04X", text.codePointAt(0)) + ") is no SQL here"
            : text.startsWith("/*")
                ? "the comment that begins here does not end: */ is missing"
                : "the quote that begins here does not end: "
                    + (text.indexOf('\'') >= 0 && text.indexOf('\'') < 64 && !text.startsWith("\"")
                        ? "'"
                        : "\"")
                    + " is missing";
    if (text.equals("\"\"")) {
      what = "a name in quotes has one character at least";
    }
    return new TurntableException(
        ErrorKind.SYNTAX, ValidationErrors.place(statement.lines(), token) + what);
  }

  /** As {@link SqlParser} does it, whose configuration would load Calcite's other parser too. */
  private static SqlNode parsed(SqlStatement statement) throws SqlParseException {
    SqlBabelParserImpl parser = new SqlBabelParserImpl(new TokenSource(statement));
    parser.setOriginalSql(statement.sql());
    parser.setQuotedCasing(Casing.UNCHANGED);
    parser.setUnquotedCasing(Casing.UNCHANGED);
    parser.setIdentifierMaxLength(LONGEST_IDENTIFIER);
    parser.setConformance(Leniency.INSTANCE);
    try {
      return parser.parseSqlStmtEof();
    } catch (StackOverflowError e) {
      throw e; // the parser would call it a mistake of syntax
    } catch (Throwable e) { // the parser's own kind of failure may be an Error
      if (e instanceof CalciteContextException placed) {
        placed.setOriginalStatement(statement.sql());
      }
      throw parser.normalizeException(e);
    }
  }
}
