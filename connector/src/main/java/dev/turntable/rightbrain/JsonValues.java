package dev.turntable.rightbrain;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import dev.turntable.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** JSON text as values, one level deep at a time where it is large. */
final class JsonValues {
  private JsonValues() {}

  /** Returns the value of a text, as Moshi reads it; null for null and for what is no JSON. */
  static @Nullable Object parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(text))) {
      return reader.readJsonValue();
    } catch (IOException | JsonDataException e) {
      return null;
    }
  }

  /** Returns the members of an object as JSON texts, those that are null left out; else null. */
  static @Nullable Map<String, String> members(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(text))) {
      if (reader.peek() != JsonReader.Token.BEGIN_OBJECT) {
        return null;
      }
      Map<String, String> members = new LinkedHashMap<>();
      reader.beginObject();
      while (reader.hasNext()) {
        String name = reader.nextName();
        String value = Json.raw(reader);
        if (value != null) {
          members.put(name, value);
        }
      }
      reader.endObject();
      return members;
    } catch (IOException | JsonDataException e) {
      return null;
    }
  }

  /** Returns a text as JSON; null stays null. */
  static @Nullable String quoted(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Buffer json = new Buffer();
    try (JsonWriter writer = JsonWriter.of(json)) {
      writer.value(text);
    } catch (IOException e) {
      throw new UncheckedIOException("writing memory", e);
    }
    return json.readUtf8();
  }
}
