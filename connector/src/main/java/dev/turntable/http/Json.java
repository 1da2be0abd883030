package dev.turntable.http;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * How values are read out of JSON: exactly, or with an error that names the field. Null and a missing
 * field are null. For hand-written adapters; {@link #moshi} has the same for records.
 */
public final class Json {
  /** No text of so many characters is out of the range of 64 bits. */
  private static final int SURELY_LONG = 18;

  /** As many as a double may have; to read a million of them takes minutes. */
  private static final int MAX_DIGITS = 400;

  private Json() {}

  /** Reads one value, null included. */
  @FunctionalInterface
  public interface ValueReader<T> {
    @Nullable T read(JsonReader reader) throws IOException;
  }

  /**
   * Returns a Moshi that knows {@link String}, {@link Long}, {@link Integer}, {@link Double},
   * {@link BigDecimal}, {@link Instant}, {@code @RawJson String}, and all else as Moshi does.
   */
  public static Moshi.Builder moshi() {
    return new Moshi.Builder()
        .add(String.class, adapter(Json::string))
        .add(Long.class, adapter(Json::integer))
        .add(Integer.class, adapter(Json::smallInteger))
        .add(Double.class, adapter(Json::dbl))
        .add(BigDecimal.class, adapter(Json::decimal))
        .add(Instant.class, adapter(Json::instant))
        .add(String.class, RawJson.class, rawAdapter());
  }

  /** Returns an adapter that reads values of its own, and writes plain ones as Moshi does. */
  public static <T> JsonAdapter<T> adapter(ValueReader<T> values) {
    return new JsonAdapter<>() {
      @Override
      public @Nullable T fromJson(JsonReader reader) throws IOException {
        return values.read(reader);
      }

      @Override
      public void toJson(JsonWriter writer, @Nullable T value) throws IOException {
        writer.jsonValue(value instanceof Instant ? value.toString() : value);
      }
    };
  }

  /** Reads any value as its text, and writes a text as the value that it is. */
  private static JsonAdapter<String> rawAdapter() {
    return new JsonAdapter<>() {
      @Override
      public @Nullable String fromJson(JsonReader reader) throws IOException {
        return raw(reader);
      }

      @Override
      public void toJson(JsonWriter writer, @Nullable String value) throws IOException {
        if (value == null) {
          writer.nullValue();
          return;
        }
        try (BufferedSink sink = writer.valueSink()) {
          sink.writeUtf8(value);
        }
      }
    };
  }

  public static @Nullable String string(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case STRING -> reader.nextString();
      case NULL -> reader.nextNull();
      default -> throw expected("a string", reader);
    };
  }

  public static @Nullable Boolean bool(JsonReader reader) throws IOException {
    return reader.peek() == JsonReader.Token.NULL ? reader.nextNull() : reader.nextBoolean();
  }

  /** Reads a whole number, also one written with a point, such as {@code 42.0}. */
  public static @Nullable Long integer(JsonReader reader) throws IOException {
    if (!isNumber(reader)) {
      return null;
    }
    String text = reader.nextString();
    try {
      return text.length() <= SURELY_LONG && text.chars().noneMatch(c -> c > '9' || c == '.')
          ? (Long) Long.parseLong(text)
          : (Long) exact(text).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw outOfRange("a whole number of 64 bits", reader);
    }
  }

  /** Reads a whole number of 32 bits. */
  public static @Nullable Integer smallInteger(JsonReader reader) throws IOException {
    Long value = integer(reader);
    if (value == null) {
      return null;
    }
    if (value.intValue() != value) {
      throw new OutOfRangeException(value + " is no 32-bit number at path " + reader.getPath());
    }
    return value.intValue();
  }

  public static @Nullable Double dbl(JsonReader reader) throws IOException {
    if (!isNumber(reader)) {
      return null;
    }
    double value = Double.parseDouble(reader.nextString());
    if (Double.isInfinite(value)) {
      throw new OutOfRangeException("a number too large at path " + reader.getPath());
    }
    return value;
  }

  /** Reads a decimal number, also one written as a string, as amounts of money often are. */
  public static @Nullable BigDecimal decimal(JsonReader reader) throws IOException {
    if (reader.peek() != JsonReader.Token.STRING && !isNumber(reader)) {
      return null;
    }
    String text = reader.nextString();
    if (text.chars().anyMatch(c -> "0123456789+-.eE".indexOf(c) < 0)) {
      throw new JsonDataException("Expected a decimal number at path " + reader.getPath());
    }
    try {
      return exact(text);
    } catch (ArithmeticException | NumberFormatException e) {
      throw outOfRange("a decimal number", reader);
    }
  }

  /** Returns a number that is cheap to compute with, whatever a service sends. */
  private static BigDecimal exact(String text) {
    if (text.length() > MAX_DIGITS) {
      throw new ArithmeticException("too many digits");
    }
    BigDecimal number = new BigDecimal(text);
    if (Math.abs((long) number.scale()) > MAX_DIGITS) {
      throw new ArithmeticException("too large or too small an exponent");
    }
    return number;
  }

  public static @Nullable Instant instant(JsonReader reader) throws IOException {
    String text = string(reader);
    if (text == null) {
      return null;
    }
    Instant instant = Instants.parse(text);
    if (instant == null) {
      throw new JsonDataException("Expected an ISO timestamp at path " + reader.getPath());
    }
    return instant;
  }

  /** Returns the instant that a text in one of the forms of {@link #instant(JsonReader)} is, or null. */
  public static @Nullable Instant instant(String text) {
    return Instants.parse(text);
  }

  /** Reads any value as compact JSON text; the JSON null is null. */
  public static @Nullable String raw(JsonReader reader) throws IOException {
    return reader.peek() == JsonReader.Token.NULL ? reader.nextNull() : RawJsonReader.read(reader);
  }

  /**
   * Returns a value that must be there.
   *
   * @throws JsonDataException if it is null
   */
  public static <T> T required(@Nullable T value, String field, JsonReader reader) {
    if (value == null) {
      throw new JsonDataException("Required value '" + field + "' missing at " + reader.getPath());
    }
    return value;
  }

  private static boolean isNumber(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case NUMBER -> true;
      case NULL -> {
        reader.nextNull();
        yield false;
      }
      default -> throw expected("a number", reader);
    };
  }

  private static JsonDataException expected(String what, JsonReader reader) throws IOException {
    return new JsonDataException(
        "Expected " + what + " but was " + reader.peek() + " at path " + reader.getPath());
  }

  private static OutOfRangeException outOfRange(String what, JsonReader reader) {
    return new OutOfRangeException("Expected " + what + " at path " + reader.getPath());
  }
}
