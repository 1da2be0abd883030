package dev.turntable.handinger;

import static dev.turntable.http.Json.required;

import com.squareup.moshi.JsonReader;
import dev.turntable.handinger.HandingerJson.Accepted;
import dev.turntable.http.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to a write. A field that is not as documented is read as not there: the write is
 * done, and what it is about can be read again.
 */
final class AcceptedFields {
  private static final JsonReader.Options NAMES =
      JsonReader.Options.of("id", "running", "status", "output_text", "structured_output", "usage");

  private static final JsonReader.Options USAGE = JsonReader.Options.of("credits", "durationMs");

  private static final Set<String> UNDER_WAY = Set.of("running", "pending");

  private static final int SURELY_LONG = 18;

  private AcceptedFields() {}

  static Accepted read(JsonReader reader) throws IOException {
    String id = null;
    boolean running = false;
    String outputText = null;
    String structuredOutput = null;
    @Nullable Long[] usage = new @Nullable Long[2];
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        case 0 -> id = Json.string(reader);
        case 1 -> running |= isTrue(reader);
        case 2 -> {
          String status = text(reader);
          running |= status != null && UNDER_WAY.contains(status);
        }
        case 3 -> outputText = text(reader);
        case 4 -> structuredOutput = object(reader);
        case 5 -> usage(reader, usage);
        default -> HandingerAdapters.skip(reader);
      }
    }
    reader.endObject();
    return new Accepted(
        required(id, "id", reader), running, outputText, structuredOutput, usage[0], usage[1]);
  }

  private static boolean isTrue(JsonReader reader) throws IOException {
    if (reader.peek() == JsonReader.Token.BOOLEAN) {
      return reader.nextBoolean();
    }
    reader.skipValue();
    return false;
  }

  private static @Nullable String text(JsonReader reader) throws IOException {
    if (reader.peek() == JsonReader.Token.STRING) {
      return reader.nextString();
    }
    reader.skipValue();
    return null;
  }

  private static @Nullable String object(JsonReader reader) throws IOException {
    if (reader.peek() == JsonReader.Token.BEGIN_OBJECT) {
      return Json.raw(reader);
    }
    reader.skipValue();
    return null;
  }

  private static void usage(JsonReader reader, @Nullable Long[] into) throws IOException {
    if (reader.peek() != JsonReader.Token.BEGIN_OBJECT) {
      reader.skipValue();
      return;
    }
    reader.beginObject();
    while (reader.hasNext()) {
      int field = reader.selectName(USAGE);
      if (field < 0) {
        HandingerAdapters.skip(reader);
      } else {
        into[field] = whole(reader);
      }
    }
    reader.endObject();
  }

  private static @Nullable Long whole(JsonReader reader) throws IOException {
    if (reader.peek() != JsonReader.Token.NUMBER) {
      reader.skipValue();
      return null;
    }
    String text = reader.nextString();
    if (text.length() > SURELY_LONG) {
      return null;
    }
    BigDecimal number = new BigDecimal(text);
    return number.stripTrailingZeros().scale() <= 0 && Math.abs(number.scale()) <= SURELY_LONG
        ? (Long) number.longValue()
        : null;
  }
}
