package dev.turntable.eval.json;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The regular expressions of {@code like_regex}. */
final class PathRegex {
  private PathRegex() {}

  static Pattern compile(String path, PathToken at, String pattern, String flags) {
    int options = Pattern.UNIX_LINES;
    for (int i = 0; i < flags.length(); i++) {
      char flag = flags.charAt(i);
      options |=
          switch (flag) {
            case 'i' -> Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
            case 's' -> Pattern.DOTALL;
            case 'm' -> Pattern.MULTILINE;
            case 'q' -> Pattern.LITERAL;
            default ->
                throw new PathSyntaxException(
                    path, at.position(), "there is no flag '" + flag + "'");
          };
    }
    try {
      return Pattern.compile(pattern, options);
    } catch (PatternSyntaxException e) {
      throw new PathSyntaxException(
          path, at.position(), "'" + pattern + "' is no regular expression");
    }
  }
}
