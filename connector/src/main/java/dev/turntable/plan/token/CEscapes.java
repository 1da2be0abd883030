package dev.turntable.plan.token;

import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlToken;
import java.util.function.BiFunction;

/** The backslashes of {@code E'…'}, which mean what they mean in PostgreSQL. */
final class CEscapes {
  private CEscapes() {}

  /**
   * Returns the text of a literal.
   *
   * @param wrong makes the failure for an escape that is not valid
   */
  static String decode(SqlToken token, BiFunction<SqlToken, String, TurntableException> wrong) {
    String image = token.text();
    StringBuilder text = new StringBuilder(image.length());
    int end = image.length() - 1;
    for (int i = 2; i < end; i++) {
      char c = image.charAt(i);
      if (c == '\'') {
        i++; // doubled
        text.append('\'');
      } else if (c != '\\') {
        text.append(c);
      } else {
        i++;
        int used = escape(image, i, end, text);
        if (used < 0) {
          throw wrong.apply(token, "an escape is \\uXXXX or \\UXXXXXXXX with hexadecimal digits");
        }
        i += used;
      }
    }
    return text.toString();
  }

  /** Appends what an escape stands for; returns how many chars follow its first, or -1. */
  private static int escape(String image, int at, int end, StringBuilder text) {
    char c = image.charAt(at);
    switch (c) {
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'u', 'U' -> {
        int length = c == 'u' ? 4 : 8;
        int code = at + length < end ? number(image.substring(at + 1, at + 1 + length), 16) : -1;
        if (code < 0 || code > Character.MAX_CODE_POINT) {
          return -1;
        }
        text.appendCodePoint(code);
        return length;
      }
      case 'x' -> {
        int digits = digits(image, at + 1, Math.min(end, at + 3), 16);
        text.append(
            digits == 0 ? 'x' : (char) number(image.substring(at + 1, at + 1 + digits), 16));
        return digits;
      }
      default -> {
        int digits = digits(image, at, Math.min(end, at + 3), 8);
        text.append(digits == 0 ? c : (char) number(image.substring(at, at + digits), 8));
        return Math.max(0, digits - 1);
      }
    }
    return 0;
  }

  private static int digits(String text, int from, int end, int radix) {
    int at = from;
    while (at < end && digit(text.charAt(at), radix) >= 0) {
      at++;
    }
    return at - from;
  }

  /** Returns a number of digits only, or -1. */
  static int number(String digits, int radix) {
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digit(digits.charAt(i), radix);
      if (digit < 0) {
        return -1;
      }
      number = number * radix + digit;
    }
    return number > Integer.MAX_VALUE ? -1 : (int) number;
  }

  private static int digit(char c, int radix) {
    return c < 0x80 ? Character.digit(c, radix) : -1;
  }
}
