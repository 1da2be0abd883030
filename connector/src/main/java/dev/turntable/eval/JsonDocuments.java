package dev.turntable.eval;

import dev.turntable.eval.json.Json;
import dev.turntable.eval.json.JsonReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents. The last one is kept, since the expressions of a row tend to read the same column.
 * Safe for use by several threads.
 */
final class JsonDocuments {
  private volatile @Nullable Read last;

  private record Read(String text, Json json) {}

  /**
   * Returns the document in a text or {@link JsonFragment}.
   *
   * @param check throws once the statement has ended
   * @throws dev.turntable.eval.json.JsonSyntaxException if it is no JSON
   */
  Json read(Object value, Runnable check) {
    String text = value.toString();
    Read known = last;
    if (known != null && known.text().equals(text)) {
      return known.json();
    }
    Json json = JsonReader.read(text, check);
    last = new Read(text, json);
    return json;
  }
}
