package dev.turntable.http;

import dev.turntable.source.TimeText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads timestamps as services write them: a date and a time, in the forms of {@link TimeText}. */
final class Instants {
  private static final int DATE_LENGTH = "2024-01-02".length();

  private Instants() {}

  /** Returns the instant, or null if the text is not a timestamp. */
  static @Nullable Instant parse(String text) {
    if (text.length() <= DATE_LENGTH) {
      return null;
    }
    try {
      return TimeText.timestamp(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
