package dev.turntable.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads ISO timestamps as services write them: a fraction of any length or none; {@code Z}, an offset
 * or nothing, which means UTC.
 */
final class Instants {
  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4})-(\\d\\d)-(\\d\\d)[Tt ](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d+))?)?"
              + " ?(?:[Zz]|([+-])(\\d\\d)(?::?(\\d\\d))?)?");

  /** {@code 2026-05-11T09:14:48.000Z}, the form that nearly all timestamps have. */
  private static final String COMMON = "0000-00-00T00:00:00.000Z";

  private static final int[] DAYS_BEFORE = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private Instants() {}

  /** Returns the instant, or null if the text is none. */
  static @Nullable Instant parse(String text) {
    Instant common = parseCommon(text);
    if (common != null) {
      return common;
    }
    Matcher m = ISO.matcher(text);
    if (!m.matches()) {
      return null;
    }
    try {
      return LocalDateTime.of(
              number(m, 1),
              number(m, 2),
              number(m, 3),
              number(m, 4),
              number(m, 5),
              number(m, 6),
              nanos(m.group(7)))
          .toInstant(offset(m));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Saves the pattern matching where the form is the common one and every number is ordinary. */
  private static @Nullable Instant parseCommon(String s) {
    if (s.length() != COMMON.length()) {
      return null;
    }
    for (int i = 0; i < COMMON.length(); i++) {
      char c = s.charAt(i);
      if (COMMON.charAt(i) == '0' ? c < '0' || c > '9' : c != COMMON.charAt(i)) {
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
    long millis = (s.charAt(20) - '0') * 100L + two(s, 21);
    return Instant.ofEpochSecond(
        ((days * 24 + hour) * 60 + minute) * 60 + second, millis * 1_000_000);
  }

  private static int two(String s, int at) {
    return (s.charAt(at) - '0') * 10 + s.charAt(at + 1) - '0';
  }

  private static int number(Matcher m, int group) {
    String text = m.group(group);
    if (text == null) {
      return 0;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      value = value * 10 + text.charAt(i) - '0';
    }
    return value;
  }

  private static int nanos(@Nullable String fraction) {
    int nanos = 0;
    for (int i = 0; i < 9; i++) {
      nanos *= 10;
      if (fraction != null && i < fraction.length()) {
        nanos += fraction.charAt(i) - '0';
      }
    }
    return nanos;
  }

  private static ZoneOffset offset(Matcher m) {
    if (m.group(8) == null) {
      return ZoneOffset.UTC;
    }
    int sign = m.group(8).equals("-") ? -1 : 1;
    return ZoneOffset.ofHoursMinutes(sign * number(m, 9), sign * number(m, 10));
  }
}
