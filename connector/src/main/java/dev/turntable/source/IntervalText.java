package dev.turntable.source;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads intervals, wherever a text of one comes from. Forms: {@code 1 year 2 months}, {@code 3 days
 * 04:05:06.7}, {@code -1 day} and {@code 2 weeks ago} as PostgreSQL has them; {@code 1-2} and {@code 3
 * 04:05:06} as the standard; {@code P1Y2M3DT4H5M6S} as ISO 8601.
 */
public final class IntervalText {
  private static final BigDecimal SECOND = BigDecimal.valueOf(1000);
  private static final BigDecimal MINUTE = BigDecimal.valueOf(60_000);
  private static final BigDecimal HOUR = BigDecimal.valueOf(3_600_000);
  private static final BigDecimal DAY = BigDecimal.valueOf(86_400_000);
  private static final BigDecimal YEAR = BigDecimal.valueOf(12);

  private static final String NUMBER = "[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)";
  private static final Pattern PART =
      Pattern.compile(
          "\\s*(?:(?<sign>[+-])?(?<hour>\\d+):(?<minute>\\d\\d?)(?::(?<second>\\d\\d?(?:\\.\\d*)?))?"
              + "|(?<ysign>[+-])?(?<years>\\d+)-(?<months>\\d+)"
              + "|(?<number>"
              + NUMBER
              + ")\\s*(?<unit>[a-z]+)"
              + "|(?<days>[+-]?\\d+)(?=\\s+[+-]?\\d+:))(?=\\s|[+-]|\\d|$)");

  private static final Pattern ISO_PART =
      Pattern.compile("(?<time>t)?(?<number>" + NUMBER + ")(?<unit>[a-z])");

  private final String text;
  private BigDecimal months = BigDecimal.ZERO;
  private BigDecimal millis = BigDecimal.ZERO;

  private IntervalText(String text) {
    this.text = text;
  }

  /**
   * An interval.
   *
   * @param months years and months
   * @param millis days, of 24 hours, and what is shorter
   */
  public record Interval(long months, long millis) {}

  /**
   * Reads an interval.
   *
   * @throws DateTimeException if the text cannot be read, or too large
   */
  public static Interval read(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    IntervalText reader = new IntervalText(text);
    boolean ago = lower.endsWith(" ago");
    String parts = ago ? lower.substring(0, lower.length() - 4) : lower;
    if (parts.startsWith("p")) {
      reader.iso(parts.substring(1));
    } else {
      reader.words(parts);
    }
    try {
      Interval interval =
          new Interval(
              reader.months.setScale(0, RoundingMode.DOWN).longValueExact(),
              reader.millis.setScale(0, RoundingMode.DOWN).longValueExact());
      return ago ? new Interval(-interval.months(), -interval.millis()) : interval;
    } catch (ArithmeticException e) {
      throw reader.wrong();
    }
  }

  private void words(String parts) {
    Matcher matcher = PART.matcher(parts);
    int at = 0;
    while (at < parts.length()) {
      matcher.region(at, parts.length());
      if (!matcher.lookingAt()) {
        throw wrong();
      }
      part(matcher);
      at = matcher.end();
    }
    if (at == 0) {
      throw wrong();
    }
  }

  private void part(Matcher matcher) {
    if (matcher.group("hour") != null) {
      String second = matcher.group("second");
      BigDecimal clock =
          HOUR.multiply(new BigDecimal(matcher.group("hour")))
              .add(MINUTE.multiply(new BigDecimal(matcher.group("minute"))))
              .add(second == null ? BigDecimal.ZERO : SECOND.multiply(new BigDecimal(second)));
      millis = millis.add("-".equals(matcher.group("sign")) ? clock.negate() : clock);
    } else if (matcher.group("years") != null) {
      BigDecimal all =
          YEAR.multiply(new BigDecimal(matcher.group("years")))
              .add(new BigDecimal(matcher.group("months")));
      months = months.add("-".equals(matcher.group("ysign")) ? all.negate() : all);
    } else if (matcher.group("days") != null) {
      millis = millis.add(DAY.multiply(new BigDecimal(matcher.group("days"))));
    } else {
      unit(new BigDecimal(matcher.group("number")), matcher.group("unit"));
    }
  }

  private void unit(BigDecimal number, String unit) {
    switch (unit) {
      case "y", "yr", "yrs", "year", "years" -> months = months.add(YEAR.multiply(number));
      case "mon", "mons", "month", "months" -> months = months.add(number);
      case "w", "week", "weeks" -> add(number, DAY.multiply(BigDecimal.valueOf(7)));
      case "d", "day", "days" -> add(number, DAY);
      case "h", "hr", "hrs", "hour", "hours" -> add(number, HOUR);
      case "m", "min", "mins", "minute", "minutes" -> add(number, MINUTE);
      case "s", "sec", "secs", "second", "seconds" -> add(number, SECOND);
      case "ms", "msec", "msecs", "millisecond", "milliseconds" -> add(number, BigDecimal.ONE);
      default -> throw wrong();
    }
  }

  private void add(BigDecimal number, BigDecimal unit) {
    millis = millis.add(number.multiply(unit));
  }

  private void iso(String parts) {
    Matcher matcher = ISO_PART.matcher(parts);
    boolean time = false;
    int at = 0;
    while (at < parts.length()) {
      matcher.region(at, parts.length());
      if (!matcher.lookingAt()) {
        throw wrong();
      }
      time |= matcher.group("time") != null;
      String unit = matcher.group("unit");
      unit(new BigDecimal(matcher.group("number")), !time && unit.equals("m") ? "months" : unit);
      at = matcher.end();
    }
    if (at == 0) {
      throw wrong();
    }
  }

  private DateTimeException wrong() {
    return new DateTimeException(
        "'" + text + "' is no interval: 1 day 02:03:04 and 1 year 2 months are forms");
  }
}
