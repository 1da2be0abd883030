package dev.turntable.source;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads {@code 2026-05-11T09:14:48.000Z}, the form that nearly all timestamps have, quickly. */
final class CommonTimestamp {
  private static final String FORM = "0000-00-00T00:00:00.000Z";

  private static final int[] DAYS_BEFORE = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private CommonTimestamp() {}

  /** Returns the timestamp, or null if the text is not in this form or a number is not ordinary. */
  static @Nullable LocalDateTime read(String s) {
    if (s.length() != FORM.length()) {
      return null;
    }
    for (int i = 0; i < FORM.length(); i++) {
      char c = s.charAt(i);
      if (FORM.charAt(i) == '0' ? c < '0' || c > '9' : c != FORM.charAt(i)) {
        return null;
      }
    }
    int year = two(s, 0) * 100 + two(s, 2);
    int month = two(s, 5);
    int day = two(s, 8);
    int hour = two(s, 11);
    int minute = two(s, 14);
    int second = two(s, 17);
    boolean ordinary =
        year >= 1900
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= DAYS[month - 1]
            && hour < 24
            && minute < 60
            && second < 60;
    if (!ordinary) {
      return null; // The slow way knows leap days and what is an error.
    }
    long y = year - 1L;
    long days = y * 365 + y / 4 - y / 100 + y / 400 + DAYS_BEFORE[month - 1] + day - 1 - 719162;
    if (month > 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) {
      days++;
    }
    int millis = (s.charAt(20) - '0') * 100 + two(s, 21);
    return LocalDateTime.ofEpochSecond(
        ((days * 24 + hour) * 60 + minute) * 60 + second, millis * 1_000_000, ZoneOffset.UTC);
  }

  private static int two(String s, int at) {
    return (s.charAt(at) - '0') * 10 + s.charAt(at + 1) - '0';
  }
}
