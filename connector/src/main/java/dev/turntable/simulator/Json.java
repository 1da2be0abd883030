package dev.turntable.simulator;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import okio.Buffer;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** JSON texts in and out, on Moshi's streams. */
final class Json {
  private static final JsonAdapter<Object> ANY = new Moshi.Builder().build().adapter(Object.class);

  /** Writes one JSON value. */
  @FunctionalInterface
  interface Value {
    void writeTo(JsonWriter out) throws IOException;
  }

  private Json() {}

  static byte[] bytes(Value value) {
    Buffer buffer = new Buffer();
    try {
      JsonWriter out = JsonWriter.of(buffer);
      out.setSerializeNulls(true);
      value.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return buffer.readByteArray();
  }

  /** {@code {"<name>": "<value>"}}, the shape of most error bodies. */
  static byte[] member(String name, String value) {
    return bytes(out -> out.beginObject().name(name).value(value).endObject());
  }

  /** Copies JSON text as it is, so that its numbers and spaces stay as they were made. */
  static void raw(JsonWriter out, @Nullable String text) throws IOException {
    if (text == null) {
      out.nullValue();
      return;
    }
    try (BufferedSink sink = out.valueSink()) {
      sink.writeUtf8(text);
    }
  }

  /**
   * The members of a JSON object; numbers come as Double.
   *
   * @throws Refusal 400 when the text is anything else
   */
  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> object(String text) {
    Object value;
    try {
      value = ANY.fromJson(text);
    } catch (IOException | JsonDataException e) {
      throw new Refusal(400, "The body is not JSON: " + e.getMessage());
    }
    if (!(value instanceof Map)) {
      throw new Refusal(400, "The body must be a JSON object");
    }
    return (Map<String, @Nullable Object>) value;
  }
}
