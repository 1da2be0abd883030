package dev.turntable.simulator.server;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Bodies in JSON, in and out. */
public final class JsonBody {
  private static final JsonAdapter<Object> ANY = new Moshi.Builder().build().adapter(Object.class);

  private JsonBody() {}

  /** What is written, in UTF-8. */
  public static byte[] bytes(Consumer<JsonOut> value) {
    JsonOut out = new JsonOut();
    value.accept(out);
    return out.toBytes();
  }

  /** {@code {"<name>": "<value>"}}, the shape of most error bodies. */
  public static byte[] member(String name, String value) {
    return bytes(out -> out.beginObject().name(name).value(value).endObject());
  }

  /**
   * The members of a JSON object; numbers come as Double.
   *
   * @throws Refusal 400 when the text is anything else
   */
  @SuppressWarnings("unchecked")
  public static Map<String, @Nullable Object> object(String text) {
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
