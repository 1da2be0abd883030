package dev.turntable.http;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import dev.turntable.source.Secrets;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a refusal says.
 *
 * @param words the service's own words on one line, empty if there are none
 * @param own whether they came as a service writes them, not as a gateway before it may
 * @param json whether it is JSON at all
 */
record ErrorBody(String words, boolean own, boolean json) {
  private static final int MAX_WORDS = 500;
  private static final int MAX_TEXT = 200;

  /**
   * @param secrets takes out the secrets, before a text is cut: a part of one would not be found
   */
  static ErrorBody of(String text, Secrets secrets) {
    Object json = json(text);
    String words = words(json, secrets);
    return words == null
        ? new ErrorBody(line(secrets.mask(text), MAX_TEXT), false, json != null)
        : new ErrorBody(words, isOwn(json), true);
  }

  /**
   * The services put what is wrong into {@code error} or {@code detail}, or state a reason beside a
   * message. A message alone is how gateways tell that they know no such path.
   */
  private static boolean isOwn(@Nullable Object json) {
    return json instanceof Map<?, ?> error
        && (error.containsKey("error")
            || error.containsKey("detail")
            || (error.containsKey("message") && error.containsKey("reason")));
  }

  private static @Nullable Object json(String text) {
    try {
      return JsonReader.of(new Buffer().writeUtf8(text)).readJsonValue();
    } catch (IOException | JsonDataException e) {
      return null; // An error page of a proxy, for instance: shown as text.
    }
  }

  private static @Nullable String words(@Nullable Object json, Secrets secrets) {
    if (!(json instanceof Map<?, ?> object)) {
      return null;
    }
    for (String field : List.of("error", "message", "detail", "error_description", "title")) {
      Object value = object.get(field);
      if (value != null) {
        return line(secrets.mask(text(value)), MAX_WORDS);
      }
    }
    return null;
  }

  /** Reads a text, an object around a text, or a list of them (one per invalid field). */
  private static String text(Object value) {
    if (value instanceof Map<?, ?> object) {
      for (String field : List.of("message", "msg", "detail", "type", "code")) {
        if (object.get(field) instanceof String message) {
          return object.get("loc") instanceof List<?> place ? path(place) + message : message;
        }
      }
    }
    if (value instanceof List<?> list) {
      return String.join("; ", list.stream().map(item -> item == null ? "" : text(item)).toList());
    }
    return value.toString();
  }

  private static String path(List<?> place) {
    return String.join(".", place.stream().map(String::valueOf).toList()) + ": ";
  }

  private static String line(String text, int max) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() <= max ? line : line.substring(0, max) + "…";
  }
}
