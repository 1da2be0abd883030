package dev.turntable.text;

import java.util.Set;

/**
 * A word, a literal, a sign or a comment of a statement.
 *
 * @param kind what it is
 * @param text how it is written, quotes included
 * @param start where it begins in the statement
 * @param end where it has ended; a token that a rewriting puts in has the place of what it stands for
 */
public record SqlToken(Kind kind, String text, int start, int end) {
  /** What there is in a text of SQL. */
  public enum Kind {
    /** A name without quotes, or a keyword. */
    WORD,
    /** {@code "a name"}. */
    QUOTED_NAME,
    /** {@code U&"a name"}. */
    UNICODE_NAME,
    /** {@code 'text'}. */
    TEXT,
    /** {@code N'text'} or {@code _latin1'text'}. */
    PREFIXED_TEXT,
    /** {@code U&'text'}. */
    UNICODE_TEXT,
    /** {@code E'text'}, with backslashes as in C. */
    ESCAPED_TEXT,
    /** {@code X'ff'}. */
    BINARY,
    /** {@code 1}, {@code 1.}, {@code .5} or {@code 1e-3}, without a sign in front. */
    NUMBER,
    /** A collation, which follows COLLATE only. */
    COLLATION,
    /** An operator or punctuation; a brace with the word of an escape, too. */
    SIGN,
    /** From {@code --}, {@code //} or a slash and an asterisk to the end of it. */
    COMMENT,
    /** A character that no statement may hold here. */
    INVALID,
    /** A comment or quote that does not end; it reaches to the end of the text. */
    UNTERMINATED
  }

  /** Returns the name or text that it stands for: a quoted name or text without quotes. */
  public String value() {
    return switch (kind) {
      case QUOTED_NAME -> unquoted(0, "\"");
      case UNICODE_NAME -> unquoted(2, "\"");
      case TEXT -> unquoted(0, "'");
      case PREFIXED_TEXT, UNICODE_TEXT, ESCAPED_TEXT, BINARY -> unquoted(text.indexOf('\''), "'");
      default -> text;
    };
  }

  private String unquoted(int from, String quote) {
    return text.substring(from + 1, text.length() - 1).replace(quote + quote, quote);
  }

  /** Returns whether it is this keyword, in any case, without quotes. */
  public boolean isWord(String word) {
    if (kind != Kind.WORD || text.length() != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (upper(text.charAt(i)) != upper(word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether it is one of these keywords, which are in upper case. */
  public boolean isWord(Set<String> words) {
    return kind == Kind.WORD && words.contains(keyword());
  }

  /** Returns the text in upper case as keywords are compared: by the letters A to Z only. */
  public String keyword() {
    StringBuilder upper = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      upper.append(upper(text.charAt(i)));
    }
    return upper.toString();
  }

  private static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
  }

  /** Returns whether it is this operator or punctuation. */
  public boolean isSign(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  /** Returns whether it may name something: a word, or a quoted name. */
  public boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED_NAME || kind == Kind.UNICODE_NAME;
  }

  /** Returns another token in its place. */
  public SqlToken as(Kind other, String spelled) {
    return new SqlToken(other, spelled, start, end);
  }

  /** Returns a token to stand in front of it. */
  public SqlToken before(Kind other, String spelled) {
    return new SqlToken(other, spelled, start, Math.min(end, start + 1));
  }

  /** Returns a token to stand behind it. */
  public SqlToken after(Kind other, String spelled) {
    return new SqlToken(other, spelled, Math.max(start, end - 1), end);
  }
}
