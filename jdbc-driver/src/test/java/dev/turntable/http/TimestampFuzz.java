package dev.turntable.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Any text is a timestamp or none; what the JDK takes for one is the same moment here. */
public final class TimestampFuzz {
  /** The JDK also takes a point with nothing behind it, offsets with seconds, years of many digits. */
  private static final Pattern STRICT =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d)");

  private TimestampFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, UTF_8);
    Instant ours = Instants.parse(text);
    Instant theirs = ofJdk(text);
    if (ours != null && theirs != null && !ours.equals(theirs)) {
      throw new AssertionError(text + " is " + ours + ", not " + theirs);
    }
    if (ours == null && theirs != null && STRICT.matcher(text).matches()) {
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
