package dev.turntable.plan;

/** The ends of a statement: what stands around it and is none of it. */
final class SqlEnd {
  private SqlEnd() {}

  /** Drops blanks and comments in front, and blanks, comments and semicolons behind. */
  static String strip(String sql) {
    return withoutEnd(sql.substring(skip(sql, 0)));
  }

  /** Drops what follows the statement: blanks, comments and semicolons. Places stay as they are. */
  static String withoutEnd(String sql) {
    int end = 0;
    for (int at = 0; at < sql.length(); ) {
      int next = skip(sql, at);
      if (next > at) {
        at = next;
      } else if (sql.charAt(at) == ';') {
        at++;
      } else {
        at = token(sql, at);
        end = at;
      }
    }
    return sql.substring(0, end);
  }

  /** Returns whether a semicolon stands between statements. */
  static boolean hasSeveral(String sql) {
    String text = withoutEnd(sql);
    for (int at = 0; at < text.length(); ) {
      int next = skip(text, at);
      if (next == at && text.charAt(at) == ';') {
        return true;
      }
      at = next > at ? next : token(text, at);
    }
    return false;
  }

  /** Returns where the blanks and comments that begin at a place end. */
  private static int skip(String sql, int from) {
    int at = from;
    while (at < sql.length()) {
      if (Character.isWhitespace(sql.charAt(at))) {
        at++;
      } else if (sql.startsWith("--", at)) {
        at = after(sql, "\n", at);
      } else if (sql.startsWith("/*", at) && !sql.startsWith("/*+", at)) {
        at = after(sql, "*/", at + 2);
      } else {
        break;
      }
    }
    return at;
  }

  /** Returns where the quoted text or single character at a place ends. */
  private static int token(String sql, int at) {
    char quote = sql.charAt(at);
    return quote == '\'' || quote == '"' ? after(sql, String.valueOf(quote), at + 1) : at + 1;
  }

  private static int after(String sql, String end, int from) {
    int found = sql.indexOf(end, from);
    return found < 0 ? sql.length() : found + end.length();
  }
}
