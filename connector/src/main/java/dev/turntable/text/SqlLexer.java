package dev.turntable.text;

import dev.turntable.text.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text into tokens as Calcite's Babel parser does with {@code "} as the quote of names, and
 * never fails. It departs where Calcite gives up or gets it wrong: a comment may end in more than one
 * asterisk, an asterisk may stand in front of a comment, {@code a-b$c} is a difference, letters of all
 * languages make names, which may hold a line break in quotes, blanks of all kinds part tokens, and
 * {@code ->>} is one sign.
 */
public final class SqlLexer {
  /** The signs of several characters, the longer ones first. */
  private static final String[] SIGNS = {
    "<=>", "->>", "<=", ">=", "<>", "!=", "->", "||", "=>", "..", "<<", "::"
  };

  private static final String SINGLE = "(){}[];.,=><?:+-*/%|^&$!~";

  private final String sql;
  private final List<SqlToken> tokens = new ArrayList<>();
  private int start;
  private boolean hint;
  private boolean collate;

  private SqlLexer(String sql) {
    this.sql = sql;
  }

  /** Returns all tokens, comments included, in order. */
  public static List<SqlToken> tokens(String sql) {
    return new SqlLexer(sql).read();
  }

  private List<SqlToken> read() {
    while (start < sql.length()) {
      int c = sql.codePointAt(start);
      if (SqlCharacters.isBlank(c)) {
        start += Character.charCount(c);
      } else {
        one(c);
      }
    }
    return tokens;
  }

  private void one(int c) {
    switch (c) {
      case '\'' -> quoted(Kind.TEXT, 0);
      case '"' -> quoted(Kind.QUOTED_NAME, 0);
      case '{' -> brace();
      case '-', '/' -> commentOrSign(c);
      case '*' -> {
        boolean ends = hint && next(1) == '/';
        hint &= !ends;
        add(Kind.SIGN, ends ? 2 : 1);
      }
      default -> {
        if (isDigit(c) || (c == '.' && isDigit(next(1)))) {
          numberOrName();
        } else if (c == '$' && !SqlCharacters.isPart(codePoint(start + 1))) {
          add(Kind.SIGN, 1);
        } else if (SqlCharacters.isLetter(c)) {
          wordOrText(c);
        } else {
          sign(c);
        }
      }
    }
  }

  private void commentOrSign(int c) {
    if (next(1) == c) {
      int end = start;
      while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
        end++;
      }
      add(Kind.COMMENT, end - start);
    } else if (c == '/' && next(1) == '*') {
      if (next(2) == '+') {
        hint = true;
        add(Kind.SIGN, 3);
      } else {
        int end = sql.indexOf("*/", start + 2);
        add(end < 0 ? Kind.UNTERMINATED : Kind.COMMENT, (end < 0 ? sql.length() : end + 2) - start);
      }
    } else {
      sign(c);
    }
  }

  /** A brace, with the word behind it if that is one of Calcite's escapes. */
  private void brace() {
    int at = start + 1;
    while (at < sql.length() && sql.charAt(at) == ' ') {
      at++;
    }
    int length = 0;
    if (sql.regionMatches(true, at, "fn", 0, 2) || sql.regionMatches(true, at, "ts", 0, 2)) {
      length = 2;
    } else if (sql.regionMatches(true, at, "d", 0, 1) || sql.regionMatches(true, at, "t", 0, 1)) {
      length = 1;
    }
    add(Kind.SIGN, length == 0 ? 1 : at + length - start);
  }

  private void numberOrName() {
    int at = digits(start);
    if (at < sql.length() && sql.charAt(at) == '.') {
      at = digits(at + 1);
    }
    if (at < sql.length() && (sql.charAt(at) == 'e' || sql.charAt(at) == 'E')) {
      int sign = at + 1 < sql.length() && "+-".indexOf(sql.charAt(at + 1)) >= 0 ? 1 : 0;
      int exponent = digits(at + 1 + sign);
      at = exponent > at + 1 + sign ? exponent : at;
    }
    int name = digits(start); // a name may begin with digits: 2nd_try
    if (SqlCharacters.isLetter(codePoint(name))) {
      name = wordEnd(name);
    }
    add(name > at ? Kind.WORD : Kind.NUMBER, Math.max(name, at) - start);
  }

  private void wordOrText(int c) {
    int end = collate ? SqlCharacters.collationEnd(sql, start) : -1;
    int prefix = SqlCharacters.charsetEnd(sql, start);
    if (end > wordEnd(start)) { // otherwise Calcite takes it for a name
      add(Kind.COLLATION, end - start);
    } else if (prefix > 0) {
      quoted(Kind.PREFIXED_TEXT, prefix - start);
    } else if ((c == 'u' || c == 'U') && next(1) == '&' && next(2) == '\'') {
      quoted(Kind.UNICODE_TEXT, 2);
    } else if ((c == 'u' || c == 'U') && next(1) == '&' && next(2) == '"') {
      quoted(Kind.UNICODE_NAME, 2);
    } else if ((c == 'e' || c == 'E') && next(1) == '\'') {
      quoted(Kind.ESCAPED_TEXT, 1);
    } else if ((c == 'x' || c == 'X') && next(1) == '\'') {
      quoted(Kind.BINARY, 1);
    } else if ((c == 'n' || c == 'N') && next(1) == '\'') {
      quoted(Kind.PREFIXED_TEXT, 1);
    } else {
      add(Kind.WORD, wordEnd(start) - start);
    }
  }

  private int wordEnd(int from) {
    int at = from;
    while (SqlCharacters.isPart(codePoint(at))) {
      at += Character.charCount(codePoint(at));
    }
    return at;
  }

  /** Adds a literal or name in quotes. */
  private void quoted(Kind kind, int prefix) {
    char quote = sql.charAt(start + prefix);
    int end = quoteEnd(start + prefix, kind == Kind.ESCAPED_TEXT);
    boolean empty = quote == '"' && end == start + prefix + 2;
    if (end < 0) {
      add(Kind.UNTERMINATED, sql.length() - start);
    } else {
      add(empty ? Kind.INVALID : kind, end - start);
    }
  }

  /** Returns where the quote that begins at a place has ended, or -1. A doubled quote does not end it. */
  private int quoteEnd(int from, boolean backslash) {
    char quote = sql.charAt(from);
    for (int at = from + 1; at < sql.length(); at++) {
      char c = sql.charAt(at);
      if (backslash && c == '\\') {
        at++;
      } else if (c == quote) {
        if (at + 1 == sql.length() || sql.charAt(at + 1) != quote) {
          return at + 1;
        }
        at++;
      }
    }
    return -1;
  }

  private void sign(int c) {
    for (String sign : SIGNS) {
      if (sql.startsWith(sign, start)) {
        add(Kind.SIGN, sign.length());
        return;
      }
    }
    add(SINGLE.indexOf(c) >= 0 ? Kind.SIGN : Kind.INVALID, Character.charCount(c));
  }

  private void add(Kind kind, int length) {
    SqlToken token =
        new SqlToken(kind, sql.substring(start, start + length), start, start + length);
    tokens.add(token);
    if (kind != Kind.COMMENT) {
      collate = token.isWord("COLLATE");
    }
    start += length;
  }

  private int digits(int from) {
    int at = from;
    while (at < sql.length() && isDigit(sql.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Returns the character so far behind the beginning of the token, or -1 at the end. */
  private int next(int distance) {
    return start + distance < sql.length() ? sql.charAt(start + distance) : -1;
  }

  private int codePoint(int at) {
    return at < sql.length() ? sql.codePointAt(at) : -1;
  }
}
