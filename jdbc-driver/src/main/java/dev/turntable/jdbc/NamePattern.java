package dev.turntable.jdbc;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A name pattern of metadata: {@code %}, {@code _}, {@code \} before a literal; case is ignored. */
final class NamePattern {
  private final @Nullable Pattern pattern;

  private NamePattern(@Nullable Pattern pattern) {
    this.pattern = pattern;
  }

  /** Returns a pattern; null matches everything. */
  static NamePattern like(@Nullable String text) {
    if (text == null || text.equals("%")) {
      return new NamePattern(null);
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        regex.append(".*");
      } else if (c == '_') {
        regex.append('.');
      } else {
        boolean escape = c == '\\' && i + 1 < text.length();
        regex.append(Pattern.quote(String.valueOf(escape ? text.charAt(++i) : c)));
      }
    }
    return new NamePattern(compile(regex.toString()));
  }

  /** Returns the pattern of a name that is no pattern; null matches everything. */
  static NamePattern exactly(@Nullable String name) {
    return new NamePattern(name == null ? null : compile(Pattern.quote(name)));
  }

  private static Pattern compile(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }

  boolean matches(String name) {
    return pattern == null || pattern.matcher(name).matches();
  }

  @Override
  public String toString() {
    return pattern == null ? "%" : pattern.pattern().toLowerCase(Locale.ROOT);
  }
}
