package dev.turntable.eval.json;

/**
 * A word, string, number, variable or sign of a path.
 *
 * @param value a string without quotes and escapes, a variable without its dollar, else as written
 */
record PathToken(Kind kind, String value, int position) {
  enum Kind {
    WORD,
    STRING,
    NUMBER,
    VARIABLE,
    SIGN,
    END
  }

  boolean isSign(String sign) {
    return kind == Kind.SIGN && value.equals(sign);
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && value.equalsIgnoreCase(word);
  }
}
