package dev.turntable.rightbrain;

import com.squareup.moshi.JsonReader;
import dev.turntable.source.ColumnType;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The types of the fields of an output format, and how their values are read. */
enum FieldType {
  TEXT(ColumnType.VARCHAR),
  INTEGER(ColumnType.BIGINT),
  NUMBER(ColumnType.DOUBLE),
  BOOLEAN(ColumnType.BOOLEAN),
  LIST(ColumnType.JSON),
  OBJECT(ColumnType.JSON),
  /** Anything: a string is itself, all else its JSON text. */
  ANY(ColumnType.VARCHAR);

  /** As JSON writes it. */
  private static final Pattern NUMBER_FORM =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,9})?");

  private final ColumnType columnType;

  FieldType(ColumnType columnType) {
    this.columnType = columnType;
  }

  ColumnType columnType() {
    return columnType;
  }

  /** Returns what an output format declares: a type's name, or an object that holds it. */
  static FieldType of(@Nullable Object declared) {
    Object name = declared instanceof Map<?, ?> details ? details.get("type") : declared;
    return switch (String.valueOf(name)) {
      case "str", "string" -> TEXT;
      case "int", "integer" -> INTEGER;
      case "number" -> NUMBER;
      case "bool", "boolean" -> BOOLEAN;
      case "list" -> LIST;
      case "object" -> OBJECT;
      default -> ANY;
    };
  }

  /** Returns what is said of a field beside its type, or an empty text. */
  static String remarks(@Nullable Object declared) {
    if (!(declared instanceof Map<?, ?> details)) {
      return "";
    }
    String text = details.get("description") instanceof String said ? said : "";
    if (!(details.get("options") instanceof List<?> options) || options.isEmpty()) {
      return text;
    }
    String oneOf = "One of: " + String.join(", ", options.stream().map(String::valueOf).toList());
    return text.isEmpty() ? oneOf : text + ". " + oneOf;
  }

  /**
   * Reads a value. Models are not exact about types: a value of another one counts where nothing of it
   * is lost, such as {@code "5"} or {@code 3.0} for a whole number.
   *
   * @param json its JSON text; not null
   * @return the value, or null if it does not fit
   */
  @Nullable Object read(String json) {
    char first = json.charAt(0);
    String text = first == '"' ? string(json) : json;
    boolean nested = first == '[' || first == '{';
    return switch (this) {
      case TEXT -> nested ? null : text;
      case INTEGER -> NUMBER_FORM.matcher(text).matches() ? whole(text) : null;
      case NUMBER -> NUMBER_FORM.matcher(text).matches() ? finite(text) : null;
      case BOOLEAN -> truth(text);
      case LIST -> first == '[' ? json : null;
      case OBJECT -> first == '{' ? json : null;
      case ANY -> text;
    };
  }

  private static @Nullable Boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    };
  }

  private static String string(String json) {
    try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(json))) {
      return reader.nextString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("reading memory", e);
    }
  }

  private static @Nullable Long whole(String json) {
    try {
      return new BigDecimal(json).longValueExact();
    } catch (ArithmeticException e) {
      return null; // a fraction, or too large
    }
  }

  private static @Nullable Double finite(String json) {
    double value = Double.parseDouble(json);
    return Double.isInfinite(value) ? null : value;
  }
}
