package dev.turntable.simulator.server;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Timestamps as the services print them. */
public final class Times {
  private Times() {}

  /** A UTC moment. Not parsed from text: loading java.time's formatters takes 10 ms of a start. */
  public static Instant utc(int year, int month, int day, int hour, int minute, int second) {
    return LocalDateTime.of(year, month, day, hour, minute, second).toInstant(ZoneOffset.UTC);
  }

  /**
   * ISO-8601 in UTC with exactly three fraction digits, as {@code 2026-05-11T09:14:22.000Z}. By hand
   * for the same reason, and because a page of the execution log holds fifty of them.
   */
  public static String iso(Instant time) {
    LocalDateTime t =
        LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
    StringBuilder out = new StringBuilder(24);
    digits(out, t.getYear(), 4).append('-');
    digits(out, t.getMonthValue(), 2).append('-');
    digits(out, t.getDayOfMonth(), 2).append('T');
    digits(out, t.getHour(), 2).append(':');
    digits(out, t.getMinute(), 2).append(':');
    digits(out, t.getSecond(), 2).append('.');
    return digits(out, t.getNano() / 1_000_000, 3).append('Z').toString();
  }

  private static StringBuilder digits(StringBuilder out, int number, int width) {
    int power = 1;
    for (int i = 1; i < width; i++) {
      power *= 10;
    }
    for (int left = number; power > 0; power /= 10) {
      out.append((char) ('0' + left / power));
      left %= power;
    }
    return out;
  }
}
