package dev.turntable.eval;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of SIMILAR TO, as a regular expression of Java: {@code %} and {@code _} as in LIKE, {@code
 * | * + ? {m,n} ( ) [ ]} as in regular expressions; every other character stands for itself, the point
 * too. The escape character, a backslash unless another is given, takes their meaning from them.
 */
final class SimilarPattern {
  private final String pattern;
  private final int escape;
  private final StringBuilder regex = new StringBuilder();
  private int at;

  private SimilarPattern(String pattern, int escape) {
    this.pattern = pattern;
    this.escape = escape;
  }

  /**
   * Compiles a pattern that has to match a whole text.
   *
   * @param escape the escape character; empty for none, null for a backslash
   */
  static Pattern of(String pattern, @Nullable String escape) {
    if (escape != null && escape.codePointCount(0, escape.length()) > 1) {
      throw wrong("escape must be one character: " + ValueErrors.show(escape));
    }
    int character = escape == null ? '\\' : escape.isEmpty() ? -1 : escape.codePointAt(0);
    SimilarPattern similar = new SimilarPattern(pattern, character);
    try {
      return Pattern.compile(similar.regex(), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw wrong(ValueErrors.show(pattern) + " is no pattern: " + e.getDescription());
    }
  }

  private static RuntimeException wrong(String problem) {
    return ValueErrors.badArgument("SIMILAR TO", problem);
  }

  private String regex() {
    while (at < pattern.length()) {
      int c = next();
      if (c == escape) {
        literal(escaped());
      } else if (c == '%') {
        regex.append(".*");
      } else if (c == '_') {
        regex.append('.');
      } else if (c == '[') {
        set();
      } else if (c == '(') {
        regex.append("(?:"); // no look-around, no group that counts
      } else if (c == '{') {
        int end = Math.max(at, pattern.indexOf('}', at));
        regex.append('{').append(pattern, at, end);
        at = end;
      } else if ("|*+?})".indexOf(c) >= 0) {
        regex.appendCodePoint(c);
      } else {
        literal(c);
      }
    }
    return regex.toString();
  }

  private int next() {
    int c = pattern.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  private int escaped() {
    if (at == pattern.length()) {
      throw wrong("nothing follows the escape character in " + ValueErrors.show(pattern));
    }
    return next();
  }

  private void literal(int c) {
    boolean plain = Character.isLetterOrDigit(c) || c > 127 || c == ' ';
    regex.append(plain ? "" : "\\").appendCodePoint(c);
  }

  /** A set of characters: ranges, classes such as {@code [:alpha:]}, all but those after a caret. */
  private void set() {
    regex.append('[');
    if (at < pattern.length() && pattern.charAt(at) == '^') {
      regex.append('^');
      at++;
    }
    boolean first = true;
    while (true) {
      if (at == pattern.length()) {
        throw wrong("a set does not end in " + ValueErrors.show(pattern));
      }
      int c = next();
      if (c == ']' && !first) {
        break;
      }
      first = false;
      if (c == '[' && at < pattern.length() && pattern.charAt(at) == ':') {
        characterClass();
      } else if (c == '-') {
        regex.append(at < pattern.length() && pattern.charAt(at) == ']' ? "\\-" : "-");
      } else {
        literal(c == escape ? escaped() : c);
      }
    }
    regex.append(']');
  }

  private void characterClass() {
    int end = pattern.indexOf(":]", at);
    String name = end < 0 ? "" : pattern.substring(at + 1, end);
    regex.append(
        switch (name) {
          case "alpha" -> "\\p{IsAlphabetic}";
          case "digit" -> "\\p{IsDigit}";
          case "alnum" -> "\\p{IsAlphabetic}\\p{IsDigit}";
          case "upper" -> "\\p{IsUppercase}";
          case "lower" -> "\\p{IsLowercase}";
          case "space", "whitespace" -> "\\p{IsWhite_Space}";
          case "punct" -> "\\p{IsPunctuation}";
          case "xdigit" -> "0-9A-Fa-f";
          default -> throw wrong("there is no class of characters in " + ValueErrors.show(pattern));
        });
    at = end + 2;
  }
}
