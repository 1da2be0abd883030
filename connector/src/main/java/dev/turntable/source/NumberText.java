package dev.turntable.source;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * Reads numbers, wherever a text of one comes from: a cast, a bound value, a getter, JSON. A number is
 * {@code 12}, {@code -1.5}, {@code .5}, {@code 5.} or {@code 1e-3}, in ASCII digits; blanks around do
 * not count. Approximate numbers may also be {@code NaN}, {@code Infinity} or {@code -Infinity}.
 */
public final class NumberText {
  private NumberText() {}

  /**
   * Reads an exact number.
   *
   * @throws NumberFormatException if the text is not a number
   */
  public static BigDecimal decimal(String text) {
    String stripped = text.strip();
    for (int i = 0; i < stripped.length(); i++) {
      if (stripped.charAt(i) > 127) { // what BigDecimal would take for a digit in another script
        throw new NumberFormatException("'" + text + "' is no number");
      }
    }
    return new BigDecimal(stripped);
  }

  /**
   * Reads an approximate number. What is too large becomes infinite.
   *
   * @throws NumberFormatException if the text is not a number
   */
  public static double real(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "infinity", "+infinity", "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> decimal(text).doubleValue();
    };
  }
}
