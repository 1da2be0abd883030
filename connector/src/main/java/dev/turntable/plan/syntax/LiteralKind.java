package dev.turntable.plan.syntax;

import dev.turntable.text.SqlToken;

/** Literals of one kind and size: in the place of one, another has the same type. */
public enum LiteralKind {
  /** A text, as a client writes it. */
  TEXT,
  /** Digits that an INTEGER holds. */
  INTEGER,
  /** Digits that a BIGINT holds. */
  BIGINT,
  /** No literal, or one whose digits or spelling say more: a fraction, an exponent, a charset. */
  OTHER;

  private static final int DIGITS_OF_INTEGER = 9;
  private static final int DIGITS_OF_BIGINT = 18;

  /** Returns what a token is. */
  public static LiteralKind of(SqlToken token) {
    if (token.kind() == SqlToken.Kind.TEXT) {
      return TEXT;
    }
    int digits = token.text().length();
    if (token.kind() != SqlToken.Kind.NUMBER
        || digits > DIGITS_OF_BIGINT
        || !token.text().chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OTHER;
    }
    return digits <= DIGITS_OF_INTEGER ? INTEGER : BIGINT;
  }

  /** Returns the value of a token of this kind: a {@link String} or a {@link Long}. */
  public Object value(SqlToken token) {
    return switch (this) {
      case TEXT -> token.value();
      case INTEGER, BIGINT -> Long.valueOf(token.text());
      case OTHER -> throw new IllegalArgumentException(token.text());
    };
  }
}
