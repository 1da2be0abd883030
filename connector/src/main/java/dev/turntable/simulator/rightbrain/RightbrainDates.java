package dev.turntable.simulator.rightbrain;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates in requests: ISO 8601, where no zone means UTC and no time means midnight, and some of the
 * natural language that the service takes.
 */
final class RightbrainDates {
  private static final Pattern AGO =
      Pattern.compile("(\\d{1,6}|an?) (minute|hour|day|week|month|year)s? ago");

  private RightbrainDates() {}

  /** Microseconds since 1970; empty when the text is no date. */
  static OptionalLong parse(String text, long now) {
    String words = text.strip().toLowerCase(Locale.ROOT);
    LocalDateTime clock = RightbrainTimes.utc(now);
    return switch (words) {
      case "now" -> OptionalLong.of(now);
      case "today" -> of(clock.truncatedTo(ChronoUnit.DAYS));
      case "yesterday" -> of(clock.truncatedTo(ChronoUnit.DAYS).minusDays(1));
      default -> {
        Matcher ago = AGO.matcher(words);
        yield ago.matches() ? of(before(clock, ago)) : iso(text.strip());
      }
    };
  }

  private static LocalDateTime before(LocalDateTime clock, Matcher ago) {
    long count = ago.group(1).startsWith("a") ? 1 : Long.parseLong(ago.group(1));
    return clock.minus(
        count, ChronoUnit.valueOf(ago.group(2).toUpperCase(Locale.ROOT).concat("S")));
  }

  private static OptionalLong iso(String text) {
    try {
      if (text.length() == 10) {
        return of(LocalDate.parse(text).atStartOfDay());
      }
      String time = text.replace(' ', 'T');
      boolean zoned = time.endsWith("Z") || time.matches(".*[+-]\\d\\d:\\d\\d");
      return zoned
          ? OptionalLong.of(RightbrainTimes.micros(OffsetDateTime.parse(time).toInstant()))
          : of(LocalDateTime.parse(time));
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong of(LocalDateTime utc) {
    return OptionalLong.of(RightbrainTimes.micros(utc.toInstant(ZoneOffset.UTC)));
  }
}
