package dev.turntable.plan.type;

import java.util.Locale;
import java.util.StringJoiner;

/** How intervals read: {@code 1 year 2 mons}, {@code 3 days 04:05:06.7}, as in PostgreSQL. */
final class IntervalForm {
  private static final long DAY = 86_400_000;

  private IntervalForm() {}

  static String ofMonths(long months) {
    StringJoiner parts = new StringJoiner(" ");
    count(parts, months / 12, "year");
    count(parts, months % 12, "mon");
    return parts.length() == 0 ? "00:00:00" : parts.toString();
  }

  static String ofMillis(long millis) {
    StringJoiner parts = new StringJoiner(" ");
    count(parts, millis / DAY, "day");
    long rest = millis % DAY;
    if (rest != 0 || parts.length() == 0) {
      parts.add(clock(rest));
    }
    return parts.toString();
  }

  private static void count(StringJoiner parts, long number, String unit) {
    if (number != 0) {
      parts.add(number + " " + unit + (number == 1 ? "" : "s"));
    }
  }

  private static String clock(long millis) {
    long all = Math.abs(millis);
    String text =
        String.format(
            Locale.ROOT, "%02d:%02d:%02d", all / 3_600_000, all / 60_000 % 60, all / 1000 % 60);
    String fraction =
        all % 1000 == 0
            ? ""
            : String.format(Locale.ROOT, ".%03d", all % 1000).replaceFirst("0+$", "");
    return (millis < 0 ? "-" : "") + text + fraction;
  }
}
