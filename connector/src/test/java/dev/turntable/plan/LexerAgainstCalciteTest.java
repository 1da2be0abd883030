package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.plan.token.TokenSource;
import dev.turntable.text.SqlLexer;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import dev.turntable.text.SqlToken.Kind;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants;
import org.apache.calcite.sql.parser.babel.Token;
import org.apache.calcite.sql.parser.babel.TokenMgrError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one lexer gives Calcite's parser what Calcite's own token manager would: kinds, images, places. */
final class LexerAgainstCalciteTest {
  private static final long SEED = 20261129;
  private static final int SEQUENCES = 60_000;

  private static final String[] PIECES = {
    "SELECT",
    "from",
    "Where",
    "AND",
    "or",
    "NOT",
    "IN",
    "IS",
    "null",
    "date",
    "N",
    "E",
    "x",
    "U",
    "u&",
    "_a",
    "fn",
    "e1",
    "a1_$",
    "$",
    "$1",
    "\u00e9t\u00e9",
    "\u6771\u4eac",
    "\u00dcn\u00eft\u00e9",
    "\u017felect",
    "\u0131",
    "K",
    "COLLATE",
    "COLLATE iso-1$en ",
    "latin1$en",
    "d",
    "ts",
    "t",
    "0",
    "1",
    "12",
    "1.",
    ".5",
    "1.5",
    "1e5",
    "1e",
    "1.e-3",
    ".5E+2",
    "7.e",
    "1..2",
    "1a",
    "'",
    "''",
    "'a'",
    "'it''s'",
    "'--'",
    "'/*'",
    "'\"'",
    "'a\nb'",
    "'\\'",
    "N'x'",
    "n''",
    "_utf8'y'",
    "_x-1.2:z'q'",
    "U&'\\0041'",
    "E'a\\'b'",
    "e'\\\\'",
    "E''",
    "x'0F'",
    "X'zz'",
    "\"a\"",
    "\"a\"\"b\"",
    "\"'\"",
    "U&\"a\\0042\"",
    "\"--\"",
    "--",
    "-- c\n",
    "-- '\r",
    "//",
    "// \"\n",
    "//'\r\n",
    "/*",
    "*/",
    "/* c */",
    "/**/",
    "/** d */",
    "/* ' */",
    "/* -- */",
    "/*\n*/",
    "/*+",
    "/*+ h */",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ";",
    ".",
    ",",
    "=",
    ">",
    "<",
    "?",
    ":",
    "<=",
    ">=",
    "<>",
    "!=",
    "+",
    "-",
    "->",
    "*",
    "/",
    "%",
    "||",
    "=>",
    "..",
    "|",
    "^",
    "&",
    "<<",
    "::",
    "<=>",
    "!",
    "~",
    "{fn",
    "{ d",
    "{ts",
    "{t'",
    "{oj",
    "->>",
    "#",
    "@",
    "`",
    "\\",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\f",
    "\u0007",
    "\u0660",
    "\u00d7",
  };

  @Test
  void tokensAreCalcites() {
    Random random = new Random(SEED);
    int compared = 0;
    for (int i = 0; i < SEQUENCES; i++) {
      StringBuilder sql = new StringBuilder();
      int length = 1 + random.nextInt(14);
      for (int j = 0; j < length; j++) {
        sql.append(PIECES[random.nextInt(PIECES.length)]);
        sql.append(random.nextInt(3) == 0 ? " " : "");
      }
      compared += compare(sql.toString()) ? 1 : 0;
    }
    assertThat(compared).as("sequences without what we read otherwise").isGreaterThan(40_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 // c\n + 2",
        "SELECT a-- b\r-c",
        "SELECT 1./2, .5e3*-1.e-2",
        "SELECT {fn ucase('a')}, {ts '2020-01-01 00:00:00'}, { d'2020-01-01'}",
        "SELECT x'0f'''||U&'\\0041' UESCAPE '!'",
        "SELECT /*+ h(a) */ 1 /* c */ /** d */ FROM \"a\"\"b\".c",
        "SELECT a::int, b<=>c, d->e FROM t WHERE x!=y AND z<>1",
        "SELECT '' '' \n 'x'",
      })
  void sentences(String sql) {
    assertThat(compare(sql)).isTrue();
  }

