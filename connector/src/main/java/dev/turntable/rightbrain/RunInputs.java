package dev.turntable.rightbrain;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The inputs of a run: a JSON object. */
final class RunInputs {
  private RunInputs() {}

  /** Returns the member {@code submitted} of a run's data, or null if there is none. */
  static @Nullable String submitted(@Nullable String runData) {
    Map<String, String> members = JsonValues.members(runData);
    return members == null ? null : members.get("submitted");
  }

  /**
   * Returns a text that is a JSON object.
   *
   * @throws TurntableException if it is anything else
   */
  static String object(String table, String column, String text) {
    try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(text))) {
      if (reader.peek() == JsonReader.Token.BEGIN_OBJECT) {
        reader.skipValue();
        if (reader.peek() == JsonReader.Token.END_DOCUMENT) {
          return text;
        }
      }
    } catch (IOException | JsonDataException e) {
      // Refused below: the message of the parser would quote the input.
    }
    throw new TurntableException(
        ErrorKind.BAD_VALUE,
        table + ": " + column + " must be a JSON object, such as {\"text\": \"…\"}");
  }

  /** Returns the words of a failed run's response, or null if there are none. */
  static @Nullable String failure(@Nullable String response) {
    return JsonValues.parse(response) instanceof Map<?, ?> object
            && object.get("detail") instanceof Map<?, ?> detail
            && detail.get("message") instanceof String message
        ? message
        : null;
  }
}
