package dev.turntable.http;

import com.squareup.moshi.JsonReader;
import java.io.IOException;

/** Copies a JSON value as compact text: numbers keep their digits, objects keep their order. */
final class RawJsonReader {
  private static final String HEX = "0123456789abcdef";

  private RawJsonReader() {}

  static String read(JsonReader reader) throws IOException {
    StringBuilder out = new StringBuilder();
    copy(reader, out);
    return out.toString();
  }

  /** The depth of recursion is bounded by the reader, which refuses deep nesting. */
  private static void copy(JsonReader reader, StringBuilder out) throws IOException {
    switch (reader.peek()) {
      case BEGIN_OBJECT -> copyObject(reader, out);
      case BEGIN_ARRAY -> copyArray(reader, out);
      case STRING -> quote(reader.nextString(), out);
      case NUMBER -> out.append(reader.nextString());
      case BOOLEAN -> out.append(reader.nextBoolean());
      default -> {
        reader.nextNull();
        out.append("null");
      }
    }
  }

  private static void copyObject(JsonReader reader, StringBuilder out) throws IOException {
    reader.beginObject();
    out.append('{');
    for (String separator = ""; reader.hasNext(); separator = ",") {
      out.append(separator);
      quote(reader.nextName(), out);
      out.append(':');
      copy(reader, out);
    }
    reader.endObject();
    out.append('}');
  }

  private static void copyArray(JsonReader reader, StringBuilder out) throws IOException {
    reader.beginArray();
    out.append('[');
    for (String separator = ""; reader.hasNext(); separator = ",") {
      out.append(separator);
      copy(reader, out);
    }
    reader.endArray();
    out.append(']');
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
