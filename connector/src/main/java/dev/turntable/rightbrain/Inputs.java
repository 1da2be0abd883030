package dev.turntable.rightbrain;

import com.squareup.moshi.JsonReader;
import dev.turntable.http.Json;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The inputs of a run: a JSON object. */
final class Inputs {
  private static final JsonReader.Options SUBMITTED = JsonReader.Options.of("submitted");

  private Inputs() {}

  /** Returns the member {@code submitted} of a run's data, or null if there is none. */
  static @Nullable String submitted(@Nullable String runData) {
    if (runData == null) {
      return null;
    }
    try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(runData))) {
      String found = null;
      if (reader.peek() == JsonReader.Token.BEGIN_OBJECT) {
        reader.beginObject();
        while (reader.hasNext()) {
          if (reader.selectName(SUBMITTED) == 0) {
            found = Json.raw(reader);
          } else {
            reader.skipName();
            reader.skipValue();
          }
        }
      }
      return found;
    } catch (IOException e) {
      throw new TurntableException(
          ErrorKind.INTERNAL, "run_data was read as JSON and is none: " + e.getMessage(), e);
    }
  }
}
