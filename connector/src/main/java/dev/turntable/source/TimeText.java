package dev.turntable.source;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * Reads dates, times and timestamps, wherever a text of one comes from: a service, a literal, a cast,
 * a bound value, a getter.
 *
 * <p>A date is {@code 2024-01-02} or {@code 2024/1/2}; a time {@code 3:04}, {@code 03:04:05} or {@code
 * 03:04:05.678}, with any number of digits, of which nine count; a timestamp is a date, or a date and
 * a time with {@code T} or blanks between them. A zone may follow: {@code Z}, {@code UTC}, {@code
 * +02}, {@code +0200}, {@code +02:00}; without one UTC is meant, with another the result is the same
 * instant in UTC. Blanks around do not count, nor does the case of letters.
 */
public final class TimeText {
  private final String text;
  private int at;

  private TimeText(String text) {
    this.text = text;
  }

  /**
   * Reads a timestamp; a date alone is its midnight.
   *
   * @throws DateTimeException if the text cannot be read
   */
  public static LocalDateTime timestamp(String text) {
    LocalDateTime common = CommonTimestamp.read(text);
    return common != null ? common : new TimeText(text.strip()).timestamp();
  }

  /**
   * Reads a date; a timestamp's text names one too.
   *
   * @throws DateTimeException if the text is neither
   */
  public static LocalDate date(String text) {
    return timestamp(text).toLocalDate();
  }

  /**
   * Reads a time of day; a timestamp's text names one too.
   *
   * @throws DateTimeException if the text is neither
   */
  public static LocalTime time(String text) {
    String stripped = text.strip();
    int colon = stripped.indexOf(':');
    if (colon != 1 && colon != 2) {
      return timestamp(stripped).toLocalTime();
    }
    TimeText reader = new TimeText(stripped);
    LocalTime time = reader.clock();
    ZoneOffset offset = reader.zone();
    reader.end();
    return time.minusSeconds(offset.getTotalSeconds());
  }

  private LocalDateTime timestamp() {
    LocalDate date = day();
    LocalTime time = LocalTime.MIDNIGHT;
    boolean separated = at < text.length() && (letter() == 'T' || text.charAt(at) == ' ');
    if (separated) {
      at++;
      blanks();
      time = clock();
    }
    ZoneOffset offset = zone();
    end();
    return date.atTime(time).minusSeconds(offset.getTotalSeconds());
  }

  private LocalDate day() {
    int year = number(4, 4);
    char separator = at < text.length() ? text.charAt(at) : 0;
    if (separator != '-' && separator != '/') {
      throw wrong();
    }
    at++;
    int month = number(1, 2);
    expect(separator);
    return LocalDate.of(year, month, number(1, 2));
  }

  private LocalTime clock() {
    int hour = number(1, 2);
    expect(':');
    int minute = number(1, 2);
    int second = 0;
    int nanos = 0;
    if (skip(':')) {
      second = number(1, 2);
      if (skip('.') || skip(',')) {
        nanos = fraction();
      }
    }
    return LocalTime.of(hour, minute, second, nanos);
  }

  private int fraction() {
    int from = at;
    int nanos = 0;
    while (isDigit(at)) {
      nanos = at - from < 9 ? nanos * 10 + digit(at) : nanos;
      at++;
    }
    if (at == from) {
      throw wrong();
    }
    for (int digits = at - from; digits < 9; digits++) {
      nanos *= 10;
    }
    return nanos;
  }

  private ZoneOffset zone() {
    blanks();
    if (text.regionMatches(true, at, "UTC", 0, 3)) {
      at += 3;
      return ZoneOffset.UTC;
    }
    if (letter() == 'Z') {
      at++;
      return ZoneOffset.UTC;
    }
    int sign = skip('+') ? 1 : skip('-') ? -1 : 0;
    if (sign == 0) {
      return ZoneOffset.UTC;
    }
    int hours = number(1, 2);
    boolean colon = skip(':');
    int minutes = colon || isDigit(at) ? number(2, 2) : 0;
    int seconds = (colon && skip(':')) || isDigit(at) ? number(2, 2) : 0;
    return ZoneOffset.ofHoursMinutesSeconds(sign * hours, sign * minutes, sign * seconds);
  }

  private void end() {
    if (at < text.length()) {
      throw wrong();
    }
  }

  private int number(int least, int most) {
    int from = at;
    int value = 0;
    while (at - from < most && isDigit(at)) {
      value = value * 10 + digit(at++);
    }
    if (at - from < least) {
      throw wrong();
    }
    return value;
  }

  private boolean isDigit(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  private int digit(int index) {
    return text.charAt(index) - '0';
  }

  /** Returns the character here, a small letter as a capital one. */
  private char letter() {
    char c = at < text.length() ? text.charAt(at) : 0;
    return c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
  }

  private void blanks() {
    while (skip(' ')) {}
  }

  private boolean skip(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) {
    if (!skip(c)) {
      throw wrong();
    }
  }

  private DateTimeException wrong() {
    return new DateTimeException(
        "'" + text + "' is no date or time: 2024-01-02 03:04:05.678 is the form");
  }
}
