package dev.turntable.http;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.lang.reflect.Type;
import okio.Buffer;

/** Reads bytes as an answer: a value, or one of the failures that a request makes an error of. */
public final class AnyJson {
  private AnyJson() {}

  public static void read(Moshi moshi, Type type, byte[] data) {
    try {
      moshi.adapter(type).fromJson(new Buffer().write(data));
    } catch (IOException | JsonDataException | OutOfRangeException e) {
      if (e.getMessage() == null && e instanceof JsonDataException) {
        throw new AssertionError("says nothing", e);
      }
    }
  }
}
