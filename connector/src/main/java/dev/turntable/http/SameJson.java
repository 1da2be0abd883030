package dev.turntable.http;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** JSON objects as texts that are the same in whatever order and spacing a service tells them. */
public final class SameJson {
  private SameJson() {}

  /** Returns the same text for equal objects, and any other text as it is. */
  public static String text(String content) {
    if (!content.startsWith("{")) {
      return content;
    }
    Buffer buffer = new Buffer().writeUtf8(content);
    try (JsonReader reader = JsonReader.of(buffer)) {
      Object value = reader.readJsonValue();
      return reader.peek() == JsonReader.Token.END_DOCUMENT
          ? String.valueOf(sorted(value))
          : content;
    } catch (IOException | JsonDataException e) {
      return content; // a text like any other
    }
  }

  private static @Nullable Object sorted(@Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      Map<String, @Nullable Object> members = new TreeMap<>();
      object.forEach((name, member) -> members.put(quoted(name), sorted(member)));
      return members;
    }
    if (value instanceof List<?> array) {
      return array.stream().map(member -> String.valueOf(sorted(member))).toList();
    }
    return value instanceof String ? quoted(value) : value;
  }

  private static String quoted(Object text) {
    return '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