  /** Returns whether the text holds nothing that the lexer knowingly reads in another way. */
  private static boolean compare(String sql) {
    if (sql.contains("->>=")) {
      return false;
    }
    if (sql.contains("/***") || sql.contains("E'") || sql.contains("e'")) {
      if (!sql.contains("/***") && closed(sql)) {
        return same(sql);
      }
      return false;
    }
    return same(sql);
  }

  /** Whether no text with backslashes stays open, which Calcite takes for a name and a text. */
  private static boolean closed(String sql) {
    return SqlLexer.tokens(sql).stream().noneMatch(token -> token.kind() == Kind.UNTERMINATED);
  }

  private static boolean same(String sql) {
    List<SqlToken> all = SqlLexer.tokens(sql);
    List<SqlToken> ours = all.stream().filter(t -> t.kind() != Kind.COMMENT).toList();
    if (ours.stream().anyMatch(t -> t.isName() && t.text().matches("(?s).*[\r\n].*"))) {
      return false;
    }
    int broken = 0;
    while (broken < ours.size()
        && ours.get(broken).kind() != Kind.INVALID
        && ours.get(broken).kind() != Kind.UNTERMINATED) {
      broken++;
    }
    List<String> expected = calcites(sql);
    if (expected.contains("ours")) {
      return false;
    }
    List<String> got = new ArrayList<>();
    TokenSource source = new TokenSource(new SqlStatement(sql, merged(ours.subList(0, broken))));
    for (Token t = source.getNextToken();
        t.kind != SqlBabelParserImplConstants.EOF;
        t = source.getNextToken()) {
      got.add(shown(t));
    }
    if (broken < ours.size()) {
      // Calcite, too, goes no further than there, or not far: it takes half of a doubled quote.
      assertThat(expected).as(sql).last().isEqualTo("broken");
      assertThat(expected.size() - 1 - got.size()).as(sql).isBetween(0, 3);
      expected = expected.subList(0, got.size());
    }
    assertThat(got).as(sql).isEqualTo(expected);
    return true;
  }

  /** Calcite's parser knows no {@code ->>}: it is compared as its two signs. */
  private static List<SqlToken> merged(List<SqlToken> tokens) {
    List<SqlToken> split = new ArrayList<>();
    for (SqlToken token : tokens) {
      if (token.isSign("->>")) {
        split.add(new SqlToken(Kind.SIGN, "->", token.start(), token.start() + 2));
        split.add(new SqlToken(Kind.SIGN, ">", token.start() + 2, token.end()));
      } else {
        split.add(token);
      }
    }
    return split;
  }

  /** The tokens of Calcite; "broken" where it goes no further, "ours" where we differ on purpose. */
  private static List<String> calcites(String sql) {
    SqlBabelParserImpl manager =
        (SqlBabelParserImpl) SqlBabelParserImpl.FACTORY.getParser(new StringReader(sql));
    manager.setTabSize(1);
    manager.switchTo(SqlAbstractParserImpl.LexicalState.DQID);
    List<String> tokens = new ArrayList<>();
    boolean hint = false;
    boolean collate = false;
    try {
      for (Token t = manager.getNextToken();
          t.kind != SqlBabelParserImplConstants.EOF;
          t = manager.getNextToken()) {
        boolean ends = t.kind == SqlBabelParserImplConstants.COMMENT_END;
        if ((ends && !hint)
            || (t.kind == SqlBabelParserImplConstants.COLLATION_ID
                && (!collate || Character.isDigit(t.image.charAt(0))))) {
          return List.of("ours");
        }
        hint = t.kind == SqlBabelParserImplConstants.HINT_BEG || (hint && !ends);
        collate = t.kind == SqlBabelParserImplConstants.COLLATE;
        if (t.kind == SqlBabelParserImplConstants.QUOTE
            || t.kind == SqlBabelParserImplConstants.UNICODE_QUOTED_ESCAPE_CHAR
            || t.kind == SqlBabelParserImplConstants.DOUBLE_QUOTE
            || t.kind == SqlBabelParserImplConstants.BEL) {
          tokens.add("broken");
          return tokens;
        }
        tokens.add(shown(t));
      }
    } catch (TokenMgrError e) {
      tokens.add("broken");
    }
    return tokens;
  }

  private static String shown(Token t) {
    return t.kind
        + " "
        + t.image
        + " "
        + t.beginLine
        + ":"
        + t.beginColumn
        + "-"
        + t.endLine
        + ":"
        + t.endColumn;
  }
}
