package dev.turntable.eval;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A LIKE pattern, ready to match. {@code %} stands for any text, {@code _} for one character (a code
 * point, line ends included).
 */
final class LikePattern {
  private static final int ANY_ONE = -1;
  private static final int ANY_TEXT = -2;
  private static final int CHECK_EVERY = 1024;

  private final int[] tokens;
  private final boolean ignoreCase;
  private final @Nullable String literal;
  private final boolean openStart;
  private final boolean openEnd;

  private LikePattern(int[] tokens, boolean ignoreCase) {
    this.tokens = tokens;
    this.ignoreCase = ignoreCase;
    int from = tokens.length > 0 && tokens[0] == ANY_TEXT ? 1 : 0;
    int to = tokens.length > from && tokens[tokens.length - 1] == ANY_TEXT ? 1 : 0;
    int[] inner = Arrays.copyOfRange(tokens, from, tokens.length - to);
    boolean plain = !ignoreCase && Arrays.stream(inner).allMatch(t -> t >= 0);
    this.literal = plain ? new String(inner, 0, inner.length) : null;
    this.openStart = from == 1;
    this.openEnd = to == 1 || (from == 1 && tokens.length == 1);
  }

  /**
   * Compiles a pattern.
   *
   * @param escape the character that takes the meaning from the next one, or null
   */
  static LikePattern of(String pattern, @Nullable String escape, boolean ignoreCase) {
    int escapeChar = -1;
    if (escape != null) {
      if (escape.codePointCount(0, escape.length()) != 1) {
        throw ValueErrors.badArgument(
            "LIKE", "escape must be one character: " + ValueErrors.show(escape));
      }
      escapeChar = escape.codePointAt(0);
    }
    int[] chars = pattern.codePoints().toArray();
    int[] tokens = new int[chars.length];
    int size = 0;
    for (int i = 0; i < chars.length; i++) {
      int c = chars[i];
      int token = c == '_' ? ANY_ONE : c == '%' ? ANY_TEXT : fold(c, ignoreCase);
      if (c == escapeChar) {
        i++;
        if (i == chars.length || !(chars[i] == '_' || chars[i] == '%' || chars[i] == c)) {
          throw ValueErrors.badArgument(
              "LIKE",
              "nothing to escape after the escape character in " + ValueErrors.show(pattern));
        }
        token = fold(chars[i], ignoreCase);
      }
      if (token != ANY_TEXT || size == 0 || tokens[size - 1] != ANY_TEXT) {
        tokens[size++] = token;
      }
    }
    return new LikePattern(Arrays.copyOf(tokens, size), ignoreCase);
  }

  private static int fold(int c, boolean ignoreCase) {
    return ignoreCase ? Character.toLowerCase(Character.toUpperCase(c)) : c;
  }

  /**
   * Returns whether the pattern matches the whole text.
   *
   * @param check throws once the statement has ended
   */
  boolean matches(String text, Runnable check) {
    if (literal == null) {
      return walk(text, check);
    }
    if (openStart) {
      return openEnd ? Search.contains(text, literal, check) : text.endsWith(literal);
    }
    return openEnd ? text.startsWith(literal) : text.equals(literal);
  }

  /** Greedy match that goes back to the last {@code %} only: at most length times pattern steps. */
  private boolean walk(String text, Runnable check) {
    int at = 0;
    int token = 0;
    int retryAt = -1;
    int retryToken = -1;
    int steps = 0;
    while (at < text.length()) {
      if (++steps % CHECK_EVERY == 0) {
        check.run();
      }
      int c = text.codePointAt(at);
      int next = at + Character.charCount(c);
      if (token < tokens.length && tokens[token] == ANY_TEXT) {
        retryAt = at;
        retryToken = ++token;
      } else if (token < tokens.length
          && (tokens[token] == ANY_ONE || tokens[token] == fold(c, ignoreCase))) {
        token++;
        at = next;
      } else if (retryAt >= 0) {
        retryAt += Character.charCount(text.codePointAt(retryAt));
        at = retryAt;
        token = retryToken;
      } else {
        return false;
      }
    }
    while (token < tokens.length && tokens[token] == ANY_TEXT) {
      token++;
    }
    return token == tokens.length;
  }
}
