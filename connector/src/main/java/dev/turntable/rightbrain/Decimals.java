package dev.turntable.rightbrain;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import dev.turntable.http.Json;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads amounts of credits, which travel as text so that no digit gets lost. */
final class Decimals {
  private Decimals() {}

  static @Nullable BigDecimal read(JsonReader reader) throws IOException {
    if (reader.peek() != JsonReader.Token.STRING) {
      return Json.decimal(reader);
    }
    String text = reader.nextString();
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new JsonDataException("Expected a decimal number at path " + reader.getPath());
    }
  }
}
