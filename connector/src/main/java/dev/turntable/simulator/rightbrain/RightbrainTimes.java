package dev.turntable.simulator.rightbrain;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Moments as microseconds since 1970, and how Rightbrain prints them. */
final class RightbrainTimes {
  static final long SECOND = 1_000_000;
  static final long HOUR = 3600 * SECOND;
  static final long DAY = 24 * HOUR;

  private RightbrainTimes() {}

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /** UTC with six fraction digits, or with none when they would all be zero. */
  static String stamp(long micros) {
    return withoutZone(micros) + "Z";
  }

  /** The same without a zone, as in older records and in the keys of report buckets. */
  static String withoutZone(long micros) {
    LocalDateTime t = utc(micros);
    StringBuilder out = new StringBuilder(27);
    digits(out, t.getYear(), 1000).append('-');
    digits(out, t.getMonthValue(), 10).append('-');
    digits(out, t.getDayOfMonth(), 10).append('T');
    digits(out, t.getHour(), 10).append(':');
    digits(out, t.getMinute(), 10).append(':');
    digits(out, t.getSecond(), 10);
    long fraction = Math.floorMod(micros, SECOND);
    if (fraction != 0) {
      digits(out.append('.'), (int) fraction, 100_000);
    }
    return out.toString();
  }

  /** Three calendar months earlier, the reach of the credit report. */
  static long threeMonthsBefore(long micros) {
    return micros(utc(micros).minusMonths(3).toInstant(ZoneOffset.UTC));
  }

  static LocalDateTime utc(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, SECOND), (int) Math.floorMod(micros, SECOND) * 1000, ZoneOffset.UTC);
  }

  private static StringBuilder digits(StringBuilder out, int number, int highest) {
    int left = number;
    for (int power = highest; power > 0; power /= 10) {
      out.append((char) ('0' + left / power));
      left %= power;
    }
    return out;
  }
}
