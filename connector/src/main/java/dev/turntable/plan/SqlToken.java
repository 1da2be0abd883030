package dev.turntable.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A word, a literal or a sign of a statement.
 *
 * @param kind what it is
 * @param value the word or number as it stands; a quoted name or a text without quotes
 * @param start where it begins in the statement
 * @param end where it has ended
 */
record SqlToken(Kind kind, String value, int start, int end) {
  enum Kind {
    WORD,
    QUOTED_NAME,
    TEXT,
    NUMBER,
    SIGN
  }

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<word>[A-Za-z_$][\\w$]*+)|\"(?<name>[^\"]++(?:\"\"[^\"]*+)*+)\""
              + "|'(?<text>[^']*+(?:''[^']*+)*+)'|(?<number>[0-9]++(?:\\.[0-9]*+)?+(?:[eE][+-]?[0-9]++)?+)"
              + "|(?<comment>--|/\\*)|(?<sign>[^\\s\\w'\"])");

  /** Returns the tokens of a statement, or null if it holds a comment or what is no SQL. */
  static @Nullable List<SqlToken> of(String sql) {
    List<SqlToken> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(sql);
    int end = 0;
    while (matcher.find()) {
      if (matcher.group("comment") != null || !isBlank(sql, end, matcher.start())) {
        return null;
      }
      tokens.add(token(matcher));
      end = matcher.end();
    }
    return isBlank(sql, end, sql.length()) ? tokens : null;
  }

  private static SqlToken token(Matcher matcher) {
    String name = matcher.group("name");
    if (name != null) {
      return token(Kind.QUOTED_NAME, name.replace("\"\"", "\""), matcher);
    }
    String text = matcher.group("text");
    if (text != null) {
      return token(Kind.TEXT, text.replace("''", "'"), matcher);
    }
    Kind kind =
        matcher.group("word") != null
            ? Kind.WORD
            : matcher.group("number") != null ? Kind.NUMBER : Kind.SIGN;
    return token(kind, matcher.group(), matcher);
  }

  private static SqlToken token(Kind kind, String value, Matcher matcher) {
    return new SqlToken(kind, value, matcher.start(), matcher.end());
  }

  private static boolean isBlank(String sql, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Character.isWhitespace(sql.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether it is this word, in any case, without quotes. */
  boolean isWord(String word) {
    return kind == Kind.WORD && value.equalsIgnoreCase(word);
  }

  boolean isSign(String sign) {
    return kind == Kind.SIGN && value.equals(sign);
  }
}
