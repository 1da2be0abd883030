package dev.turntable.text;

/** Which characters make names, and where the rarer tokens end. */
final class SqlCharacters {
  private SqlCharacters() {}

  /** Returns whether it stands between tokens: also the blanks that come with pasted text. */
  static boolean isBlank(int c) {
    return switch (c) {
      case ' ', '\t', '\n', '\r', '\f', 0x0b, 0x85, 0xfeff -> true;
      default -> c > 0x7f && Character.isSpaceChar(c);
    };
  }

  /** Returns whether a name may begin with it: what Calcite calls a letter, or any other letter. */
  static boolean isLetter(int c) {
    if (c < 0x80) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    }
    return (c <= 0x1fff && !isBlank(c))
        || (c >= 0x2d00 && c <= 0x2d25)
        || (c >= 0x3040 && c <= 0x318f)
        || (c >= 0x3300 && c <= 0x337f)
        || Character.isLetter(c);
  }

  /** Returns whether a name may go on with it. */
  static boolean isPart(int c) {
    return isLetter(c)
        || (c >= '0' && c <= '9')
        || (c > 0x7f
            && Character.isUnicodeIdentifierPart(c)
            && !Character.isIdentifierIgnorable(c));
  }

  /** Returns where the name of a character set has ended, if a quote follows it, or -1. */
  static int charsetEnd(String sql, int start) {
    if (sql.charAt(start) != '_') {
      return -1;
    }
    int at = start + 1;
    while (at < sql.length()
        && (isAsciiWord(sql.charAt(at))
            || (at > start + 1 && ":.-_".indexOf(sql.charAt(at)) >= 0))) {
      at++;
    }
    return at > start + 1 && at < sql.length() && sql.charAt(at) == '\'' ? at : -1;
  }

  private static boolean isAsciiWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Returns where a collation such as {@code ISO-8859-1$en_US} has ended, or -1 if there is none. */
  static int collationEnd(String sql, int start) {
    int dollar = start;
    while (dollar < sql.length()
        && sql.charAt(dollar) != '$'
        && (isPart(sql.charAt(dollar))
            || (dollar > start && ":.-".indexOf(sql.charAt(dollar)) >= 0))) {
      dollar++;
    }
    if (dollar == start || dollar >= sql.length() || sql.charAt(dollar) != '$') {
      return -1;
    }
    int end = dollar + 1;
    boolean again = false; // a second dollar, behind which digits may stand
    while (end < sql.length() && (again ? isPart(sql.charAt(end)) : isLetter(sql.charAt(end)))) {
      again |= end > dollar + 1 && sql.charAt(end) == '$';
      end++;
    }
    return end > dollar + 1 ? end : -1;
  }
}
