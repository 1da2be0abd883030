package dev.turntable.text;

/** What is said in a statement, apart from how it says it. */
public final class SqlLiterals {
  private SqlLiterals() {}

  /**
   * Returns a statement with a question mark for each literal and without its comments, as it may be
   * kept for long: with the names of tables and columns, and none of the values.
   *
   * @param sql any text; what is cut in the middle of a literal ends there
   */
  public static String hidden(String sql) {
    StringBuilder shape = new StringBuilder(Math.min(sql.length(), 1 << 12));
    int end = 0;
    for (SqlToken token : SqlLexer.tokens(sql)) {
      if (token.kind() == SqlToken.Kind.COMMENT) {
        continue; // what it parts stays parted
      }
      if (token.start() > end && !shape.isEmpty()) {
        shape.append(' ');
      }
      end = token.end();
      shape.append(
          switch (token.kind()) {
            case WORD, QUOTED_NAME, UNICODE_NAME, SIGN, COLLATION -> token.text();
            case TEXT,
                PREFIXED_TEXT,
                UNICODE_TEXT,
                ESCAPED_TEXT,
                BINARY,
                NUMBER,
                INVALID,
                UNTERMINATED ->
                "?";
            case COMMENT -> "";
          });
    }
    return shape.toString();
  }
}
