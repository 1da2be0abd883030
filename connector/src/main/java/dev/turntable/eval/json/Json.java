package dev.turntable.eval.json;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A JSON value. What was read from a document is written as it stands there. */
public sealed interface Json {
  /** Returns the value as JSON text. */
  String text();

  /** Returns what the value is, in the words of the path method {@code type()}. */
  String type();

  /** Returns whether it is neither array nor object. */
  default boolean isScalar() {
    return !(this instanceof Array || this instanceof Members);
  }

  static Json of(boolean value) {
    return value ? Literal.TRUE : Literal.FALSE;
  }

  /** Returns whether it is JSON's null. */
  default boolean isNull() {
    return this == Literal.NULL;
  }

  static Json of(String value) {
    return new Text(value);
  }

  static Json of(BigDecimal value) {
    return new Numeral(value.toPlainString());
  }

  /** {@code null}, {@code true} or {@code false}. */
  enum Literal implements Json {
    NULL,
    TRUE,
    FALSE;

    @Override
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String type() {
      return this == NULL ? "null" : "boolean";
    }
  }

  /** A number, as it is written. */
  record Numeral(String text) implements Json {
    @Override
    public String type() {
      return "number";
    }

    /**
     * Returns the number.
     *
     * @throws PathFailure if its exponent fits no number
     */
    public BigDecimal value() {
      try {
        return new BigDecimal(text);
      } catch (NumberFormatException e) {
        throw new PathFailure("number " + text + " is out of range");
      }
    }
  }

  /** A string; the value is without quotes. */
  record Text(String value) implements Json {
    @Override
    public String type() {
      return "string";
    }

    @Override
    public String text() {
      return JsonText.quoted(value);
    }
  }

  /** An array. */
  record Array(List<Json> items, Slice source) implements Json {
    public Array(List<Json> items) {
      this(items, Slice.NONE);
    }

    @Override
    public String type() {
      return "array";
    }

    @Override
    public String text() {
      return source.isNone()
          ? items.stream().map(Json::text).collect(Collectors.joining(",", "[", "]"))
          : source.text();
    }
  }

  /** An object. Of members with the same name the last one counts. */
  record Members(Map<String, Json> byName, Slice source) implements Json {
    public Members(Map<String, Json> byName) {
      this(byName, Slice.NONE);
    }

    @Override
    public String type() {
      return "object";
    }

    @Override
    public String text() {
      return source.isNone()
          ? byName.entrySet().stream()
              .map(e -> JsonText.quoted(e.getKey()) + ":" + e.getValue().text())
              .collect(Collectors.joining(",", "{", "}"))
          : source.text();
    }
  }

  /** A date, a time or a timestamp, which only path methods make: JSON itself has none. */
  record Moment(Comparable<?> value) implements Json {
    @Override
    public String type() {
      if (value instanceof LocalDate) {
        return "date";
      }
      return value instanceof LocalTime ? "time without time zone" : "timestamp without time zone";
    }

    /** Returns the value in ISO 8601. */
    public String iso() {
      if (value instanceof LocalDateTime timestamp) {
        return JsonText.iso(timestamp);
      }
      return value instanceof LocalTime time ? JsonText.iso(time) : value.toString();
    }

    @Override
    public String text() {
      return JsonText.quoted(iso());
    }
  }

  /** Where in a document a value stands; none for values that were made. */
  record Slice(String document, int from, int to) {
    static final Slice NONE = new Slice("", 0, 0);

    boolean isNone() {
      return from == to;
    }

    String text() {
      return document.substring(from, to);
    }
  }
}
