package dev.turntable.plan.token;

import dev.turntable.text.SqlToken;
import dev.turntable.text.SqlToken.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Intervals as PostgreSQL writes them, with the units inside the quotes: {@code INTERVAL '1 day 2
 * hours'}, {@code INTERVAL '90 minutes'}, {@code INTERVAL '1 day 02:30:00'}.
 */
final class IntervalTexts {
  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("y", "YEAR"),
          Map.entry("yr", "YEAR"),
          Map.entry("year", "YEAR"),
          Map.entry("mon", "MONTH"),
          Map.entry("month", "MONTH"),
          Map.entry("w", "WEEK"),
          Map.entry("week", "WEEK"),
          Map.entry("d", "DAY"),
          Map.entry("day", "DAY"),
          Map.entry("h", "HOUR"),
          Map.entry("hr", "HOUR"),
          Map.entry("hour", "HOUR"),
          Map.entry("m", "MINUTE"),
          Map.entry("min", "MINUTE"),
          Map.entry("minute", "MINUTE"),
          Map.entry("s", "SECOND"),
          Map.entry("sec", "SECOND"),
          Map.entry("second", "SECOND"),
          Map.entry("ms", "MILLISECOND"),
          Map.entry("msec", "MILLISECOND"),
          Map.entry("millisecond", "MILLISECOND"));

  private static final Map<String, Integer> SECONDS =
      Map.of("WEEK", 604_800, "DAY", 86_400, "HOUR", 3_600, "MINUTE", 60);

  private IntervalTexts() {}

  /** A count of a unit. */
  private record Part(String count, String unit) {}

  /**
   * Returns the tokens that say the same in Calcite's words, or null if the text holds no units.
   *
   * @param interval the word
   * @param literal the text behind it
   * @param before what stands in front of the word, or null
   */
  static @Nullable List<SqlToken> parts(
      SqlToken interval, SqlToken literal, @Nullable SqlToken before) {
    List<Part> parts = read(literal.value().strip());
    if (parts == null || parts.isEmpty()) {
      return null;
    }
    // A month and a day are of no one type: each is added, or taken away, by itself.
    boolean signed = before != null && (before.isSign("+") || before.isSign("-"));
    boolean enclosed = parts.size() > 1 && !signed;
    List<SqlToken> out = new ArrayList<>();
    if (enclosed) {
      out.add(interval.before(Kind.SIGN, "("));
    }
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        out.add(literal.as(Kind.SIGN, signed && before != null ? before.text() : "+"));
      }
      out.add(interval);
      out.add(literal.as(Kind.TEXT, "'" + parts.get(i).count + "'"));
      out.add(literal.as(Kind.WORD, parts.get(i).unit));
    }
    if (enclosed) {
      out.add(literal.after(Kind.SIGN, ")"));
    }
    return out;
  }

  private static @Nullable List<Part> read(String text) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && "+-.:0123456789".indexOf(text.charAt(end)) >= 0) {
        end++;
      }
      String count = text.substring(at, end);
      if (count.isEmpty()) {
        return null;
      }
      at = blanks(text, end);
      end = at;
      while (end < text.length() && Character.isLetter(text.charAt(end))) {
        end++;
      }
      String unit = text.substring(at, end);
      at = blanks(text, end);
      if (unit.isEmpty() && count.indexOf(':') > 0 && !parts.isEmpty()) {
        if (!clock(count, parts)) {
          return null;
        }
      } else {
        Part part = part(count, unit);
        if (part == null) {
          return null;
        }
        parts.add(part);
      }
    }
    return parts;
  }

  private static int blanks(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == ',')) {
      at++;
    }
    return at;
  }

  /** {@code 02:30:15.5} behind days. */
  private static boolean clock(String time, List<Part> parts) {
    String[] fields = time.split(":", -1);
    String[] units = {"HOUR", "MINUTE", "SECOND"};
    if (fields.length > 3) {
      return false;
    }
    for (int i = 0; i < fields.length; i++) {
      Part part = part(fields[i], units[i]);
      if (part == null) {
        return false;
      }
      parts.add(part);
    }
    return true;
  }

  private static @Nullable Part part(String count, String word) {
    String lower = word.toLowerCase(java.util.Locale.ROOT);
    String unit = UNITS.get(lower);
    if (unit == null && lower.endsWith("s")) {
      unit = UNITS.get(lower.substring(0, lower.length() - 1));
    }
    BigDecimal number = number(count);
    if (unit == null || number == null) {
      return null;
    }
    if (unit.equals("MILLISECOND")) {
      return new Part(number.movePointLeft(3).toPlainString(), "SECOND");
    }
    Integer seconds = SECONDS.get(unit);
    if (seconds != null && number.stripTrailingZeros().scale() > 0) {
      BigDecimal exact = number.multiply(BigDecimal.valueOf(seconds)).stripTrailingZeros();
      return new Part(exact.toPlainString(), "SECOND");
    }
    return new Part(number.toPlainString(), unit);
  }

  private static @Nullable BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null; // '1-2' or '5:30' is another form, which Calcite reads with its unit
    }
  }
}
