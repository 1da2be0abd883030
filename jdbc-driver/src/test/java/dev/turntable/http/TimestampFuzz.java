package dev.turntable.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Any text is a timestamp or none; what the JDK takes for one is the same moment here. */
public final class TimestampFuzz {
  private TimestampFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, UTF_8);
    Instant ours = Instants.parse(text);
    Instant theirs = ofJdk(text);
    if (ours != null && theirs != null && !ours.equals(theirs)) {
      throw new AssertionError(text + " is " + ours + ", not " + theirs);
    }
    boolean plain = text.matches("\\d{4}-.*") && !text.contains("24:00");
    if (ours == null && theirs != null && plain && text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")) {
      throw new AssertionError(text + " is not read");
    }
  }

  private static Instant ofJdk(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
